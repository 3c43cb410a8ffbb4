import { commit, guard } from '@shiming/db';
import type { AppErrorData, Identity } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { findIdentity } from '../account/account.ts';
import {
  holdersOf,
  identifierIndexes,
  identifierQuery,
  opensNoOther,
  putIdentifier,
  removeIdentifier,
} from '../account/identifiers.ts';
import { endPending } from '../account/secure.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { notice, notify } from '../notice/notify.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { type Arrival, findArrival, useArrival } from './visit.ts';

/** Whether the ministry vouches for somebody else than an account says whose it is. Where one says nothing, nobody knows. */
const isOfAnother = (identity: Identity | null, { name }: Arrival): boolean =>
  identity !== null && name !== null && identity.name !== name;

/**
 * Statements that link an account to the one of the ministry with which somebody has arrived, in place of the one before, unless that
 * opens another account (`refusal`). The arrival ends: of two that use it, one does.
 */
const putLink = async (
  ctx: Ctx,
  { id, arrival: { account } }: { id: string; arrival: Arrival },
  accountId: string,
  refusal: AppErrorData,
) =>
  [
    ...useArrival(ctx, id),
    guard(
      ctx.db,
      opensNoOther(accountId, 'ministry', await identifierIndexes(ctx, 'ministry', account)),
      refusal,
    ),
    ...(await putIdentifier(ctx, accountId, {
      kind: 'ministry',
      value: account,
      provedAtMs: ctx.now(),
    })),
    record(ctx, 'ministry.linked', accountId),
  ] as const;

/** Who has arrived in this browser from the ministry, for the forms that they fill in; `null`: nobody. */
export async function currentArrival(ctx: Ctx, token: string | null) {
  const found = await findArrival(ctx, token);
  if (found === null) return null;
  const { name, mobile, email } = found.arrival;
  return { name, mobile, email, expiresAtMs: found.expiresAtMs };
}

/** Since when the account is linked to one of the ministry; `null`: it is not. */
export async function currentLink(ctx: Ctx, { account }: SignedIn) {
  const [link] = await identifierQuery(ctx, account.id, 'ministry');
  return { linkedAtMs: link?.provedAtMs ?? null };
}

/**
 * T-REG-15: links the account to the one of the ministry with which somebody has arrived in this browser. That both are of
 * one person is proved here, by a password or a code, and never taken from a mail address; two names are two persons.
 *
 * @throws AppError proof.required, ministry.refused, ministry.name_differs, ministry.linked_elsewhere
 */
export async function linkMinistry(
  ctx: Ctx,
  signedIn: SignedIn,
  token: string | null,
): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const found = await findArrival(ctx, token);
  refuseUnless(found !== null, { code: 'ministry.refused' });
  refuseUnless(!isOfAnother(await findIdentity(ctx, account), found.arrival), {
    code: 'ministry.name_differs',
  });
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    ...(await putLink(ctx, found, account.id, { code: 'ministry.linked_elsewhere' })),
    ...endPending(ctx, account.id),
    ...(await notify(ctx, account, 'ministry_linked')),
  ]);
}

/**
 * The statements by which a registration links its account to that of the ministry with which somebody has arrived in this
 * browser, and tell its holder: none where the registration is of another person, as at a shared computer, or the account is
 * linked already.
 */
export async function linkAtRegistration(
  ctx: Ctx,
  token: string | null,
  { accountId, identity }: { accountId: string; identity: Identity | null },
) {
  const found = token === null ? null : await findArrival(ctx, token);
  if (found === null || found.arrival.name === null || identity?.name !== found.arrival.name) {
    return [];
  }
  const indexes = await identifierIndexes(ctx, 'ministry', found.arrival.account);
  const holders = await holdersOf(ctx, 'ministry', indexes)[0];
  if (holders.length > 0) return [];
  return [
    ...(await putLink(ctx, found, accountId, { code: 'request.stale' })),
    ...notice(ctx, accountId, 'ministry_linked'),
  ];
}

/**
 * The account is no longer signed in to by the ministry.
 *
 * @throws AppError proof.required, ministry.not_linked
 */
export async function unlinkMinistry(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    guard(ctx.db, sql`exists ${identifierQuery(ctx, account.id, 'ministry')}`, {
      code: 'ministry.not_linked',
    }),
    ...removeIdentifier(ctx, account.id, 'ministry'),
    ...endPending(ctx, account.id),
    ...(await notify(ctx, account, 'ministry_unlinked')),
    record(ctx, 'ministry.unlinked', account.id),
  ]);
}
