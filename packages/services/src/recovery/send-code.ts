import { type CodeDelivery, sendSmsCode } from '../challenge/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { openContact } from '../account/account.ts';
import { guardBegun, loadRecovery, recoveryCode } from './begun.ts';

/**
 * T-PWD-03: sends a code to the mobile that the account has. It counts against the same three a day as every
 * other code to that number.
 *
 * @throws AppError recovery.not_started, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many
 */
export async function sendRecoveryCode(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<CodeDelivery> {
  const recovery = await loadRecovery(ctx, token);
  const { id, account } = recovery;
  const { mobile } = await openContact(ctx, account);
  const binding = recoveryCode(id);
  return sendSmsCode(ctx, {
    binding,
    mobile,
    purpose: 'recover',
    ticket: input.ticket,
    write: [guardBegun(ctx, recovery)],
  });
}
