import { allowanceTable, type PersonalTable, personalTables } from '@shiming/db';
import {
  and,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  lt,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Deps } from '../context.ts';
import { rowsPerSlice, type Turn, untilDone, workInSlices } from '../jobs/turn.ts';
import { blindIndex, currentKeyId, mixedKeys, open, placeOf, seal, SealError } from './vault.ts';

export type RotateDeps = Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>;

/** How the rows of a table are moved to the current keys. */
export type Rotation<Row, D extends RotateDeps = RotateDeps> = {
  table: SQLiteTable;
  id: SQLiteColumn;
  keyId: SQLiteColumn;
  /** Blind indexes that are in the row, too. */
  indexes?: readonly SQLiteColumn[];
  /** Rows that lack an index which they should have. */
  isIncomplete?: SQL | undefined;
  /** Which rows are worth moving, where not all are. */
  isKept?(deps: D): SQL | undefined;
  read(deps: D, where: SQL | undefined): PromiseLike<Row[]>;
  idOf(row: Row): string;
  /** Moves a row, unless somebody changed it meanwhile. Returns what was written. */
  move(deps: D, row: Row): PromiseLike<readonly unknown[]>;
};

/** A rotation as one of a list, whatever its rows are. */
export type AnyRotation<D extends RotateDeps = RotateDeps> = (
  deps: D,
  turn: Turn,
) => Promise<number>;

/** How many rows without their key are counted in a table, at most. */
const lostAtMost = 1_000;

/** Not beginning with `keyId.`, in two ranges: in the order of texts, `/` is what follows `.`. */
const isUnderOther = (column: SQLiteColumn, keyId: string) => [
  lt(column, `${keyId}.`),
  gte(column, `${keyId}/`),
];

/** Different from all of these, in ranges that an index answers: the job must not read the whole table every minute. */
function isNoneOf(column: SQLiteColumn, values: readonly string[]): SQL | undefined {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  const between = sorted.map((value, at) => {
    const next = sorted[at + 1];
    return next === undefined ? gt(column, value) : and(gt(column, value), lt(column, next));
  });
  return or(lt(column, sorted[0] ?? ''), ...between);
}

/**
 * The part of the rotation job that moves one table. Rows under a key that is held no more are counted as failed, without
 * a look at each: nothing can be done for them, and they hide no others.
 */
export const rotation =
  <Row, D extends RotateDeps>(kind: Rotation<Row, D>): AnyRotation<D> =>
  async (deps, turn) => {
    const { keyId, table } = kind;
    const held = [...deps.keys.vault.map(({ id }) => id), mixedKeys];
    const [, ...older] = held;
    const isKept = kind.isKept?.(deps);
    // One question for each range, for of all in one the planner makes a scan; and the `+` keeps it from the keys' index.
    const [indexKey] = deps.keys.index;
    const indexed = [
      ...(kind.indexes ?? []).flatMap((index) => isUnderOther(index, indexKey.id)),
      ...(kind.isIncomplete === undefined ? [] : [kind.isIncomplete]),
    ];
    const ranges = [
      ...older.map((id) => eq(keyId, id)),
      ...indexed.map((range) => and(range, inArray(sql`+${keyId}`, held))),
    ];
    let moved = 0;
    for (const range of ranges) {
      moved += await workInSlices<Row>(turn, {
        read: async (leftIds) =>
          kind.read(deps, and(range, isKept, notInArray(kind.id, [...leftIds]))),
        idOf: (row) => kind.idOf(row),
        work: async (row) => (await kind.move(deps, row)).length > 0,
      });
    }
    const [lost] = await deps.db.all<{ rows: number }>(
      sql`select count(*) as rows from (select 1 from ${table} where ${and(isNoneOf(keyId, held), isKept)} limit ${lostAtMost})`,
    );
    const lostRows = lost?.rows ?? 0;
    if (lostRows > 0)
      turn.fail(new SealError('vault: rows are under a key that is not held'), lostRows);
    return moved;
  };

