import type { Database } from '@shiming/db';
import { createTestDatabase, type TestDatabase } from '@shiming/db/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHealth } from './health.ts';

let database: TestDatabase;
let nowMs: number;
let probes: number;
let canWrite: boolean;
beforeEach(async () => {
  database = await createTestDatabase();
  nowMs = 1_800_000_000_000;
  probes = 0;
  canWrite = true;
});
afterEach(() => database.remove());

/** The database, which counts the questions that take the lock, and refuses them when nobody can write. */
function watched(): Database {
  const db = database.connect();
  const batch: Database['batch'] = async (statements) => {
    probes += 1;
    if (!canWrite) throw new Error('the lock is held');
    return db.batch(statements);
  };
  return Object.assign(Object.create(db) as Database, { batch });
}

test('however often it is asked, it asks for the lock once in two seconds, and writes nothing', async () => {
  const isHealthy = createHealth(() => nowMs);
  const db = watched();
  const before = await db.all('select total_changes() as n');
  for (let asked = 0; asked < 50; asked += 1) expect(await isHealthy(db)).toBe(true);
  expect(probes).toBe(1);
  nowMs += 2_000;
  expect(await isHealthy(db)).toBe(true);
  expect(probes).toBe(2);
  expect(await db.all('select total_changes() as n')).toEqual(before);
});

test('a clock that is set back by hours does not keep an answer for hours', async () => {
  const isHealthy = createHealth(() => nowMs);
  const db = watched();
  canWrite = false;
  expect(await isHealthy(db)).toBe(false);
  canWrite = true;
  nowMs -= 2 * 3_600_000;
  expect(await isHealthy(db)).toBe(true);
});

test('a database that serves readers and lets nobody write is not well, for everybody who asks, until it does', async () => {
  const isHealthy = createHealth(() => nowMs);
  const db = watched();
  expect(await isHealthy(db)).toBe(true);
  canWrite = false;
  nowMs += 2_000;
  const answers = [await isHealthy(db), await isHealthy(db), await isHealthy(db)];
  expect(answers).toEqual([false, false, false]);
  canWrite = true;
  expect(await isHealthy(db)).toBe(false);
  nowMs += 2_000;
  expect([await isHealthy(db), await isHealthy(db)]).toEqual([true, true]);
});
