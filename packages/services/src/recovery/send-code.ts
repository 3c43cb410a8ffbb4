import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { keepBegun, loadRecovery, recoveryCode } from './begun.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

/**
 * T-PWD-03: sends a code to the mobile that the account has. It counts against the same three a day as every
 * other code to that number. A number that nobody has proved gets none (T-REG-13a).
 *
 * @throws AppError recovery.not_started, contact.not_proved, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many
 */
export async function sendRecoveryCode(
  ctx: Ctx,
  token: string | null,
  input: { ticket: string },
): Promise<{ outcome: CodeDelivery['outcome']; recovery: RecoveryView }> {
  const recovery = await loadRecovery(ctx, token);
  const { mobile } = await contactsForMessages(ctx, recovery.account);
  refuseUnless(mobile !== null, { code: 'contact.not_proved' });
  const { delivery, written } = await sendSmsCode(ctx, {
    binding: recoveryCode(recovery.id),
    mobile,
    purpose: 'recover',
    ticket: input.ticket,
    write: [
      ...keepBegun(ctx, recovery, ctx.now() + ctx.portal.codes.sms.validMs),
      ...(await besideRecovery(ctx, recovery)),
    ],
  });
  const { outcome, ...sent } = delivery;
  const [, , ...rows] = written;
  return { outcome, recovery: await viewRecovery(ctx, recovery, rows, sent) };
}
