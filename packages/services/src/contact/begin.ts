import { recipientFor } from '../account/recipients.ts';
import { contactChangeTable } from '@shiming/db';
import { type ContactChangeAnswers, contactIdentifiers, parseContactChange } from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
import { isSameContact } from '../contact/change.ts';
import { record } from '../audit/record.ts';
import { sendMailCode } from '../codes/send-mail-code.ts';
import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { openContact, provedAtMsOf } from '../account/account.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { changeValidMs, type ContactChange, contactCode, voidPendingChanges } from './change.ts';

/**
 * T-PRO-05: begins to change mobile or mail, and sends a code to the new one. A change that was on its way is void
 * from then on, with its code.
 *
 * @throws AppError proof.required, input.invalid, puzzle.ticket_refused, code.too_soon, code.day_limit,
 * request.too_many
 */
export async function beginContactChange(
  ctx: Ctx,
  signedIn: SignedIn,
  input: ContactChangeAnswers & { ticket: string },
): Promise<CodeDelivery> {
  requireProof(ctx, signedIn);
  const { kind, ticket } = input;
  const parsed = accepted(parseContactChange(input, ctx.portal));
  const after = parsed.value;
  const { account, sessionId } = signedIn;
  const { [kind]: before } = await openContact(ctx, account);
  const isSame = isSameContact(kind, { before, after });
  const provedAtMs = provedAtMsOf(account, kind);
  // The same one is proved by its code, once.
  refuseUnless(!isSame || provedAtMs === null, {
    code: 'input.invalid',
    fields: { value: kind === 'mobile' ? 'mobile.unchanged' : 'email.unchanged' },
  });

  const { validMs } = contactIdentifiers[kind].codeRule(ctx.portal);
  const id = ctx.crypto.randomToken(12);
  const nowMs = ctx.now();
  const change: ContactChange = {
    before,
    after,
    sessionId,
    provedAtMs,
  };
  const binding = contactCode(account.id);
  const sending = {
    binding,
    purpose: 'contact',
    ticket,
    write: [
      guardSignedIn(ctx, signedIn),
      ...voidPendingChanges(ctx, account.id),
      ctx.db.insert(contactChangeTable).values({
        id,
        accountId: account.id,
        kind,
        changeSealed: await seal(ctx, placeOf(contactChangeTable.changeSealed, id), change),
        createdAtMs: nowMs,
        expiresAtMs: nowMs + Math.max(changeValidMs, validMs),
        keyId: currentKeyId(ctx),
      }),
      record(ctx, 'contact.change_begun', account.id, { kind }),
    ],
  } as const;
  if (kind === 'email') {
    const email = recipientFor(after, 'proves_it');
    return (await sendMailCode(ctx, { ...sending, accountId: account.id, email })).delivery;
  }
  const { delivery } = await sendSmsCode(ctx, {
    ...sending,
    mobile: recipientFor(after, 'proves_it'),
    // No page may say that a code is on its way.
    undo: [
      ctx.db
        .delete(contactChangeTable)
        .where(and(eq(contactChangeTable.id, id), isNull(contactChangeTable.doneAtMs))),
    ],
  });
  return delivery;
}
