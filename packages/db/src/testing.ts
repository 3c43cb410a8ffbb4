import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/sqlite3';
import { databaseOver } from './client.ts';
import { migrate } from './migrate.ts';
import { type Database, type Meter, newMeter } from './unit-of-work.ts';

let template: Promise<Uint8Array> | null = null;

/** A migrated, empty database as the bytes of its file, made once per test process. */
async function migratedTemplate(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'shiming-template-'));
  try {
    const file = join(folder, 'template.db');
    await migrate(`file:${file}`);
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

/** A real libSQL database of its own for one test: a copy of the migrated one. */
export async function createTestDatabase(): Promise<TestDatabase> {
  template ??= migratedTemplate();
  const folder = await mkdtemp(join(tmpdir(), 'shiming-test-'));
  const file = join(folder, 'test.db');
  await writeFile(file, await template);
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
