import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compiled, compiledStatement, oncePer, placeholdersOf, valuesOf } from './compiled.ts';
import { puzzleTable } from './schema/index.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import { commit, guard, hasWritten, newMeter } from './unit-of-work.ts';

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

test('the values of a row are what they are in columns of their own, whatever they are', async () => {
  const text = `'"\\ , [1] {"a":1} 人\n😀`;
  const fields = {
    text: deviceId,
    empty: sql<string>`''`,
    none: sql<null>`null`,
    half: sql<number>`${x} / 2.0`,
    largest: sql<number>`9007199254740991`,
    like: sql<string>`'[1,2]'`,
    list: sql<string>`(select json_group_array(json_object('is', ${id})))`,
    object: sql`json_object('x', ${x})`.mapWith((json: string) => JSON.parse(json) as unknown),
  };
  const find = compiled((db) =>
    db
      .select(fields)
      .from(puzzleTable)
      .where(eq(id, sql.placeholder('id'))),
  );
  const db = database.connect();
  await db
    .insert(puzzleTable)
    .values({ id: 'a', purpose: 'login', deviceId: text, x: 5, width: 320, expiresAtMs: 1 });
  const alone = await db.select(fields).from(puzzleTable);
  expect(alone).toMatchObject([{ text, half: 2.5, list: '[{"is":"a"}]', object: { x: 5 } }]);
  expect(await find(db, { id: 'a' })).toEqual(alone);
});

test('a query with a question mark that is no parameter does not compile', async () => {
  const find = compiled((db) => db.select({ what: sql`'?'` }).from(puzzleTable));
  await expect(find(database.connect(), {})).rejects.toThrow('question mark');
});

test('a query whose rows depend on each other does not compile', async () => {
  const first = compiled((db) => db.select({ x }).from(puzzleTable).limit(1));
  await expect(first(database.connect(), {})).rejects.toThrow('no limit');
  const sorted = compiled((db) => db.select({ x }).from(puzzleTable).orderBy(x));
  await expect(sorted(database.connect(), {})).rejects.toThrow('no order by');
});

const addPuzzle = compiledStatement((db) =>
  db.insert(puzzleTable).values({
    id: sql.placeholder('id'),
    purpose: 'login',
    deviceId: sql.placeholder('id'),
    x: sql.placeholder('x'),
    width: 320,
    expiresAtMs: 1,
  }),
);
const movePuzzles = oncePer((length: number) =>
  compiledStatement((db) =>
    db
      .update(puzzleTable)
      .set({ x: sql`${x} + ${sql.placeholder('by')}` })
      .where(inArray(id, placeholdersOf('id', length)))
      .returning({ id, x }),
  ),
);

test('compiled statements stand in batches with others, each with its own values, fifty batches at once', async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const results = await Promise.all(
    numbers.map((number) => {
      const db = database.connect();
      const [a, b] = [`a${number}`, `b${number}`];
      return commit(db, [
        addPuzzle(db, { id: a, x: number }),
        addPuzzle(db, { id: b, x: number }),
        movePuzzles(2)(db, { by: 100, ...valuesOf('id', [a, b]) }),
        guard(db, hasWritten, { code: 'request.stale' }),
      ]);
    }),
  );
  expect(results.map(([, , moved]) => moved)).toEqual(
    numbers.map((number) => [
      { id: `a${number}`, x: number + 100 },
      { id: `b${number}`, x: number + 100 },
    ]),
  );
});

test('a compiled statement can be awaited alone, and none is asked without one of its values', async () => {
  const db = database.connect();
  await addPuzzle(db, { id: 'c', x: 1 });
  expect(await movePuzzles(1)(db, { by: 1, ...valuesOf('id', ['c']) })).toEqual([
    { id: 'c', x: 2 },
  ]);
  await expect(async () => await addPuzzle(db, { id: 'd' })).rejects.toThrow('placeholder');
  expect(await db.$count(puzzleTable)).toBe(1);
});
