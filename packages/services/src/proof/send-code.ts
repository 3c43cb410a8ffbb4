import type { ProofChannel } from '@shiming/domain';
import { sendMailCode } from '../codes/send-mail-code.ts';
import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { contactsForMessages } from '../account/recipients.ts';
import type { SignedIn } from '../session/session.ts';
import { proofCode } from './proof.ts';

/**
 * T-PRO-05: sends a code to the account's own mobile or mail. It voids the one before, by whichever way that went,
 * and counts against the same limits as every other code to that number or address.
 *
 * @throws AppError contact.not_proved, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many
 */
export async function sendProofCode(
  ctx: Ctx,
  signedIn: SignedIn,
  { channel, ticket }: { channel: ProofChannel; ticket: string },
): Promise<CodeDelivery> {
  const { mobile, email } = await contactsForMessages(ctx, signedIn.account);
  const binding = proofCode(signedIn);
  const sending = { binding, purpose: 'contact', ticket, write: [] } as const;
  if (channel === 'mail') {
    refuseUnless(email !== null, { code: 'contact.not_proved' });
    return (await sendMailCode(ctx, { ...sending, accountId: signedIn.account.id, email }))
      .delivery;
  }
  refuseUnless(mobile !== null, { code: 'contact.not_proved' });
  return (await sendSmsCode(ctx, { ...sending, mobile })).delivery;
}
