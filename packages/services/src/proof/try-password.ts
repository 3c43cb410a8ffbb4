import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';

/** Somebody at an open session who does not know the password has five guesses in a quarter of an hour. */
const perAccount: Limit = {
  limit: 5,
  window: { lastMs: 15 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'login.locked', retryAtMs }),
};

/** Right ones are given back, so what they cost has a limit of its own. */
const hashesPerAccount: Limit = {
  limit: 30,
  window: { lastMs: 60 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * Whether this is the password of an account, or of an organisation, for which no account is on record. The try is claimed before the password is looked at; `giveBack` is the
 * statement that gives it back when it was right.
 *
 * @throws AppError login.locked, request.too_many
 */
export async function tryPassword(
  ctx: Ctx,
  { id, passwordHash }: { id: string; passwordHash: string | null },
  typed: string,
  accountId: string | null = id,
) {
  const claim = newClaim(ctx, 'password', id, [perAccount]);
  const hash = newClaim(ctx, 'password.hash', id, [hashesPerAccount]);
  await commitClaims(ctx, [claim, hash], [record(ctx, 'login.password_proof', accountId)]);
  const { isRight } = await ctx.hasher.verify(typed, passwordHash ?? ctx.hasher.decoy);
  return { isRight, giveBack: release(ctx.db, claim.id, 'proved') };
}
