import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/sqlite3';
import { databaseOver } from './client.ts';
import type { Driver } from './hrana.ts';
import { migrate, migrations } from './migrate.ts';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

/** What stands in a database file when `fill` has been at it. */
async function bytesOf(fill: (url: string) => Promise<void>): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'shiming-template-'));
  try {
    const file = join(folder, 'template.db');
    await fill(`file:${file}`);
    // The write-ahead log would stay behind.
    const client = createClient({ url: `file:${file}` });
    await client.execute('pragma journal_mode = delete');
    client.close();
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type TestDatabase = {
  url: string;
  /** A connection of its own, as every request has one. */
  connect(meter?: Meter): Database;
  remove(): Promise<void>;
};

let migrated: Promise<Uint8Array> | null = null;

const noting = (driver: Driver, asked: Set<string>): Driver => ({
  execute: (statement) => {
    asked.add(statement.sql);
    return driver.execute(statement);
  },
  batch: (statements, mode) => {
    for (const statement of statements) asked.add(statement.sql);
    return driver.batch(statements, mode);
  },
});

/**
 * A real libSQL database of its own for one test: a copy of `template`, or of the migrated, empty one, made once per test process.
 * `asked` gets the text of each statement.
 */
export async function createTestDatabase(
  template?: Uint8Array,
  asked?: Set<string>,
): Promise<TestDatabase> {
  migrated ??= bytesOf(migrate);
  const folder = await mkdtemp(join(tmpdir(), 'shiming-test-'));
  const file = join(folder, 'test.db');
  await writeFile(file, template ?? (await migrated));
  // One connection, to which the settings below apply: the pool would open others, which write to the disk.
  const client = createClient({ url: `file:${file}`, concurrency: 1 });
  // No power fails during a test: nothing waits for the disk.
  await client.executeMultiple('pragma journal_mode = memory; pragma synchronous = off;');
  return {
    url: `file:${file}`,
    connect: (meter = newMeter()) =>
      databaseOver(asked === undefined ? client : noting(client, asked), meter),
    remove: async () => {
      client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder with the first `count` migrations, as when there were no more; `change` rewrites the newest of them. */
export async function migrationsUpTo(
  count: number,
  change: (statements: string) => string = (statements) => statements,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shiming-migrations-'));
  await cp(migrations, folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(await readFile(file, 'utf8')) as { entries: { tag: string }[] };
  journal.entries = journal.entries.slice(0, count);
  await writeFile(file, JSON.stringify(journal));
  const newest = join(folder, `${journal.entries.at(-1)?.tag}.sql`);
  await writeFile(newest, change(await readFile(newest, 'utf8')));
  return folder;
}

/** The file of a database as a former release left it: its `count` migrations, and the rows that its code wrote. */
export const releasedTemplate = (count: number, rows: string): Promise<Uint8Array> =>
  bytesOf(async (url) => {
    const former = await migrationsUpTo(count);
    await migrate(url, undefined, former);
    await rm(former, { recursive: true, force: true });
    const client = createClient({ url });
    // The rows are listed by table, not by what refers to what.
    await client.executeMultiple(`pragma foreign_keys = off;\nbegin;\n${rows}commit;`);
    client.close();
  });
