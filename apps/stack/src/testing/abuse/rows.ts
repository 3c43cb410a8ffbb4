import type { Database } from '@shiming/db';
import type { Rows } from './rules.ts';

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Tables that hold nothing of people: those of the database itself. */
const isOurs = (table: string): boolean => !/^(?:sqlite_|__|libsql_)/.test(table);

/** Reads the rows of a database, as texts by table and row id. */
export async function createReader(db: Database) {
  const columns = (
    await db.all<Column>(
      `select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
    )
  ).filter(({ table }) => isOurs(table));
  const tables = [...new Set(columns.map(({ table }) => table))];
  const objectOf = (table: string) =>
    columns
      .filter((each) => each.table === table)
      .map(({ column }) => `'${column}', "${column}"`)
      .join(', ');
  const read = async (wanted: (table: string) => string): Promise<Rows> => {
    const selects = tables.map((table) => {
      const where = wanted(table);
      return `select '${table}#' || rowid as "key", json_object(${objectOf(table)}) as "row" from "${table}" where ${where}`;
    });
    const rows: { key: string; row: string }[] = [];
    // SQLite takes 500 of them together, and a text of a million bytes.
    for (let at = 0; at < selects.length; at += 20) {
      rows.push(
        ...(await db.all<{ key: string; row: string }>(
          selects.slice(at, at + 20).join(' union all '),
        )),
      );
    }
    return new Map(rows.map(({ key, row }) => [key, row]));
  };
  return {
    tables,
    columns,
    all: () => read(() => 'true'),
    /** The rows with these keys, as far as they are there. */
    some: (keys: Iterable<string>) => {
      const ids = new Map<string, string[]>();
      for (const key of keys) {
        const [table = '', id = ''] = key.split('#');
        ids.set(table, [...(ids.get(table) ?? []), id]);
      }
      return read((table) => `rowid in (${(ids.get(table) ?? []).join(',')})`);
    },
    /** How many rows of each table are of these accounts. */
    countOf: async (accountIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
      const listed = accountIds.map((id) => `'${id}'`).join(',');
      const of = columns.filter(({ column }) => /account_id$|^child_id$/.test(column));
      const counts = await db.all<{ name: string; count: number }>(
        of
          .map(
            ({ table, column }) =>
              `select '${table}' as name, count(*) as count from "${table}" where "${column}" in (${listed})`,
          )
          .join(' union all '),
      );
      return new Map(counts.map(({ name, count }) => [name, count]));
    },
  };
}
