import { auditTable } from '@shiming/db';
import { type HistoryEvent, historyEvents } from '@shiming/domain';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

const shown = 30;

/** the latest of what was done with one's own account, newest first, from the audit itself. */
export async function listHistory(
  ctx: Ctx,
  { account }: SignedIn,
): Promise<{ atMs: number; event: HistoryEvent }[]> {
  const rows = await ctx.db
    .select({ atMs: auditTable.atMs, action: auditTable.action })
    .from(auditTable)
    .where(
      and(eq(auditTable.accountId, account.id), inArray(auditTable.action, [...historyEvents])),
    )
    .orderBy(desc(auditTable.atMs))
    .limit(shown);
  return rows.map(({ atMs, action }) => ({ atMs, event: action as HistoryEvent }));
}
