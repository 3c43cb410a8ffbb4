import type { Ctx } from '../context.ts';

/** A request whose hashes are counted instead of computed: `hash` makes the decoy's, and every password is right. */
export function countHashes(ctx: Ctx, { isRight = true } = {}) {
  const counts = { hashed: 0, verified: 0 };
  const hasher: Ctx['hasher'] = {
    ...ctx.hasher,
    hash: async () => {
      counts.hashed += 1;
      return ctx.hasher.decoy;
    },
    verify: async () => {
      counts.verified += 1;
      return { isRight, isOutdated: false };
    },
  };
  return { counts, ctx: { ...ctx, hasher } };
}
