import { commit } from '@shiming/db';
import {
  type AccountField,
  AppError,
  type HelpDeskReason,
  parseHelpDeskNote,
} from '@shiming/domain';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { accountOf, accountQuery, openFields } from './load.ts';

/**
 * T-CON-08, X-01: one item in full. Why is written into the audit, code and words; the person reads the role, the
 * item and the code among those who looked.
 *
 * @throws AppError input.invalid, request.not_found, help_desk.own_account
 */
export async function revealAccountItem(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { accountId: string; item: AccountField; reason: HelpDeskReason; note: string },
): Promise<{ value: string }> {
  const { accountId, item, reason } = input;
  const [found] = await ctx.db.batch(accountQuery(ctx, accountId));
  const account = await accountOf(ctx, staff, found);
  const items = await openFields(ctx, account);
  const known = Object.values(items).filter((value) => value !== null);
  const note = parseHelpDeskNote(input.note, known);
  if (!note.ok) throw new AppError({ code: 'input.invalid', fields: { note: note.code } });
  const value = items[item];
  refuseUnless(value !== null, { code: 'request.not_found' });
  const { role } = staff.member;
  await commit(ctx.db, [
    record(ctx, 'help_desk.revealed', accountId, { role, item, reason, note: note.value }),
  ]);
  return { value };
}
