import {
  allowanceTable,
  type Batch,
  challengeTable,
  commit,
  contactChangeTable,
  noticeTable,
  outboxTable,
  puzzleTable,
  recoveryTable,
  registrationTable,
  retentionReceiptTable,
  sessionTable,
  staffSessionTable,
  wechatPushTable,
  wechatSceneTable,
} from '@shiming/db';
import { retention, type TimedKind } from '@shiming/domain';
import { and, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { clearAudit } from '../audit/chain.ts';
import type { Deps } from '../context.ts';
import { clear } from './clear.ts';

/** The audit goes by whole blocks of its chain, and a photo's row not before the photo in the store. */
type SweptKind = Exclude<TimedKind, 'audit' | 'photo'>;

/** Where each kind is, and the column of the instant that its time begins with. */
const swept: Record<SweptKind, { table: SQLiteTable; since: SQLiteColumn }> = {
  registration: { table: registrationTable, since: registrationTable.expiresAtMs },
  recovery: { table: recoveryTable, since: recoveryTable.expiresAtMs },
  contact_change: { table: contactChangeTable, since: contactChangeTable.expiresAtMs },
  challenge: { table: challengeTable, since: challengeTable.expiresAtMs },
  outbox: { table: outboxTable, since: outboxTable.expiresAtMs },
  notice: { table: noticeTable, since: noticeTable.atMs },
  session: { table: sessionTable, since: sessionTable.lastSeenAtMs },
  allowance: { table: allowanceTable, since: allowanceTable.atMs },
  staff_session: { table: staffSessionTable, since: staffSessionTable.lastSeenAtMs },
  puzzle: { table: puzzleTable, since: puzzleTable.expiresAtMs },
  wechat_scene: { table: wechatSceneTable, since: wechatSceneTable.expiresAtMs },
  wechat_push: { table: wechatPushTable, since: wechatPushTable.atMs },
  retention_receipt: { table: retentionReceiptTable, since: retentionReceiptTable.atMs },
};

/** A message that has gone out, or never will, has its time counted from then. */
const isSettled = (beforeMs: number) =>
  and(
    inArray(outboxTable.status, ['sent', 'failed', 'unclear']),
    lt(outboxTable.dueAtMs, beforeMs),
  );

type Sweep = { kind: SweptKind; table: SQLiteTable; beforeMs: number; where: SQL | undefined };

/** What of a kind has its time over. */
function sweepOf(kind: SweptKind, nowMs: number): Sweep {
  const { table, since } = swept[kind];
  const beforeMs = nowMs - retention[kind].keep.ms;
  const isOver = lt(since, beforeMs);
  const where = kind === 'outbox' ? or(isOver, isSettled(beforeMs)) : isOver;
  return { kind, table, beforeMs, where };
}

/**
 * The job that keeps the retention table (X-08): what its time is over for is deleted, and not a millisecond before,
 * each kind with its receipt. It looks first, so that a minute with nothing to do writes nothing.
 */
export async function clearExpired(
  deps: Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>,
): Promise<void> {
  const nowMs = deps.now();
  const sweeps = (Object.keys(swept) as SweptKind[]).map((kind) => sweepOf(kind, nowMs));
  const isDue = sweeps.map(
    ({ kind, table, where }) =>
      sql`exists (select 1 from ${table} where ${where}) as ${sql.identifier(kind)}`,
  );
  const due = await deps.db.get<Record<SweptKind, number>>(sql`select ${sql.join(isDue, sql`, `)}`);
  const statements = sweeps
    .filter(({ kind }) => due[kind] === 1)
    .flatMap(({ kind, beforeMs, table, where }) => [...clear(deps, kind, beforeMs, table, where)]);
  if (statements.length > 0) await commit(deps.db, statements as unknown as Batch);
  await clearAudit(deps, nowMs - retention.audit.keep.ms);
}
