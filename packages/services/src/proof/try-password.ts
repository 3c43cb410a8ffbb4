import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import type { Account } from '../account/account.ts';

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
 * Whether this is the account's password. The try is claimed before the password is looked at; `giveBack` is the
 * statement that gives it back when it was right.
 *
 * @throws AppError login.locked, request.too_many
 */
export async function tryPassword(ctx: Ctx, account: Account, typed: string) {
  const claim = newClaim(ctx, 'password', account.id, [perAccount]);
  const hash = newClaim(ctx, 'password.hash', account.id, [hashesPerAccount]);
  await commitClaims(ctx, [claim, hash], [record(ctx, 'login.password_proof', account.id)]);
  const { isRight } = await ctx.hasher.verify(typed, account.passwordHash ?? ctx.hasher.decoy);
  return { isRight, giveBack: release(ctx.db, claim.id, 'proved') };
}
