import {
  accountTable,
  faceCheckTable,
  guard,
  verificationTable,
  windowTicketTable,
} from '@shiming/db';
import { AppError, type Contact, contactKinds, numberKey, provedKindOf } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { type Account, openIdentity } from '../account/account.ts';
import { attest } from '../account/attestation.ts';
import { isHandedOver } from '../account/handed-over.ts';
import { agreeToFace } from '../face/consent.ts';
import { hasNumber, identifierIndexes } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import type { Registration } from './draft.ts';

/** That the number of a registration is of an account that was handed over. */
async function hasHandedOver(ctx: Ctx, { draft: { document } }: Registration) {
  const indexes =
    document === null ? [] : await identifierIndexes(ctx, 'document_number', numberKey(document));
  const holder = ctx.db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(and(hasNumber(indexes), isHandedOver(ctx)));
  return sql`exists ${holder}`;
}

/**
 * E-ACT-01: the guard (in a list of one) that the number of a registration is not of an account that was handed over. That one is its holder's,
 * who proves to be the person and not only to have the card's details.
 */
export const guardNotHandedOver = async (ctx: Ctx, registration: Registration) =>
  [
    guard(ctx.db, sql`not ${await hasHandedOver(ctx, registration)}`, {
      code: 'registration.to_be_activated',
    }),
  ] as const;

/** The guard (in a list of one) that it is: a face activates, and is no other check of a registration. */
export const guardHandedOver = async (ctx: Ctx, registration: Registration) =>
  [
    guard(ctx.db, await hasHandedOver(ctx, registration), {
      code: 'face.not_offered',
      why: 'not_offered',
    }),
  ] as const;

/** The checks that activate: somebody, or the authority, has looked at the person. */
export const activates = (checked: Registration['draft']['checked']): boolean =>
  checked?.kind === 'window' || checked?.kind === 'face';

/**
 * Statements that activate an account that was handed over, with what a registration of its number has given: password,
 * proved contact, and the name that a window or a face has confirmed, with the validity. Its tickets and checks become the account's.
 *
 * @throws AppError registration.to_be_activated where neither has confirmed the person
 */
export async function activateHandedOver(
  ctx: Ctx,
  account: Account,
  { id, draft }: Registration,
  { passwordHash, contact }: { passwordHash: string; contact: Contact },
) {
  const { checked, document } = draft;
  if (!checked || !activates(checked) || document === null) {
    throw new AppError({ code: 'registration.to_be_activated' });
  }
  const { name, validity } = document;
  const provedAtMs = ctx.now();
  const proved = provedKindOf(contact);
  return [
    ...(await attest(
      ctx,
      account,
      await openIdentity(ctx, account),
      { ...checked, correction: { name, validity }, travelPermitNumber: null },
      {
        passwordHash,
        contact: Object.fromEntries(
          contactKinds
            .filter((kind) => contact[kind] !== '')
            .map((kind) => [
              kind,
              { value: contact[kind], provedAtMs: kind === proved ? provedAtMs : null },
            ]),
        ),
      },
    )),
    ctx.db
      .update(windowTicketTable)
      .set({ accountId: account.id })
      .where(eq(windowTicketTable.accountId, id)),
    ctx.db
      .update(verificationTable)
      .set({ accountId: account.id })
      .where(eq(verificationTable.accountId, id)),
    ctx.db
      .update(faceCheckTable)
      .set({ accountId: account.id })
      .where(eq(faceCheckTable.accountId, id)),
    ...(checked.kind === 'face' ? agreeToFace(ctx, account.id) : []),
    record(ctx, 'account.activated', account.id, { by: checked.kind }),
  ] as const;
}
