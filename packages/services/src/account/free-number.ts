import { accountTable, cancellationTable, identifierTable } from '@shiming/db';
import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/**
 * Statements that take the number from accounts, for the person whose it is (T-REG-16a): nobody signs in to them any
 * longer, and the job deletes them once the portal's waiting time is over. Nothing that refers to them is lost before.
 */
export function freeNumber({ db, now, portal }: Pick<Ctx, 'db' | 'now' | 'portal'>, where: SQL) {
  const nowMs = now();
  const dueAtMs = nowMs + portal.cancellation.waitMs;
  const ids = db.select({ id: accountTable.id }).from(accountTable).where(where);
  return [
    db
      .insert(cancellationTable)
      .select(
        sql`select ${accountTable.id}, ${nowMs}, ${dueAtMs} from ${accountTable} where ${where}`,
      )
      .onConflictDoNothing(),
    db
      .update(accountTable)
      .set({ status: 'closed', version: sql`${accountTable.version} + 1` })
      .where(where),
    // Last, because `where` may find the accounts by their number.
    db
      .delete(identifierTable)
      .where(
        and(
          inArray(identifierTable.accountId, ids),
          inArray(identifierTable.kind, ['document_number', 'wechat']),
        ),
      ),
  ] as const;
}
