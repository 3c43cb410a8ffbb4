import { type ContactKind, contactIdentifiers } from '@shiming/domain';
import { sendMailCode } from '../codes/send-mail-code.ts';
import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { sendCodeToUserName } from './begin.ts';
import { keepBegun, loadRecovery, recoveryCode } from './begun.ts';
import { besideRecovery, type RecoveryView, takesMailCode, viewRecovery } from './view.ts';

type Sent = { outcome: CodeDelivery['outcome']; recovery: RecoveryView };

/**
 * T-PWD-03, S-USR-01: sends a code to a contact that the account has. By SMS it counts against the same three a day as every
 * other code to that number. A contact that nobody has proved gets none (T-REG-13a), nor an address at a portal that sends it a link. Where a recovery began with a user
 * name, the code goes there, for the same answer whether or not an account has it.
 *
 * @throws AppError recovery.not_started, contact.not_proved, puzzle.ticket_refused, puzzle.work_required, code.too_soon,
 * code.day_limit, request.too_many
 */
export async function sendRecoveryCode(
  ctx: Ctx,
  token: string | null,
  { ticket, by = 'mobile' }: { ticket: string; by?: ContactKind | undefined },
): Promise<Sent> {
  const recovery = await loadRecovery(ctx, token);
  if (recovery.userName !== null) {
    return { outcome: 'sent', recovery: await sendCodeToUserName(ctx, recovery, ticket) };
  }
  const { [by]: to } = await contactsForMessages(ctx, recovery.account);
  refuseUnless(to !== null && (by === 'mobile' || takesMailCode(ctx)), {
    code: 'contact.not_proved',
  });
  const sending = {
    binding: recoveryCode(recovery.id),
    purpose: 'recover',
    ticket,
    write: [
      ...keepBegun(ctx, recovery, ctx.now() + contactIdentifiers[by].codeRule(ctx.portal).validMs),
      ...(await besideRecovery(ctx, recovery)),
    ],
  } as const;
  const { delivery, written } =
    by === 'mobile'
      ? await sendSmsCode(ctx, { ...sending, mobile: to })
      : await sendMailCode(ctx, { ...sending, email: to, accountId: recovery.account.id });
  const { outcome, ...sent } = delivery;
  const [, , ...rows] = written;
  return { outcome, recovery: await viewRecovery(ctx, recovery, rows, sent) };
}
