import { AppError } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  accountTable,
  identifierTable,
  auditBlockTable,
  consentTable,
  puzzleTable,
  refusalTable,
} from './schema/index.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';
import {
  commit,
  type Database,
  guard,
  hasWritten,
  isUniqueViolation,
  newMeter,
} from './unit-of-work.ts';

let database: TestDatabase;
let db: Database;
beforeEach(async () => {
  database = await createTestDatabase();
  db = database.connect();
});
afterEach(() => database.remove());

const refusal = { code: 'request.stale' } as const;
const other = { code: 'puzzle.ticket_refused' } as const;
const puzzle = (id: string) =>
  db
    .insert(puzzleTable)
    .values({ id, purpose: 'login', deviceId: 'd', x: 0, width: 320, expiresAtMs: 1 });
const block = (hash: string) =>
  db.insert(auditBlockTable).values({ block: 1, sealedAtMs: 0, rows: 0, hash });
const puzzles = () => db.$count(puzzleTable);
const isTrue = sql`1 = 1`;
const isFalse = sql`1 = 2`;

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('a guard', () => {
  test('that holds lets the whole batch through and leaves no row of its own', async () => {
    await commit(db, [
      guard(db, isTrue, refusal),
      puzzle('a'),
      guard(db, isTrue, other),
      puzzle('b'),
    ]);
    expect(await puzzles()).toBe(2);
    expect(await db.$count(refusalTable)).toBe(0);
  });

  test('whose condition is null refuses, as one that does not hold', async () => {
    const nobody = sql`(select id from puzzle where id = 'nobody') in ('a')`;
    const error = await errorOf(commit(db, [guard(db, nobody, refusal), puzzle('a')]));
    expect([(error as AppError).data, await puzzles()]).toEqual([refusal, 0]);
  });

  test.for([0, 1, 2])(
    'takes back the whole batch, also what stood before it (place %i)',
    async (at) => {
      const batch = [puzzle('a'), puzzle('b')] as const;
      const refusing = guard(db, isFalse, refusal);
      const [first, second] = batch;
      const batches = [
        [refusing, first, second],
        [first, refusing, second],
        [first, second, refusing],
      ] as const;
      const chosen = batches[at] ?? batches[0];
      const error = await errorOf(commit(db, chosen));
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).data).toEqual(refusal);
      expect(await puzzles()).toBe(0);
    },
  );

  test('speaks for itself: of several, the refusal of the first that does not hold is told', async () => {
    const guards = [
      guard(db, isTrue, refusal),
      guard(db, isFalse, other),
      guard(db, isFalse, refusal),
    ];
    const error = await errorOf(commit(db, [puzzle('a'), ...guards]));
    expect((error as AppError).data).toEqual(other);
  });

  test('sees what the statements before it in its batch have done', async () => {
    const one = sql`(select count(*) from ${puzzleTable}) = 1`;
    await commit(db, [puzzle('a'), guard(db, one, refusal)]);
    const error = await errorOf(commit(db, [puzzle('b'), guard(db, one, refusal)]));
    expect((error as AppError).data).toEqual(refusal);
    expect(await puzzles()).toBe(1);
  });

  test('whose condition is unknown (null) refuses nothing by mistake: it must say yes', async () => {
    const unknown = sql`exists (select 1 from ${puzzleTable} where ${puzzleTable.x} > null)`;
    const error = await errorOf(commit(db, [guard(db, unknown, refusal), puzzle('a')]));
    expect((error as AppError).data).toEqual(refusal);
  });

  test('tells whether the write just before it has met a row', async () => {
    await commit(db, [puzzle('a')]);
    const widen = (id: string) =>
      db.update(puzzleTable).set({ width: 480 }).where(eq(puzzleTable.id, id));
    await commit(db, [widen('a'), guard(db, hasWritten, refusal)]);
    const error = await errorOf(commit(db, [widen('nobody'), guard(db, hasWritten, refusal)]));
    expect((error as AppError).data).toEqual(refusal);
  });

  test('of many at once that let one through, one gets through', async () => {
    const none = sql`not exists (select 1 from ${puzzleTable})`;
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => {
        const own = database.connect();
        return commit(own, [
          guard(own, none, refusal),
          own.insert(puzzleTable).values({
            id: String(index),
            purpose: 'login',
            deviceId: 'd',
            x: 0,
            width: 320,
            expiresAtMs: 1,
          }),
        ]);
      }),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await puzzles()).toBe(1);
  });
});

