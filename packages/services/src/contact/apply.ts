import { type ContactKind, undoCodeBytes, undoCodeOf } from '@shiming/domain';
import { changeAccount } from '../account/change.ts';
import { give } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notice, noticeToAddress } from '../notice/notify.ts';
import { enqueueSms } from '../outbox/outbox.ts';
import type { Account } from '../account/account.ts';
import { mailProofStatements } from '../account/mail-proof.ts';
import { contactsForMessages, recipientFor } from '../account/recipients.ts';
import { maskContact } from './change.ts';
import { undoBinding } from './undo.ts';

/**
 * Statements that make a contact the account's, no matter who wanted it (`by: 'staff'` where the help desk did): what was
 * on its way is ended; the holder of the old one, if it was proved, gets a notice with the code that takes the change
 * back. A mail address that the help desk puts on record gets the mail that proves it. `id` is the row of
 * the change, which stands in the same batch, before these and done.
 */
export async function applyChange(
  ctx: Ctx,
  account: Account,
  { id, kind, before, after }: { id: string; kind: ContactKind; before: string; after: string },
  by: { by?: 'staff' } = {},
) {
  const former = await contactsForMessages(ctx, account);
  const isByStaff = by.by === 'staff';
  const validMs = ctx.portal.contactUndoMs;
  const undoCode = undoCodeOf(ctx.crypto.randomBytes(undoCodeBytes));
  const link = `${ctx.address}/undo#${undoCode}`;
  const facts = { before: maskContact[kind](before), after: maskContact[kind](after), ...by };
  const event = kind === 'mobile' ? 'mobile_changed' : 'email_changed';
  return [
    // The person proved it by a code. The evidence of a number is two members of staff's to see, or its holder, who has
    // lost every other contact, could never come back by it; an address is proved by its mail.
    ...(await changeAccount(ctx, account, {
      contact: {
        [kind]: { value: after, provedAtMs: isByStaff && kind === 'email' ? null : ctx.now() },
      },
    })),
    ...(await give(ctx, id, await undoBinding(ctx, undoCode), undoCode, { validMs, tries: 1 })),
    ...endPending(ctx, account.id),
    ...notice(ctx, account.id, event, facts),
    // The code that takes it back goes to the former contact, and not to the present one.
    ...(await noticeToAddress(ctx, account.id, former.email, event, facts, link)),
    ...(await (kind === 'mobile'
      ? enqueueSms(
          ctx,
          { kind: 'contact_replaced', mobile: former.mobile, code: undoCode },
          { as: 'code', accountId: account.id, expiresAtMs: ctx.now() + validMs },
        )
      : isByStaff
        ? mailProofStatements(ctx, account.id, after)
        : noticeToAddress(ctx, account.id, recipientFor(after, 'proved_with_it'), event, facts))),
    // A person who changes a number proves the new one by a code; the help desk has only seen evidence of it.
    ...(kind === 'mobile' && isByStaff
      ? await enqueueSms(
          ctx,
          { kind: 'new_contact', mobile: recipientFor(after, 'put_on_record') },
          { as: 'notice', accountId: account.id, expiresAtMs: ctx.now() + validMs },
        )
      : []),
  ] as const;
}
