import {
  type Batch,
  caseTable,
  commit,
  outboxTable,
  personalTables,
  registrationTable,
} from '@shiming/db';
import { faceFrameKnownMs, retention, type TimedKind } from '@shiming/domain';
import { and, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Deps } from '../context.ts';
import { clear, clearSome, retentionKindOf } from './clear.ts';
import { type Turn, untilDone, whileFull } from './turn.ts';

/**
 * The audit goes by whole blocks of its chain, a photo's row not before the photo in the store, and a ticket with all
 * that belongs to it.
 */
type SweptKind = Exclude<TimedKind, 'audit' | 'photo' | 'ticket'>;

type Swept = { kind: SweptKind; table: SQLiteTable; since: SQLiteColumn };

/** Where each kind is, and the column of the instant that its time begins with. */
const swept = personalTables.flatMap(({ table, since }): Swept[] =>
  since === undefined ? [] : [{ kind: retentionKindOf(table) as SweptKind, table, since }],
);

/** A message that has gone out, or never will, has its time counted from then. */
const settledStatuses = ['sent', 'failed', 'unclear'] as const;
const isSettled = (beforeMs: number) =>
  and(inArray(outboxTable.status, settledStatuses), lt(outboxTable.dueAtMs, beforeMs));

/** Digests of faces, along an index of their own: people read that these are deleted sooner than what else is counted. */
const ofFrames = sql.raw(
  "from allowance indexed by allowance_face_frame where kind = 'face.frame'",
);

/** What of a kind has its time over. */
function sweepOf({ kind, table, since }: Swept, nowMs: number) {
  const beforeMs = nowMs - retention[kind].keep.ms;
  const isOver = lt(since, beforeMs);
  const sooner: Partial<Record<SweptKind, SQL | undefined>> = {
    outbox: isSettled(beforeMs),
    allowance: sql`"rowid" in (select "rowid" ${ofFrames} and at_ms < ${nowMs - faceFrameKnownMs})`,
  };
  const where = or(isOver, sooner[kind]);
  return { kind, table, beforeMs, where };
}

/** Tickets without an account that ended before an instant. Those begun before it are one range of an index. */
const ticketsBefore = (beforeMs: number) =>
  and(
    isNull(caseTable.accountId),
    lt(caseTable.createdAtMs, beforeMs),
    lt(caseTable.endedAtMs, beforeMs),
  );

/** Deletes some of those tickets, each with all that belongs to it, in one transaction. Returns how many went. */
async function clearTickets(
  deps: Pick<Deps, 'db' | 'now'>,
  beforeMs: number,
  atMost: number,
): Promise<number> {
  const found = await deps.db
    .select({ id: caseTable.id })
    .from(caseTable)
    .where(ticketsBefore(beforeMs))
    .limit(atMost);
  if (found.length === 0) return 0;
  const ids = sql`(${sql.join(
    found.map(({ id }) => sql`${id}`),
    sql`, `,
  )})`;
  const statements = personalTables.flatMap(({ table, ofCases }) =>
    ofCases === undefined ? [] : [...clear(deps, 'ticket', beforeMs, table, ofCases(ids))],
  );
  await commit(deps.db, statements as unknown as Batch);
  return found.length;
}

/** Deletes some registrations that nobody finished, each with its checks, in one transaction. Returns how many went. */
async function clearRegistrations(
  deps: Pick<Deps, 'db' | 'now'>,
  beforeMs: number,
  atMost: number,
): Promise<number> {
  const { id, expiresAtMs } = registrationTable;
  const ids = sql`(select ${id} from ${registrationTable} where ${expiresAtMs} < ${beforeMs} order by ${expiresAtMs} limit ${atMost})`;
  const checks = personalTables.flatMap(({ table, ofRegistrations }) =>
    ofRegistrations === undefined
      ? []
      : [...clear(deps, 'registration', beforeMs, table, ofRegistrations(ids))],
  );
  const results: readonly unknown[] = await commit(deps.db, [
    ...checks,
    ...clear(deps, 'registration', beforeMs, registrationTable, sql`${id} in ${ids}`),
    deps.db.all<{ rows: number }>(sql`select changes() as rows`),
  ] as unknown as Batch);
  const [deleted] = results.at(-1) as { rows: number }[];
  return deleted?.rows ?? 0;
}

