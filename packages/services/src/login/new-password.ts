import { AppError } from '@shiming/domain';
import { claimAlone, type Limit, newClaim } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';

/** More than anybody needs to settle on a password; each one costs a hash. */
const perSubject: Limit = {
  limit: 10,
  window: { lastMs: 60 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/**
 * The hash of a new password. Every new password is hashed here, after it was claimed: somebody who sends a hundred at once
 * gets as many hashes as the limit has. `subject` is what the sender has proved to hold: an account, a registration, a
 * link. A claim is not given back, because the hash has been made.
 *
 * @throws AppError request.too_many, input.invalid where the password is one of the `former` ones
 */
export async function hashNewPassword(
  ctx: Ctx,
  subject: string,
  password: string,
  former: readonly string[] = [],
): Promise<string> {
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  await claimAlone(
    ctx,
    newClaim(ctx, 'new_password', subject, [perSubject]),
    newClaim(ctx, 'new_password.address', address, [perAddress]),
  );
  for (const hash of former) {
    const { isRight } = await ctx.hasher.verify(password, hash);
    if (isRight) {
      throw new AppError({ code: 'input.invalid', fields: { password: 'password.reused' } });
    }
  }
  return ctx.hasher.hash(password);
}
