import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit, guard, hasWritten, isUniqueViolation, puzzleTable } from '@shiming/db';
import { connect } from '@shiming/db/client';
import { migrate } from '@shiming/db/migrate';
import { AppError } from '@shiming/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sqld, startSqld } from './sqld.ts';

let dir: string;
let sqld: Sqld;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shiming-database-'));
  sqld = await startSqld({ dir });
  await migrate(sqld.url);
});
beforeEach(async () => {
  await connect({ url: sqld.url }).delete(puzzleTable);
});
afterAll(async () => {
  await sqld.stop();
  await rm(dir, { recursive: true, force: true });
});

const db = () => connect({ url: sqld.url });
const puzzle = (id: string, x = 0) =>
  db()
    .insert(puzzleTable)
    .values({ id, purpose: 'login', deviceId: 'd', x, width: 320, expiresAtMs: 1 });
const puzzles = () => db().select({ id: puzzleTable.id, x: puzzleTable.x }).from(puzzleTable);
const refusal = { code: 'request.stale' } as const;
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('what we say to a real sqld and hear from it', () => {
  test.each(['王·小明 𠮷 👩‍👩‍👧 "\'; --', ' ', ''])(
    'the text “%s” comes back as it went',
    async (id) => {
      await puzzle(id);
      expect(await puzzles()).toEqual([{ id, x: 0 }]);
    },
  );

  test.each([0, -42, 1_795_312_800_123, Number.MAX_SAFE_INTEGER])(
    'the number %d comes back as it went, and is stored as an integer',
    async (x) => {
      await puzzle('a', x);
      expect(await puzzles()).toEqual([{ id: 'a', x }]);
      expect(await db().all('select typeof(x) as type from puzzle')).toEqual([{ type: 'integer' }]);
    },
  );

  test('nothing, and what no integer is, come back as they are', async () => {
    const [row] = await db().all('select null as none, 0.1 as part, true as yes');
    expect(row).toEqual({ none: null, part: 0.1, yes: 1 });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d never leaves', async (x) => {
    expect(await errorOf(commit(db(), [puzzle('a', x)]))).toBeInstanceOf(TypeError);
    expect(await puzzles()).toEqual([]);
  });

  test('a batch answers its results in order, two columns of one name too', async () => {
    const [, named, listed] = await commit(db(), [
      puzzle('a', 7),
      db().all('select id, x from puzzle'),
      db().select({ x: puzzleTable.x, again: puzzleTable.x }).from(puzzleTable),
    ]);
    expect(named).toEqual([{ id: 'a', x: 7 }]);
    expect(listed).toEqual([{ x: 7, again: 7 }]);
  });

  test('a guard knows whether the write before it met a row, and takes back the whole batch', async () => {
    await puzzle('a');
    const spend = (id: string) =>
      commit(db(), [
        puzzle(`spent ${id}`),
        db().run(`update puzzle set x = 9 where id = '${id}'`),
        guard(db(), hasWritten, refusal),
      ]);
    await spend('a');
    expect(await errorOf(spend('b'))).toMatchObject({ data: refusal });
    expect(await puzzles()).toEqual([
      { id: 'a', x: 9 },
      { id: 'spent a', x: 0 },
    ]);
  });

  test('a second row of one key is a unique violation, and nothing of the batch stays', async () => {
    await puzzle('a');
    const error = await errorOf(commit(db(), [puzzle('b'), puzzle('a')]));
    expect(isUniqueViolation(error, 'puzzle.id')).toBe(true);
    expect(await puzzles()).toHaveLength(1);
  });

  test('a mistake in SQL is not called an outage', async () => {
    const error = await errorOf(db().all('select none from nowhere'));
    expect(error).not.toBeInstanceOf(AppError);
    expect(error).toMatchObject({ cause: { code: 'SQLITE_UNKNOWN' } });
  });

  test('a batch that only reads takes no lock', async () => {
    const [first] = await db().batch([db().all('select 1 as one'), puzzles()]);
    expect(first).toEqual([{ one: 1 }]);
    const disguised = db().all("select id from puzzle; insert into puzzle values ('a')");
    expect(await errorOf(db().batch([disguised]))).not.toBeNull();
    expect(await puzzles()).toEqual([]);
  });

  test('three hundred batches at once, more than sqld takes, are three hundred rows', async () => {
    await Promise.all(
      Array.from({ length: 300 }, (_, index) => commit(db(), [puzzle(`p${index}`), puzzles()])),
    );
    expect(await puzzles()).toHaveLength(300);
  });
});
