import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/sqlite3';
import { databaseOver } from './client.ts';
import { migrate } from './migrate.ts';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

let template: Promise<string> | null = null;

/** A migrated, empty database file, made once per test process. */
async function migratedTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shiming-template-'));
  const file = join(folder, 'template.db');
  await migrate(`file:${file}`);
  // The write-ahead log would stay behind when the file is copied.
  const client = createClient({ url: `file:${file}` });
  await client.execute('pragma journal_mode = delete');
  client.close();
  return file;
}

export type TestDatabase = {
  url: string;
  /** A connection of its own, as every request has one. */
  connect(meter?: Meter): Database;
  remove(): Promise<void>;
};

/** A real libSQL database of its own for one test: a copy of the migrated file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  template ??= migratedTemplate();
  const folder = await mkdtemp(join(tmpdir(), 'shiming-test-'));
  const file = join(folder, 'test.db');
  await copyFile(await template, file);
  const client = createClient({ url: `file:${file}` });
  return {
    url: `file:${file}`,
    connect: (meter = newMeter()) => databaseOver(client, meter),
    remove: async () => {
      client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
