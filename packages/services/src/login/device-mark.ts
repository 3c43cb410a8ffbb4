import type { Ctx } from '../context.ts';
import { keyedHash, keyedHashes } from '../vault/keyed-hash.ts';

const textOf = ({ visitor }: Ctx, number: string) => `device:${visitor.deviceId}:${number}`;

/** The mark a browser carries after it has signed in to an account: it names neither. */
export const deviceMark = (ctx: Ctx, number: string): Promise<string> =>
  keyedHash(ctx, textOf(ctx, number));

/** The mark that this browser gets of an account, and the one that it carries already; `null` for a stranger. */
export async function deviceMarks(
  ctx: Ctx,
  number: string,
): Promise<{ mark: string; held: string | null }> {
  const marks = await keyedHashes(ctx, textOf(ctx, number));
  const { deviceMarks: carried } = ctx.visitor;
  const held = carried.find((each) => marks.some((mark) => ctx.crypto.equal(each, mark)));
  return { mark: marks[0] ?? '', held: held ?? null };
}
