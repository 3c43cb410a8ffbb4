import * as schema from '@shiming/db';
import {
  faceFrameKnownMs,
  retention,
  type RetentionKind,
  retentionKinds,
  retentionWords,
} from '@shiming/domain';
import { eq, getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recoveryValidMs } from '../recovery/begun.ts';
import { registrationValidMs } from '../registration/draft.ts';
import { drawPuzzle } from '../puzzle/puzzle.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { clearExpired } from './clear-expired.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const minute = 60_000;
const day = 24 * 60 * minute;

const tables = Object.values(schema).filter((each) => is(each, SQLiteTable));
const receipts = () => world.ctx().db.select().from(schema.retentionReceiptTable);

test('X-08: every table of the database stands in the retention table, once, and no other does', () => {
  const listed = retentionKinds.flatMap((kind): readonly string[] => retention[kind].tables);
  expect(listed.toSorted()).toEqual(
    tables
      .map(getTableName)
      // The check of the first refuses every row; the others have nothing of anybody's.
      .filter((name) => !['refusal', 'channel_stop', 'network_credential'].includes(name))
      .toSorted(),
  );
});

test('X-08: what the table says of registrations and recoveries is how long they are good', () => {
  expect(retentionWords.registration.since.zh).toContain(
    `${registrationValidMs / (60 * minute)} 小时`,
  );
  expect(retentionWords.recovery.since.zh).toContain(`${recoveryValidMs / minute} 分钟`);
  // Where a portal has codes that are valid for longer, neither ends before them.
  for (const { since } of [retentionWords.registration, retentionWords.recovery]) {
    expect(since.zh).toContain('验证码');
  }
});

/** A row with this instant in every column of time, and something in every other. */
function rowAt(table: SQLiteTable, atMs: number) {
  const values = Object.entries(getTableColumns(table)).map(([name, column]) => {
    if (/atMs$/i.test(name)) return [name, atMs];
    if (column.dataType === 'number') return [name, 1];
    if (column.dataType === 'boolean') return [name, false];
    return [name, column.dataType === 'json' ? {} : 'x'];
  });
  return Object.fromEntries(values);
}

const timed = retentionKinds.filter(
  (kind) =>
    retention[kind].keep !== 'account' &&
    !['audit', 'photo', 'retention_receipt', 'ticket'].includes(kind),
);

test.for(timed)(
  'X-08: the job deletes %s when its time is over, not a millisecond before, and says so',
  async (kind) => {
    const { tables: names, keep } = retention[kind];
    if (keep === 'account') throw new Error('it has no time of its own');
    const { db } = world.ctx();
    const startMs = world.nowMs();
    await db.run('pragma foreign_keys = off');
    const held = tables.filter((table) =>
      (names as readonly string[]).includes(getTableName(table)),
    );
    for (const table of held) await db.insert(table).values(rowAt(table, startMs));
    const left = async () => {
      let rows = 0;
      for (const table of held) rows += await db.$count(table);
      return rows;
    };
    world.advance(keep.ms);
    await clearExpired(world.ctx());
    expect(await left()).toBe(held.length);
    expect(await receipts()).toEqual([]);
    world.advance(1);
    await clearExpired(world.ctx());
    expect(await left()).toBe(0);
    expect(await receipts()).toMatchObject([
      { kind, rows: held.length, beforeMs: startMs + 1, atMs: startMs + keep.ms + 1 },
    ]);
  },
);

test('X-08: a day’s deletions of a kind make one receipt, and what two runs at once delete is counted once', async () => {
  const draw = () => drawPuzzle(world.ctx(), { purpose: 'login' });
  await Promise.all([draw(), draw(), draw()]);
  world.advance(10 * minute);
  await Promise.all(Array.from({ length: 6 }, () => clearExpired(world.ctx())));
  await draw();
  world.advance(10 * minute);
  await clearExpired(world.ctx());
  expect((await receipts()).map(({ kind, rows }) => [kind, rows])).toEqual([['puzzle', 4]]);
  await draw();
  world.advance(day);
  await clearExpired(world.ctx());
  const rows = (await receipts()).filter(({ kind }) => kind === 'puzzle').map((each) => each.rows);
  expect(rows.toSorted((a, b) => a - b)).toEqual([1, 4]);
});

