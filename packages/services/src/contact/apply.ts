import { type ContactKind, undoCodeBytes, undoCodeOf } from '@shiming/domain';
import { changeAccount } from '../account/change.ts';
import { give } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notice, noticeToAddress } from '../notice/notify.ts';
import { enqueueSms } from '../outbox/outbox.ts';
import { type Account, openContact } from '../account/account.ts';
import { maskContact } from './change.ts';
import { undoBinding } from './undo.ts';

/**
 * Statements that make a contact the account's, whoever wanted it (`by: 'staff'` where the help desk did): what was
 * on its way is ended; the holder of the old one is told, with the code that takes the change back. `id` is the row of
 * the change, which stands in the same batch, before these and done.
 */
export async function applyChange(
  ctx: Ctx,
  account: Account,
  { id, kind, before, after }: { id: string; kind: ContactKind; before: string; after: string },
  by: { by?: 'staff' } = {},
) {
  const contact = await openContact(ctx, account);
  const validMs = ctx.portal.contactUndoMs;
  const undoCode = undoCodeOf(ctx.crypto.randomBytes(undoCodeBytes));
  const link = `${ctx.address}/undo#${undoCode}`;
  const facts = { before: maskContact[kind](before), after: maskContact[kind](after), ...by };
  const event = kind === 'mobile' ? 'mobile_changed' : 'email_changed';
  return [
    // The person proved it by a code; of a correction two members of staff have seen evidence.
    ...(await changeAccount(ctx, account, {
      contact: { [kind]: { value: after, provedAtMs: ctx.now() } },
    })),
    ...(await give(ctx, id, await undoBinding(ctx, undoCode), undoCode, { validMs, tries: 1 })),
    ...endPending(ctx, account.id),
    ...notice(ctx, account.id, event, facts),
    ...(await noticeToAddress(ctx, account.id, contact.email, event, facts, link)),
    // The code that takes it back goes to whoever had the contact, and not to whoever has it now.
    ...(kind === 'email'
      ? await noticeToAddress(ctx, account.id, after, event, facts)
      : await enqueueSms(
          ctx,
          { kind: 'contact_replaced', mobile: before, code: undoCode },
          { as: 'code', accountId: account.id, expiresAtMs: ctx.now() + validMs },
        )),
    // Who changes a number in person proves the new one by a code; the help desk has only seen evidence of it.
    ...(kind === 'mobile' && by.by === 'staff'
      ? await enqueueSms(
          ctx,
          { kind: 'new_contact', mobile: after },
          { as: 'notice', accountId: account.id, expiresAtMs: ctx.now() + validMs },
        )
      : []),
  ] as const;
}
