import type { Ctx } from '../context.ts';

/** The mark a browser carries after it has signed in to an account: it names neither. */
export const deviceMark = (ctx: Ctx, number: string): Promise<string> =>
  ctx.crypto.hmac(ctx.keys.token, `device:${ctx.visitor.deviceId}:${number}`);
