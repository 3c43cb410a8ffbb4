import { commit, retentionReceiptTable } from '@shiming/db';
import { retention, type RetentionKind, retentionKinds, shanghaiDate } from '@shiming/domain';
import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Deps } from '../context.ts';

/** The kind of the retention table that a table of the database belongs to. */
export function retentionKindOf(table: SQLiteTable): RetentionKind {
  const name = getTableName(table);
  const kind = retentionKinds.find((each) =>
    (retention[each].tables as readonly string[]).includes(name),
  );
  if (kind === undefined) throw new Error(`${name} has no row in the retention table`);
  return kind;
}

/**
 * Statements that delete rows of a kind and write the receipt in the same transaction: one a kind and Shanghai day,
 * to which every run adds; none where nothing went.
 */
export function clear(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  kind: RetentionKind,
  beforeMs: number,
  table: SQLiteTable,
  where: SQL | undefined,
) {
  const nowMs = now();
  const receipt = `${kind}:${shanghaiDate(nowMs)}`;
  const { rows } = retentionReceiptTable;
  return [
    db
      .insert(retentionReceiptTable)
      .select(
        sql`select ${receipt}, ${nowMs}, ${kind}, ${beforeMs}, count(*) from ${table} where ${where} group by true`,
      )
      .onConflictDoUpdate({
        target: retentionReceiptTable.id,
        set: { atMs: nowMs, beforeMs, rows: sql`${rows} + excluded.rows` },
      }),
    db.delete(table).where(where),
  ] as const;
}

/**
 * Deletes some of those rows, in a transaction of their own. One that deletes whatever there is holds the lock for so
 * long that the database ends it, and nothing is deleted. Returns how many went.
 */
export async function clearSome(
  deps: Pick<Deps, 'db' | 'now'>,
  kind: RetentionKind,
  beforeMs: number,
  table: SQLiteTable,
  where: SQL | undefined,
  atMost: number,
): Promise<number> {
  const some = sql`${table}."rowid" in (select "rowid" from ${table} where ${where} limit ${atMost})`;
  const [, , [deleted]] = await commit(deps.db, [
    ...clear(deps, kind, beforeMs, table, some),
    deps.db.all<{ rows: number }>(sql`select changes() as rows`),
  ]);
  return deleted?.rows ?? 0;
}
