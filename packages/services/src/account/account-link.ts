import { accountTable, challengeTable } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { type Account, accountRow } from './account.ts';
import type { Ctx } from '../context.ts';
import { isSecretRight, type LinkBinding } from '../challenge/challenge.ts';

/**
 * The challenge and account of a mail's link (`accountId.secret`), for the holder of the link. It spends nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function findAccountLink(
  ctx: Ctx,
  bindingOf: (accountId: string) => LinkBinding,
  link: string,
): Promise<{ challengeId: string; account: Account }> {
  const [accountId = '', secret = ''] = link.split('.');
  const binding = bindingOf(accountId);
  const given = await ctx.db
    .select({ challenge: challengeTable, account: accountRow })
    .from(challengeTable)
    .innerJoin(accountTable, eq(accountTable.id, challengeTable.subject))
    .where(
      and(eq(challengeTable.purpose, binding.purpose), eq(challengeTable.subject, binding.subject)),
    );
  for (const { challenge, account } of given) {
    if (!(await isSecretRight(ctx, binding, challenge.secretHash, secret))) continue;
    if (challenge.usedAtMs !== null) {
      throw new AppError({ code: 'link.used', for: binding.purpose });
    }
    if (challenge.expiresAtMs > ctx.now()) return { challengeId: challenge.id, account };
  }
  throw new AppError({ code: 'link.expired' });
}