type Row = Readonly<Record<string, unknown>>;

/** The name of a column in the rows that Drizzle reads. */
function keyOf(table: SQLiteTable, column: SQLiteColumn): string {
  const [key = ''] =
    Object.entries(getTableColumns(table)).find(([, each]) => each === column) ?? [];
  return key;
}

/** What a row of a table becomes: everything sealed under the current key, and the indexes of what was opened. */
async function movedRow(
  deps: RotateDeps,
  { table, sealed = [], rotated }: PersonalTable & Required<Pick<PersonalTable, 'rotated'>>,
  row: Row,
) {
  const id = String(row[keyOf(table, rotated.id)]);
  const opened = new Map<SQLiteColumn, unknown>();
  const moved: Record<string, unknown> = { [keyOf(table, rotated.keyId)]: currentKeyId(deps) };
  for (const [column] of sealed) {
    const key = keyOf(table, column);
    const value = row[key];
    if (typeof value !== 'string') continue;
    const place = placeOf(column, id);
    opened.set(column, await open<unknown>(deps, place, value));
    moved[key] = await seal(deps, place, opened.get(column));
  }
  for (const { column, kind, of, value, isOptional } of rotated.indexes ?? []) {
    const key = keyOf(table, column);
    if (!opened.has(of) || (isOptional && row[key] === null)) continue;
    const indexed = value(opened.get(of) as never, row);
    const name = typeof kind === 'function' ? kind(row) : kind;
    if (indexed !== null) moved[key] = await blindIndex(deps, name, indexed);
  }
  if (rotated.raises !== undefined) {
    moved[keyOf(table, rotated.raises)] = sql`${rotated.raises} + 1`;
  }
  return moved;
}

/** The rotation of a table of the registry. */
function rotationOf(entry: PersonalTable): AnyRotation[] {
  const { table, sealed = [], rotated } = entry;
  if (rotated === undefined) return [];
  const { id, keyId, indexes = [], isIncomplete, isKept } = rotated;
  return [
    rotation<Row, RotateDeps>({
      table,
      id,
      keyId,
      indexes: indexes.map(({ column }) => column),
      isIncomplete,
      isKept: ({ now }) => isKept?.(now()),
      read: ({ db }, where) => db.select().from(table).where(where).limit(rowsPerSlice),
      idOf: (row) => String(row[keyOf(table, id)]),
      move: async (deps, row) => {
        const moved = await movedRow(deps, { ...entry, rotated }, row);
        const isRow = eq(id, row[keyOf(table, id)]);
        const [written] = await deps.db.batch([
          deps.db
            .update(table)
            .set(moved)
            .where(
              and(
                isRow,
                ...sealed.map(([column]) => sql`${column} is ${row[keyOf(table, column)]}`),
              ),
            )
            .returning({ id }),
          ...indexes.flatMap(({ column, counted = [] }) => {
            const [from, to] = [row, moved].map((each) => each[keyOf(table, column)]);
            const isMoved = sql`exists (select 1 from ${table} where ${and(isRow, eq(column, to))})`;
            return counted.map((kind) =>
              deps.db
                .update(allowanceTable)
                .set({ subject: String(to) })
                .where(
                  and(
                    eq(allowanceTable.kind, kind),
                    eq(allowanceTable.subject, String(from)),
                    isMoved,
                  ),
                ),
            );
          }),
        ]);
        return written;
      },
    }),
  ];
}

const rotations = personalTables.flatMap(rotationOf);

/**
 * The job that moves everything sealed or indexed under an older key to the current one. Returns how many rows it
 * moved: when a run moves none and none fails, the older keys can be taken away. A row that somebody changes meanwhile
 * is left for the next run.
 */
export async function rotateKeys(deps: RotateDeps, turn: Turn = untilDone): Promise<number> {
  let moved = 0;
  for (const each of rotations) moved += await each(deps, turn);
  return moved;
}
