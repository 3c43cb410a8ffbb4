import { DatabaseSync } from 'node:sqlite';

type Value = string | number | null;
type Row = Record<string, Value>;

/** Rows of one table for one account that are multiplied, at most. */
const rowsOfTable = 4;
/** How far the times of an account's rows are moved into the past, at most: what a year would have brought. */
const yearMs = 365 * 86_400_000;
/** What is over within hours or days lies no further back. */
const shortLived = new Map([
  ['session', 86_400_000],
  ['challenge', 3_600_000],
  ['registration', 3_600_000],
  ['allowance', 86_400_000],
]);
/** What an account had when its case was decided and has no longer: a day later its messages are deleted. */
const passing = new Set(['outbox']);
/** Values by which rows are looked up or told apart, each of its own in every copy. */
const isKey = (column: string) =>
  column === 'index' || /_(?:index|hash)$|^case_number$|^subject$/.test(column);

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (value: Value) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

/** The same text for copy `i` of what an id stands for: as long, and another one for each. */
const copiedId = (id: string) => `printf('%010d', i) || ${literal(id.slice(10))}`;

/** A column's value in copy `i`, as SQL. */
function copied(column: string, value: Value, ids: ReadonlySet<string>, spanMs: number): string {
  if (typeof value === 'number' && column.endsWith('_ms')) {
    // A prime, so that neighbours in the file are no neighbours in time.
    return `${value} - (i * 7919000) % ${spanMs}`;
  }
  if (typeof value !== 'string') return literal(value);
  if (isKey(column)) {
    const kept = Math.max(0, value.length - 24);
    return `${literal(value.slice(0, kept))} || lower(hex(randomblob(12)))`;
  }
  const found = [...ids].find((id) => value.includes(id));
  if (found === undefined) return literal(value);
  const parts = value.split(found).map(literal);
  return parts.join(` || ${copiedId(found)} || `);
}

/** The tables of a database with their columns. */
function tablesOf(db: DatabaseSync): Map<string, string[]> {
  const names = db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'`,
    )
    .all() as { name: string }[];
  return new Map(
    names.map(({ name }) => {
      const columns = db.prepare(`pragma table_info(${quote(name)})`).all() as { name: string }[];
      return [name, columns.map((column) => column.name)];
    }),
  );
}

/** The rows that are about an account: those that name it, and those that name one of these. */
function rowsAbout(db: DatabaseSync, accountId: string) {
  const ids = new Set([accountId]);
  const found = new Map<string, Row[]>();
  const tables = tablesOf(db);
  // A decision names a case, which names the account.
  for (let round = 0; round < 2; round += 1) {
    for (const [table, columns] of tables) {
      if (passing.has(table)) continue;
      const keyed = columns.filter((column) => column === 'id' || column.endsWith('_id'));
      const named = [...(table === 'allowance' ? ['subject'] : []), ...keyed];
      if (named.length === 0) continue;
      const among = [...ids].map(literal).join();
      const rows = db
        .prepare(
          `select * from ${quote(table)} where ${named.map((name) => `${quote(name)} in (${among})`).join(' or ')} limit ${rowsOfTable}`,
        )
        .all() as Row[];
      found.set(table, rows);
      for (const { id } of rows) if (typeof id === 'string' && id.length > 10) ids.add(id);
    }
  }
  return { ids, found };
}

/** Whether a row is there because of a case: it names one, or is a photo that was sent with one. */
const isOfCase = (table: string, row: Row, caseIds: ReadonlySet<Value>) =>
  table === 'photo' ||
  Object.values(row).some(
    (value) => typeof value === 'string' && [...caseIds].some((id) => value.includes(String(id))),
  );

/**
 * Gives a database file `count` more accounts, each with a copy of what one account has: rows of every table, as long and
 * as old as real ones, under ids and keys of their own. The first `cases` of them have its case, too. Sealed values are copies
 * that no key opens. The file belongs to nobody else meanwhile. Returns the number of rows written.
 */
export function multiply(file: string, accountId: string, count: number, cases = count): number {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  try {
    db.exec(
      'pragma journal_mode = memory; pragma synchronous = off; pragma cache_size = -1000000;',
    );
    const { ids, found } = rowsAbout(db, accountId);
    const indexes = db
      .prepare(`select name, sql from sqlite_master where type = 'index' and sql is not null`)
      .all() as { name: string; sql: string }[];
    // Built at the end, an index is sorted once instead of searched for each row.
    for (const { name } of indexes) db.exec(`drop index ${quote(name)}`);
    const caseIds = new Set(found.get('case')?.map(({ id }) => id ?? null));
    let written = 0;
    db.exec('begin');
    for (const [table, rows] of found) {
      const spanMs = shortLived.get(table) ?? yearMs;
      for (const row of rows) {
        const columns = Object.keys(row);
        const values = columns.map((column) => copied(column, row[column] ?? null, ids, spanMs));
        const copies = isOfCase(table, row, caseIds) ? Math.min(cases, count) : count;
        const { changes } = db
          .prepare(
            `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${copies})
             insert into ${quote(table)} (${columns.map(quote).join()}) select ${values.join()} from n`,
          )
          .run();
        written += Number(changes);
      }
    }
    db.exec('commit');
    for (const { sql } of indexes) db.exec(sql);
    db.exec('pragma journal_mode = wal');
    return written;
  } finally {
    db.close();
  }
}
