import { and, eq, gt, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compiled } from './compiled.ts';
import { puzzleTable } from './schema/index.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { commit, newMeter } from './unit-of-work.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.remove());

const { id, x, deviceId, purpose } = puzzleTable;

test('a compiled query is built once, and answers each request for its own values over its own connection', async () => {
  let built = 0;
  const find = compiled((db) => {
    built += 1;
    return db
      .select({ puzzle: { id, x }, isFar: sql<number>`${x} > ${sql.placeholder('x')}` })
      .from(puzzleTable)
      .where(
        and(
          eq(deviceId, `O'Brien’s "phone"`),
          eq(purpose, 'login'),
          gt(x, sql`${sql.placeholder('x')} - ${10}`),
          eq(id, sql.placeholder('id')),
        ),
      );
  });
  const db = database.connect();
  const row = {
    purpose: 'login',
    deviceId: `O'Brien’s "phone"`,
    width: 320,
    expiresAtMs: 1,
  } as const;
  await commit(db, [
    db.insert(puzzleTable).values({ ...row, id: 'a', x: 5 }),
    db.insert(puzzleTable).values({ ...row, id: 'b', x: 50 }),
  ]);
  const meters = [newMeter(), newMeter()] as const;
  const [a, b, none] = await Promise.all([
    find(database.connect(meters[0]), { id: 'a', x: 10 }),
    find(database.connect(meters[1]), { id: 'b', x: 10 }),
    find(database.connect(meters[1]), { id: 'a', x: 20 }),
  ]);
  expect(a).toEqual([{ puzzle: { id: 'a', x: 5 }, isFar: 0 }]);
  expect(b).toEqual([{ puzzle: { id: 'b', x: 50 }, isFar: 1 }]);
  expect(none).toEqual([]);
  expect(meters.map(({ roundTrips }) => roundTrips)).toEqual([1, 2]);
  expect(built).toBe(1);
});

test('a query with a question mark that is no parameter does not compile', async () => {
  const find = compiled((db) => db.select({ what: sql`'?'` }).from(puzzleTable));
  await expect(find(database.connect(), {})).rejects.toThrow('question mark');
});
