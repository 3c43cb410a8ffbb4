import { commit } from '@shiming/db';
import { maskNumber, type PasswordAnswers } from '@shiming/domain';
import { findAccountLink } from '../account/account-link.ts';
import { spend } from '../challenge/challenge.ts';
import { accepted, type Ctx } from '../context.ts';
import { openIdentity } from '../account/account.ts';
import { recoveryLink } from './begun.ts';
import { markAfterReset, parseNewPassword, refusePersonal, resetStatements } from './reset.ts';

/**
 * T-PWD-02: whether a link is good, and for which account (masked), before a new password is thought up. It spends
 * nothing, so a scanner or a second look costs nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function openLink(
  ctx: Ctx,
  input: { link: string },
): Promise<{ maskedNumber: string }> {
  const { account } = await findAccountLink(ctx, recoveryLink, input.link);
  const { number } = await openIdentity(ctx, account);
  return { maskedNumber: maskNumber(number) };
}

/** @throws AppError input.invalid, link.used, link.expired, request.stale, request.too_many */
export async function resetByLink(
  ctx: Ctx,
  input: PasswordAnswers & { link: string },
): Promise<{ deviceMark: string }> {
  accepted(parseNewPassword(input));
  const { challengeId, account } = await findAccountLink(ctx, recoveryLink, input.link);
  await refusePersonal(ctx, account, input);
  await commit(ctx.db, [
    ...spend(ctx.db, challengeId, ctx.now(), { code: 'link.used', for: 'recovery.link' }),
    ...(await resetStatements(ctx, account, input.password)),
  ]);
  return { deviceMark: await markAfterReset(ctx, account) };
}
