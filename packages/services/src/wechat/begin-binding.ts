import type { SceneCode } from '@shiming/providers';
import type { Ctx } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { drawScene } from './scene.ts';

/**
 * T-PRO-06: a QR code for the WeChat that is to be bound. The person who scans it gets a code in the chat, which is typed
 * at the page: a QR code alone binds nobody's WeChat.
 *
 * @throws AppError proof.required, request.too_many, wechat.unavailable
 */
export async function beginBinding(ctx: Ctx, signedIn: SignedIn): Promise<SceneCode> {
  requireProof(ctx, signedIn);
  const { scene } = await drawScene(ctx, {
    purpose: 'binding',
    subject: signedIn.account.id,
    before: [],
    write: [guardSignedIn(ctx, signedIn)],
  });
  return scene;
}
