import { commit, contactChangeTable } from '@shiming/db';
import { parseCodeAnswers } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { isSameContact } from '../contact/change.ts';
import { changeAccount } from '../account/change.ts';
import { tellOfAgency } from '../agency/tell.ts';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { applyChange } from './apply.ts';
import { guardNotElsewhere, nameHolder, type ProvedContact } from './bound-elsewhere.ts';
import { type ContactChange, contactCode, openChange, pendingChange } from './change.ts';

/**
 * T-PRO-05: the code that went to the new contact makes it the account's. The try is counted, then compared. What
 * was on its way to the old contact to get into the account is void; its holder gets a message with the code that takes
 * the change back. Where the portal signs people in by such a contact, one that another account is signed in to by is refused,
 * with that user's name masked (S-BND-03).
 *
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, contact.bound_elsewhere, request.stale
 */
export async function confirmContactChange(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { code: string },
): Promise<void> {
  const { account } = signedIn;
  const { sms, mail } = ctx.portal.codes;
  const parsed = accepted(parseCodeAnswers(input, sms, mail));
  const binding = contactCode(account.id);
  const nowMs = ctx.now();
  const [[change], [tried]] = await commit(ctx.db, [
    pendingChange(ctx, account.id),
    countTry(ctx.db, binding, nowMs),
  ]);
  const codeId = await judgeTry(ctx, binding, tried, parsed.code);
  refuseUnless(change !== undefined, { code: 'code.expired' });

  const { id, kind } = change;
  const made = await openChange(ctx, change);
  const proved = { kind, value: made.after, changeId: id, challengeId: codeId };
  try {
    await makeOwn(ctx, signedIn, made, proved);
  } catch (error) {
    throw await nameHolder(ctx, account, proved, error);
  }
}

/** Commits a change, or the proof of a contact that the account has. */
async function makeOwn(
  ctx: Ctx,
  signedIn: SignedIn,
  made: ContactChange,
  { kind, value, changeId: id, challengeId }: ProvedContact,
): Promise<void> {
  const { account } = signedIn;
  const nowMs = ctx.now();
  const guards = [
    guardSignedIn(ctx, signedIn),
    ...(await guardNotElsewhere(ctx, account.id, { kind, value })),
    ...spend(ctx.db, challengeId, nowMs, { code: 'code.expired' }),
  ] as const;
  if (isSameContact(kind, made)) {
    await commit(ctx.db, [
      ...guards,
      ctx.db.delete(contactChangeTable).where(eq(contactChangeTable.id, id)),
      ...(await changeAccount(ctx, account, {
        contact: { [kind]: { value, provedAtMs: nowMs } },
      })),
      ...tellOfAgency(ctx, account),
      record(ctx, 'contact.proved', account.id, { kind }),
    ]);
    return;
  }
  await commit(ctx.db, [
    ...guards,
    ctx.db
      .update(contactChangeTable)
      .set({ doneAtMs: nowMs, expiresAtMs: nowMs + ctx.portal.contactUndoMs })
      .where(eq(contactChangeTable.id, id)),
    ...(await applyChange(ctx, account, { id, kind, ...made })),
    ...tellOfAgency(ctx, account),
    record(ctx, 'contact.changed', account.id, { kind }),
  ]);
  ctx.defer(() => deliverWaiting(ctx));
}