describe('an error that no guard has raised', () => {
  test('is not taken for a refusal when it is the guard’s own SQL that is broken', async () => {
    const broken = sql`exists (select 1 from no_such_table)`;
    const error = await errorOf(commit(db, [puzzle('a'), guard(db, broken, refusal)]));
    expect(error).not.toBeInstanceOf(AppError);
    expect(String((error as Error).cause)).toContain('no_such_table');
    const nameless = sql`no_such_column = 1`;
    expect(await errorOf(commit(db, [guard(db, nameless, refusal)]))).not.toBeInstanceOf(AppError);
    expect(await puzzles()).toBe(0);
  });

  test('is not taken for a refusal when a check of another table has failed beside the guard', async () => {
    const bare = db.run(sql`insert into refusal (code) values ('not.a.guard')`);
    const error = await errorOf(commit(db, [guard(db, isTrue, refusal), bare]));
    expect(error).not.toBeInstanceOf(AppError);
    expect(String((error as Error).cause)).toContain('CHECK constraint failed');
  });

  test.for([new TypeError('not a value'), 'a text', null, { cause: { message: 'no code' } }])(
    'without a code, it comes out as it is: %o',
    async (thrown) => {
      const broken: Database = Object.create(db, {
        batch: { value: () => Promise.reject(thrown) },
      });
      const caught = await commit(broken, [guard(db, isTrue, refusal)]).catch((e: unknown) => e);
      expect(caught).toBe(thrown);
      expect(isUniqueViolation(thrown, 'puzzle.id')).toBe(false);
    },
  );

  test('is not taken for a refusal, though a guard stands in the batch', async () => {
    await commit(db, [puzzle('a')]);
    const error = await errorOf(commit(db, [guard(db, isTrue, refusal), puzzle('b'), puzzle('a')]));
    expect(error).not.toBeInstanceOf(AppError);
    expect(isUniqueViolation(error, 'puzzle.id')).toBe(true);
    expect(await puzzles()).toBe(1);
  });

  test('a value that must be unique is recognised by its column, in a batch and alone', async () => {
    await commit(db, [block('a')]);
    for (const work of [commit(db, [puzzle('a'), block('b')]), block('b')]) {
      const error = await errorOf(Promise.resolve(work));
      expect(isUniqueViolation(error, 'audit_block.block')).toBe(true);
      expect(isUniqueViolation(error, 'audit_block.hash')).toBe(false);
      expect(isUniqueViolation(error, 'identifier.kind, identifier.index')).toBe(false);
    }
    expect(isUniqueViolation(new Error('UNIQUE constraint failed: puzzle.id'), 'puzzle.id')).toBe(
      false,
    );
    expect(isUniqueViolation(null, 'puzzle.id')).toBe(false);
    const codeless = { code: 19, message: 'UNIQUE constraint failed: puzzle.id' };
    expect(isUniqueViolation(codeless, 'puzzle.id')).toBe(false);
  });

  test('T-REG-16: what opens an account is unique, a contact is not, a consent needs its account', async () => {
    const account = (id: string) =>
      db.insert(accountTable).values({
        id,
        portal: 'teacher',
        createdAtMs: 0,
        keyId: 'v1',
      });
    const identifier = (accountId: string, kind: 'document_number' | 'mobile') =>
      db.insert(identifierTable).values({
        id: `${accountId}.${kind}`,
        accountId,
        kind,
        index: 'i1.x',
        sealed: '',
        signsIn: kind === 'document_number',
        keyId: 'v1',
      });
    await commit(db, [account('a'), identifier('a', 'document_number'), identifier('a', 'mobile')]);
    // A family shares a telephone.
    await commit(db, [account('b'), identifier('b', 'mobile')]);
    const error = await errorOf(commit(db, [identifier('b', 'document_number')]));
    expect(isUniqueViolation(error, 'identifier.kind, identifier.index')).toBe(true);
    const orphan = db.insert(consentTable).values({
      id: 'c',
      accountId: 'nobody',
      kind: 'agreement',
      portal: 'teacher',
      purpose: 'use_account',
      receiver: 'operator',
      version: '1',
      givenAtMs: 0,
    });
    await expect(commit(db, [orphan])).rejects.toThrow(/FOREIGN KEY/);
  });
});

test('answers come in the order of the statements, and a batch is one round trip', async () => {
  const meter = newMeter();
  expect(meter).toEqual({ roundTrips: 0, rowsRead: 0 });
  const counted = database.connect(meter);
  const [, ids, count] = await commit(counted, [
    puzzle('a'),
    counted.select({ id: puzzleTable.id }).from(puzzleTable),
    counted.select({ n: sql<number>`count(*)` }).from(puzzleTable),
  ]);
  expect([ids, count]).toEqual([[{ id: 'a' }], [{ n: 1 }]]);
  expect(meter.roundTrips).toBe(1);
  await counted.select().from(puzzleTable);
  expect(meter.roundTrips).toBe(2);
});
