import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import type { Account } from '../session/session.ts';

/** Somebody at an open session who does not know the password has five guesses in a quarter of an hour. */
const perAccount: Limit = {
  limit: 5,
  window: { lastMs: 15 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'login.locked', retryAtMs }),
};

/**
 * Whether this is the account's password. The try is claimed before the password is looked at; `giveBack` is the
 * statement that gives it back when it was right.
 *
 * @throws AppError login.locked
 */
export async function tryPassword(ctx: Ctx, account: Account, typed: string) {
  const claim = newClaim(ctx, 'password', account.id, [perAccount]);
  await commitClaims(ctx, [claim], [record(ctx, 'login.password_proof', account.id)]);
  const { isRight } = await ctx.hasher.verify(typed, account.passwordHash);
  return { isRight, giveBack: release(ctx.db, claim.id, 'proved') };
}
