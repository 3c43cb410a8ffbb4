import { identifierQuery } from '../account/identifiers.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { newestScene, viewScene } from './scene.ts';

/** T-PRO-06: whether a WeChat is bound, since when, and the QR code of a binding that is on its way. */
export async function currentWeChat(ctx: Ctx, { account }: SignedIn) {
  const [[bound], [scene]] = await ctx.db.batch([
    identifierQuery(ctx, account.id, 'wechat'),
    newestScene(ctx, 'binding', account.id),
  ]);
  return { boundAtMs: bound?.provedAtMs ?? null, scene: viewScene(scene) };
}
