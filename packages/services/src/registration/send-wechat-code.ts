import { type ContactAnswers, parseContactAnswers } from '@shiming/domain';
import { accepted, type Ctx } from '../context.ts';
import { giveTicketBack, spendTicket } from '../puzzle/puzzle.ts';
import { drawScene } from '../wechat/scene.ts';
import { loadRegistration, saveStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

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
): Promise<RegistrationView> {
  const parsed = accepted(parseContactAnswers(input, ctx.portal));
  const registration = await loadRegistration(ctx, token);
  const change = { contact: parsed, channel: 'wechat' } as const;
  const untilMs =
    ctx.now() + (ctx.portal.weChat?.sceneValidMs ?? 0) + ctx.portal.codes.weChat.validMs;
  const { after, statements } = await saveStep(ctx, registration, 'contact', change, { untilMs });
  const { written } = await drawScene(ctx, {
    purpose: 'registration',
    subject: registration.id,
    before: await spendTicket(ctx, 'register', input.ticket),
    undo: await giveTicketBack(ctx, 'register', input.ticket),
    write: [...(await besideDraft(ctx, after)), ...statements],
  });
  const [used, code, scene, checks] = written;
  return viewRegistration(ctx, after, besideIn(ctx, after, [used, code, scene, checks]));
}
