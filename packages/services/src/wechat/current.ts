import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { bindingOf } from './binding.ts';
import { newestScene, viewScene } from './scene.ts';

/** T-PRO-06: whether a WeChat is bound, since when, and the QR code of a binding that is on its way. */
export async function currentWeChat(ctx: Ctx, { account }: SignedIn) {
  const [[bound], [scene]] = await ctx.db.batch([
    bindingOf(ctx, account.id),
    newestScene(ctx, 'binding', account.id),
  ]);
  return { boundAtMs: bound?.boundAtMs ?? null, scene: viewScene(scene) };
}
