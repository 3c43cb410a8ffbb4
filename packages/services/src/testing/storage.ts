import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import type { TestWorld } from './world.ts';

/** How many rows each table gets while something is done; tables that get none are left out. */
export async function newRowsBy<T>(
  world: TestWorld,
  work: () => Promise<T>,
): Promise<{ result: T; rows: Record<string, number> }> {
  const { db } = world.ctx();
  const tables = await db.all<{ name: string }>(
    sql`select name from sqlite_master where type = 'table'`,
  );
  const count = () =>
    Promise.all(tables.map(({ name }) => db.$count(sql`${sql.identifier(name)}`)));
  const before = await count();
  const result = await work();
  const after = await count();
  const grown = tables.map(({ name }, at) => [name, (after[at] ?? 0) - (before[at] ?? 0)] as const);
  return { result, rows: Object.fromEntries(grown.filter(([, more]) => more !== 0)) };
}

/** Every text in every column of every table, as `table.column: text`. */
export async function storedTexts(world: TestWorld): Promise<string[]> {
  const { db } = world.ctx();
  const tables = await db.all<{ name: string }>(
    sql`select name from sqlite_master where type = 'table'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.all<Record<string, unknown>>(sql`select * from ${sql.identifier(name)}`);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'string') texts.push(`${name}.${column}: ${value}`);
      }
    }
  }
  return texts;
}

/** The database's files byte by byte, deleted rows and write-ahead log too. */
export async function storedBytes(world: TestWorld): Promise<Buffer> {
  const file = fileURLToPath(world.database.url);
  const parts = [file, `${file}-wal`].map((path) => readFile(path).catch(() => Buffer.alloc(0)));
  return Buffer.concat(await Promise.all(parts));
}
