import { guard, identifierTable } from '@shiming/db';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { identifierIndexes } from '../account/identifiers.ts';
import type { Binding } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';

/** The code in the chat that binds the WeChat it is given to. */
export const bindingCode = (accountId: string): Binding => ({
  purpose: 'wechat.binding',
  subject: accountId,
});

/**
 * The guard (in a list of one) that a WeChat belongs to no account but this one; it is found under whichever key. `null`:
 * there is no WeChat, or no account yet.
 */
export async function guardUnbound(ctx: Ctx, accountId: string | null, openId: string | null) {
  const indexes = openId === null ? [] : await identifierIndexes(ctx, 'wechat', openId);
  const elsewhere = ctx.db
    .select({ accountId: identifierTable.accountId })
    .from(identifierTable)
    .where(
      and(
        eq(identifierTable.kind, 'wechat'),
        eq(identifierTable.signsIn, true),
        inArray(identifierTable.index, indexes),
        accountId === null ? undefined : ne(identifierTable.accountId, accountId),
      ),
    );
  return [guard(ctx.db, sql`not exists ${elsewhere}`, { code: 'wechat.bound_elsewhere' })] as const;
}
