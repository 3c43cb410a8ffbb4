import { accountTable, challengeTable, commit } from '@shiming/db';
import { AppError, maskNumber, type PasswordAnswers } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { isSecretRight, spend } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { openIdentity } from '../profile/account.ts';
import type { Account } from '../session/session.ts';
import { recoveryLink } from './begun.ts';
import { refusedPassword, refusePersonal, resetStatements } from './reset.ts';

/** The link's challenge and account, for whoever holds the link. @throws AppError link.used, link.expired */
async function findLink(
  ctx: Ctx,
  link: string,
): Promise<{ challengeId: string; account: Account }> {
  const [accountId = '', secret = ''] = link.split('.');
  const binding = recoveryLink(accountId);
  const given = await ctx.db
    .select({ challenge: challengeTable, account: accountTable })
    .from(challengeTable)
    .innerJoin(accountTable, eq(accountTable.id, challengeTable.subject))
    .where(
      and(eq(challengeTable.purpose, binding.purpose), eq(challengeTable.subject, binding.subject)),
    );
  for (const { challenge, account } of given) {
    if (!(await isSecretRight(ctx, binding, challenge.secretHash, secret))) continue;
    if (challenge.usedAtMs !== null) throw new AppError({ code: 'link.used' });
    if (challenge.expiresAtMs > ctx.now()) return { challengeId: challenge.id, account };
  }
  throw new AppError({ code: 'link.expired' });
}

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
  const { account } = await findLink(ctx, input.link);
  const { document } = await openIdentity(ctx, account);
  return { maskedNumber: maskNumber(document.number) };
}

/** @throws AppError input.invalid, link.used, link.expired, request.stale */
export async function resetByLink(
  ctx: Ctx,
  input: PasswordAnswers & { link: string },
): Promise<void> {
  const refused = refusedPassword(input);
  if (refused !== null) throw new AppError({ code: 'input.invalid', fields: refused });
  const { challengeId, account } = await findLink(ctx, input.link);
  await refusePersonal(ctx, account, input);
  await commit(ctx.db, [
    ...spend(ctx.db, challengeId, ctx.now(), { code: 'link.used' }),
    ...(await resetStatements(ctx, account, input.password)),
  ]);
}