test('X-08: a receipt is kept for its three years, and its own deletion makes one more', async () => {
  const { db } = world.ctx();
  const kind: RetentionKind = 'puzzle';
  const row = { id: 'old', atMs: world.nowMs(), kind, beforeMs: 0, rows: 7 };
  await db.insert(schema.retentionReceiptTable).values(row);
  world.advance(retention.retention_receipt.keep.ms);
  await clearExpired(world.ctx());
  expect(await receipts()).toHaveLength(1);
  world.advance(1);
  await clearExpired(world.ctx());
  expect((await receipts()).map((each) => each.kind)).toEqual(['retention_receipt']);
});

test('X-08: a message that was sent goes a day later, however long it would have been good', async () => {
  const { db } = world.ctx();
  const nowMs = world.nowMs();
  const row = { ...rowAt(schema.outboxTable, nowMs), channel: 'mail' as const, dueAtMs: nowMs };
  const values = (['sent', 'failed', 'unclear', 'waiting', 'taken', 'handing_over'] as const).map(
    (status) => ({
      ...row,
      id: status,
      messageSealed: 'x',
      keyId: 'v1',
      createdAtMs: nowMs,
      expiresAtMs: nowMs + 7 * day,
      status,
    }),
  );
  await db.insert(schema.outboxTable).values(values);
  world.advance(day);
  await clearExpired(world.ctx());
  expect(await db.$count(schema.outboxTable)).toBe(6);
  world.advance(1);
  await clearExpired(world.ctx());
  const left = await db.select({ status: schema.outboxTable.status }).from(schema.outboxTable);
  expect(left.map(({ status }) => status).toSorted()).toEqual(['handing_over', 'taken', 'waiting']);
  expect(await db.$count(schema.outboxTable, eq(schema.outboxTable.status, 'waiting'))).toBe(1);
});

test('X-08: the checks of a registration that nobody finishes go with it, and those of an account stay', async () => {
  const { db } = world.ctx();
  const nowMs = world.nowMs();
  await db.run('pragma foreign_keys = off');
  const draft = rowAt(schema.registrationTable, nowMs);
  for (const id of ['left', 'live']) {
    const expiresAtMs = id === 'left' ? nowMs : nowMs + day;
    await db.insert(schema.registrationTable).values({ ...draft, id, expiresAtMs });
  }
  const checks = [schema.verificationTable, schema.faceCheckTable];
  for (const table of checks) {
    for (const accountId of ['left', 'live', 'an account']) {
      await db
        .insert(table)
        .values({ ...rowAt(table, nowMs), id: `check of ${accountId}`, accountId });
    }
  }
  world.advance(1);
  expect(await clearExpired(world.ctx())).toBe(1);
  for (const table of checks) {
    const left = await db.select({ of: table.accountId }).from(table);
    expect(left.map(({ of }) => of).toSorted()).toEqual(['an account', 'live']);
  }
  expect(await receipts()).toMatchObject([{ kind: 'registration', rows: 3 }]);
});

test('X-06a: digests of faces go after the time that people read before the camera, and other counts stay', async () => {
  const { db } = world.ctx();
  const row = { subject: 'x', atMs: world.nowMs(), isCounted: true };
  await db.insert(schema.allowanceTable).values([
    { ...row, id: 'frame', kind: 'face.frame' },
    { ...row, id: 'try', kind: 'face' },
  ]);
  expect(retentionWords.allowance.what.zh).toContain(`${faceFrameKnownMs / day} 天`);
  world.advance(faceFrameKnownMs);
  expect(await clearExpired(world.ctx())).toBe(0);
  world.advance(1);
  expect(await clearExpired(world.ctx())).toBe(1);
  const left = await db.select({ id: schema.allowanceTable.id }).from(schema.allowanceTable);
  expect(left).toEqual([{ id: 'try' }]);
  expect(await receipts()).toMatchObject([{ kind: 'allowance', rows: 1 }]);
});