/** When the time of each kind is over that has been there longest: one look along an index for each. */
function oldest(deps: Pick<Deps, 'db' | 'now'>) {
  const ticketsBeforeMs = deps.now() - retention.ticket.keep.ms;
  const kinds = swept.flatMap(({ kind, table, since }) => {
    const all = { kind, first: sql`(select min(${since}) from ${table})` };
    if (kind === 'allowance') {
      const laterMs = faceFrameKnownMs - retention.allowance.keep.ms;
      const first = sql`(select min(at_ms) ${ofFrames}) + ${laterMs}`;
      return [all, { kind, first }];
    }
    if (kind !== 'outbox') return [all];
    const settled = settledStatuses.map((status) => ({
      kind,
      first: sql`(select min(${outboxTable.dueAtMs}) from ${outboxTable} where ${outboxTable.status} = ${status})`,
    }));
    return [all, ...settled];
  });
  const parts = kinds.map(
    ({ kind, first }) =>
      sql`select ${kind} as "kind", ${first} + ${retention[kind].keep.ms} as "endsAtMs"`,
  );
  parts.push(
    sql`select 'ticket' as "kind", (select min(${caseTable.endedAtMs}) from ${caseTable} where ${ticketsBefore(ticketsBeforeMs)}) + ${retention.ticket.keep.ms} as "endsAtMs"`,
  );
  return deps.db.all<{ kind: SweptKind | 'ticket'; endsAtMs: number | null }>(
    sql.join(parts, sql` union all `),
  );
}

/** How many rows of a kind go in one transaction: some 30 ms of the write lock. */
const rowsPerTransaction = 1_000;
const ticketsPerTransaction = 100;

/**
 * The job that keeps the retention table: what its time is over for is deleted, and not a millisecond before,
 * each kind with its receipt. It looks first, so that a minute with nothing to do writes nothing; and it deletes some
 * rows of each kind in turn, so that others can write in between. Returns how many rows it deleted.
 */
export async function clearExpired(
  deps: Pick<Deps, 'db' | 'now'>,
  turn: Turn = untilDone,
): Promise<number> {
  const nowMs = deps.now();
  const over = (await oldest(deps)).filter(({ endsAtMs }) => endsAtMs !== null && endsAtMs < nowMs);
  const due = new Set(swept.filter(({ kind }) => over.some((each) => each.kind === kind)));
  let cleared = 0;
  if (over.some(({ kind }) => kind === 'ticket')) {
    const beforeMs = nowMs - retention.ticket.keep.ms;
    cleared += await whileFull(turn, ticketsPerTransaction, (atMost) =>
      clearTickets(deps, beforeMs, atMost),
    );
  }
  while (due.size > 0) {
    for (const each of due) {
      if (turn.isOver()) return cleared;
      const { kind, table, beforeMs, where } = sweepOf(each, nowMs);
      let rows = 0;
      try {
        rows =
          kind === 'registration'
            ? await clearRegistrations(deps, beforeMs, rowsPerTransaction)
            : await clearSome(deps, kind, beforeMs, table, where, rowsPerTransaction);
      } catch (error) {
        turn.fail(error);
      }
      cleared += rows;
      if (rows < rowsPerTransaction) due.delete(each);
    }
  }
  return cleared;
}

/** When the time was over of what has been there longest and is still there. */
export async function expiredSince(deps: Pick<Deps, 'db' | 'now'>): Promise<number | null> {
  const ends = (await oldest(deps)).map(({ endsAtMs }) => endsAtMs ?? Number.POSITIVE_INFINITY);
  const first = Math.min(...ends);
  return Number.isFinite(first) ? first : null;
}
