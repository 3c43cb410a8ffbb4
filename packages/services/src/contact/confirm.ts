import { commit, contactChangeTable } from '@shiming/db';
import { AppError, parseCodeAnswers } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { isSameContact } from '../contact/change.ts';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { applyChange } from './apply.ts';
import { contactCode, openChange, pendingChange } from './change.ts';

/**
 * T-PRO-05: the code that went to the new contact makes it the account's. The try is counted, then compared. What
 * was on its way to the old contact to get into the account is void; its holder gets a message with the code that takes
 * the change back.
 *
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, request.stale
 */
export async function confirmContactChange(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { code: string },
): Promise<void> {
  const { account } = signedIn;
  const { sms, mail } = ctx.portal.codes;
  const parsed = parseCodeAnswers(input, sms, mail);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const binding = contactCode(account.id);
  const nowMs = ctx.now();
  const [[change], [tried]] = await commit(ctx.db, [
    pendingChange(ctx, account.id),
    countTry(ctx.db, binding, nowMs),
  ]);
  const judged = await judgeTry(ctx, binding, tried, parsed.value.code);
  if (!judged.isRight) throw new AppError(judged.refusal);
  refuseUnless(change !== undefined, { code: 'code.expired' });

  const { id, kind } = change;
  const made = await openChange(ctx, change);
  if (isSameContact(kind, made)) {
    await commit(ctx.db, [
      guardSignedIn(ctx, signedIn),
      ...spend(ctx.db, judged.id, nowMs, { code: 'code.expired' }),
      ctx.db.delete(contactChangeTable).where(eq(contactChangeTable.id, id)),
      ...(await changeAccount(ctx, account, {
        contact: { [kind]: { value: made.after, provedAtMs: nowMs } },
      })),
      record(ctx, 'contact.proved', account.id, { kind }),
    ]);
    return;
  }
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    ...spend(ctx.db, judged.id, nowMs, { code: 'code.expired' }),
    ctx.db
      .update(contactChangeTable)
      .set({ doneAtMs: nowMs, expiresAtMs: nowMs + ctx.portal.contactUndoMs })
      .where(eq(contactChangeTable.id, id)),
    ...(await applyChange(ctx, account, { id, kind, ...made })),
    record(ctx, 'contact.changed', account.id, { kind }),
  ]);
  ctx.defer(() => deliverWaiting(ctx));
}
