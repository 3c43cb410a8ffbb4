import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@libsql/client/sqlite3';
import { appErrorIn } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, databaseOver } from './client.ts';
import newest from '../../../drizzle/newest.json' with { type: 'json' };
import { migrate, migrations } from './migrate.ts';
import { isReady, isWritable } from './ready.ts';
import { createTestDatabase } from './testing.ts';
import { newMeter } from './unit-of-work.ts';

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shiming-migrate-'));
  url = `file:${join(folder, 'a.db')}`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Schema and applied migrations, as the file has them. */
async function schema() {
  const client = createClient({ url });
  const { rows } = await client.execute('select type, name, sql from sqlite_master order by name');
  const applied = await client.execute('select hash, created_at from __drizzle_migrations');
  client.close();
  return JSON.stringify([rows, applied.rows]);
}

test('migrations applied a second time change nothing', async () => {
  await migrate(url);
  const once = await schema();
  await migrate(url);
  expect(await schema()).toBe(once);
  expect(once).toContain('allowance_subject');
});

test('the tables are what the migrations make: there is nothing to generate', async () => {
  const root = join(migrations, '..');
  const copy = join(folder, 'drizzle');
  await cp(migrations, copy, { recursive: true });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      '--dialect=sqlite',
      '--schema=packages/db/src/schema/index.ts',
      `--out=${relative(root, copy)}`,
    ],
    { cwd: root },
  );
  expect(stdout).toContain('nothing to migrate');
  expect(await readdir(copy)).toEqual(await readdir(migrations));
});

test('the newest migration that the Worker knows is the newest there is', async () => {
  const { entries }: { entries: { when: number }[] } = JSON.parse(
    await readFile(join(migrations, 'meta/_journal.json'), 'utf8'),
  );
  expect(newest.atMs).toBe(Math.max(...entries.map(({ when }) => when)));
});

test('a migrated database is ready; with the newest migration missing it is not', async () => {
  const database = await createTestDatabase();
  const db = database.connect();
  expect([await isReady(db), await isWritable(db)]).toEqual([true, true]);
  await db.run(
    sql`delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)`,
  );
  expect([await isReady(db), await isWritable(db)]).toEqual([false, false]);
  await database.remove();
});

test('a database that is ahead, as while a new version rolls out, is ready', async () => {
  const database = await createTestDatabase();
  const db = database.connect();
  await db.run(
    sql`insert into __drizzle_migrations (hash, created_at) select 'newer', max(created_at) + 1 from __drizzle_migrations`,
  );
  expect(await isReady(db)).toBe(true);
  await database.remove();
});

test('an empty database, before any migration, is never called ready: it is an error', async () => {
  const client = createClient({ url });
  await expect(isReady(databaseOver(client, newMeter()))).rejects.toThrow('__drizzle_migrations');
  client.close();
});

test('a database that does not answer is service.unavailable', async () => {
  const error: unknown = await isReady(connect({ url: 'http://127.0.0.1:1' })).catch(
    (thrown: unknown) => thrown,
  );
  expect(appErrorIn(error)?.data).toEqual({ code: 'service.unavailable' });
});
