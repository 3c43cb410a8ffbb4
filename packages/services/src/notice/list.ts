import { commit, noticeTable, sessionTable } from '@shiming/db';
import type { NoticeFacts, NoticeKind } from '@shiming/domain';
import { and, count, desc, eq, isNull, lte } from 'drizzle-orm';
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

/** A statement that counts the unread among the newest notices of whose session this is; it answers one row. */
export function countUnread(ctx: Pick<Ctx, 'db'>, sessionId: string) {
  const newest = ctx.db
    .select({ readAtMs: noticeTable.readAtMs })
    .from(noticeTable)
    .where(
      eq(
        noticeTable.accountId,
        ctx.db
          .select({ accountId: sessionTable.accountId })
          .from(sessionTable)
          .where(eq(sessionTable.id, sessionId)),
      ),
    )
    .orderBy(desc(noticeTable.atMs))
    .limit(shown)
    .as('newest');
  return ctx.db.select({ unread: count() }).from(newest).where(isNull(newest.readAtMs));
}
