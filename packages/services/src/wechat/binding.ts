import { wechatBindingTable } from '@shiming/db';
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Binding } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { blindIndex, blindIndexes, currentKeyId, seal, placeOf } from '../vault/vault.ts';

/** The code in the chat that binds the WeChat it is given to. */
export const bindingCode = (accountId: string): Binding => ({
  purpose: 'wechat.binding',
  subject: accountId,
});

/** The row that binds a WeChat to an account. */
export async function bindingRow(ctx: Ctx, accountId: string, openId: string) {
  return {
    accountId,
    openIdIndex: await blindIndex(ctx, 'wechat', openId),
    openIdSealed: await seal(ctx, placeOf(wechatBindingTable.openIdSealed, accountId), openId),
    boundAtMs: ctx.now(),
    keyId: currentKeyId(ctx),
  };
}

/** A query of the account, if not this one, that a WeChat is bound to; under whichever key. */
export const boundElsewhere = async (ctx: Ctx, accountId: string, openId: string) => {
  const indexes = await openIdIndexes(ctx, openId);
  return [
    ctx.db
      .select({ accountId: wechatBindingTable.accountId })
      .from(wechatBindingTable)
      .where(
        and(
          inArray(wechatBindingTable.openIdIndex, indexes),
          ne(wechatBindingTable.accountId, accountId),
        ),
      ),
  ] as const;
};

/** The blind indexes under which the binding of a WeChat is found. */
export const openIdIndexes = (ctx: Ctx, openId: string) => blindIndexes(ctx, 'wechat', openId);

/** A statement that finds when an account was bound to a WeChat; no row when it is not. */
export const bindingOf = (ctx: Ctx, accountId: string) =>
  ctx.db
    .select({ boundAtMs: wechatBindingTable.boundAtMs })
    .from(wechatBindingTable)
    .where(eq(wechatBindingTable.accountId, accountId));
