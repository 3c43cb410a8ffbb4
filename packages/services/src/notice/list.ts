import { accountTable, commit, noticeTable } from '@shiming/db';
import type { NoticeFacts, NoticeKind } from '@shiming/domain';
import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

const shown = 50;

/** The notices of an account, newest first. */
export async function listNotices(
  ctx: Ctx,
  { account }: SignedIn,
): Promise<{
  notices: { id: string; kind: NoticeKind; facts: NoticeFacts; atMs: number; isRead: boolean }[];
}> {
  const rows = await ctx.db
    .select()
    .from(noticeTable)
    .where(eq(noticeTable.accountId, account.id))
    .orderBy(desc(noticeTable.atMs))
    .limit(shown);
  return {
    notices: rows.map(({ id, kind, facts, atMs, readAtMs }) => ({
      id,
      kind,
      facts,
      atMs,
      isRead: readAtMs !== null,
    })),
  };
}

/** Marks what there was at an instant as read: what came since was on no page yet. */
export async function markNoticesRead(
  ctx: Ctx,
  { account }: SignedIn,
  input: { untilMs: number },
): Promise<void> {
  await commit(ctx.db, [
    ctx.db
      .update(noticeTable)
      .set({ readAtMs: ctx.now() })
      .where(
        and(
          eq(noticeTable.accountId, account.id),
          isNull(noticeTable.readAtMs),
          lte(noticeTable.atMs, input.untilMs),
        ),
      ),
  ]);
}

/** How many of the newest notices of the account that a query reads are unread. */
export const unreadOfNewest = sql<number>`(select count(*) from (select ${noticeTable.readAtMs} from ${noticeTable} where ${noticeTable.accountId} = ${accountTable.id} order by ${noticeTable.atMs} desc limit ${shown}) where read_at_ms is null)`;
