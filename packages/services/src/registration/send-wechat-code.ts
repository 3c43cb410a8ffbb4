import { AppError, type ContactAnswers, parseContactAnswers } from '@shiming/domain';
import type { SceneCode } from '@shiming/providers';
import { type Ctx, refuseUnless } from '../context.ts';
import { spendTicket } from '../puzzle/puzzle.ts';
import { drawScene } from '../wechat/scene.ts';
import { loadRegistration, saveRegistration } from './draft.ts';

/**
 * T-REG-13: keeps mail and mobile, and draws the QR code of a code by WeChat. The code itself is given in the chat,
 * for the number of the document.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, request.too_many, wechat.unavailable,
 * registration.not_started, registration.out_of_order, request.stale
 */
export async function sendWeChatCode(
  ctx: Ctx,
  token: string | null,
  input: ContactAnswers & { ticket: string },
): Promise<SceneCode> {
  const parsed = parseContactAnswers(input);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const registration = await loadRegistration(ctx, token);
  refuseUnless(registration.draft.passwordHash !== null, {
    code: 'registration.out_of_order',
    step: registration.draft.document === null ? 'document' : 'password',
  });
  return drawScene(ctx, {
    purpose: 'registration',
    subject: registration.id,
    before: await spendTicket(ctx, 'register', input.ticket),
    write: await saveRegistration(ctx, registration, 'send_code', {
      contact: parsed.value,
      channel: 'wechat',
    }),
  });
}
