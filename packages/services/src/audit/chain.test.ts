import { auditBlockTable, auditTable, commit } from '@shiming/db';
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { sealAudit, verifyAudit } from './chain.ts';
import { record } from './record.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

/** Records some actions in one request, as verbs do. */
async function act(count: number) {
  const ctx = world.ctx({ actor: { type: 'system', job: 'test' } });
  const [first, ...rest] = Array.from({ length: count }, (_, index) =>
    record(ctx, 'test.acted', 'account-1', { index }),
  );
  if (first !== undefined) await commit(ctx.db, [first, ...rest]);
}
const seal = () => sealAudit(world.ctx());
const check = () => verifyAudit(world.ctx());

/** Three blocks of three rows each. */
async function threeBlocks() {
  for (let block = 0; block < 3; block += 1) {
    await act(3);
    world.advance(60_000);
    await seal();
  }
}
/** The second row of a block. */
async function rowOf(block: number) {
  const [, row] = await world
    .ctx()
    .db.select()
    .from(auditTable)
    .where(eq(auditTable.block, block))
    .orderBy(asc(auditTable.atMs), asc(auditTable.id));
  if (row === undefined) throw new Error('the block has no second row');
  return row;
}

describe('T-CON-06: the audit chain', () => {
  test('holds, and says how much it seals', async () => {
    await threeBlocks();
    await act(2);
    const report = await check();
    expect(report).toEqual({
      blocks: 3,
      rows: 9,
      unsealed: 2,
      head: expect.stringMatching(/^[\w-]{43}$/),
      broken: null,
    });
  });

  test('seals nothing twice and nothing when there is nothing', async () => {
    expect(await seal()).toBeNull();
    await act(3);
    world.advance(60_000);
    expect(await seal()).toMatchObject({ block: 1, rows: 3 });
    expect(await seal()).toBeNull();
    expect(await check()).toMatchObject({ blocks: 1, rows: 3, broken: null });
  });

  test('waits 5 s for writers that read the clock before it', async () => {
    await act(1);
    world.advance(5_000);
    expect(await seal()).toBeNull();
    world.advance(1);
    expect(await seal()).toMatchObject({ rows: 1 });
  });

  test('a row that comes even later is sealed by the next block', async () => {
    const late = world.ctx();
    const lateNowMs = world.nowMs();
    await act(1);
    world.advance(60_000);
    await seal();
    await commit(late.db, [record({ ...late, now: () => lateNowMs }, 'test.late', null)]);
    expect(await seal()).toMatchObject({ block: 2, rows: 1 });
    expect(await check()).toMatchObject({ blocks: 2, rows: 2, broken: null });
  });

  test('more than 500 rows take more than one block', async () => {
    await act(501);
    world.advance(60_000);
    expect(await seal()).toMatchObject({ block: 1, rows: 500 });
    expect(await seal()).toMatchObject({ block: 2, rows: 1 });
    expect(await check()).toMatchObject({ rows: 501, broken: null });
  });

  test('of jobs at once one seals each block, with people writing meanwhile', async () => {
    await act(3);
    world.advance(60_000);
    const [jobs] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, seal)),
      Promise.all(Array.from({ length: 20 }, () => act(1))),
    ]);
    expect(jobs.filter((sealed) => sealed !== null)).toHaveLength(1);
    world.advance(60_000);
    await Promise.all(Array.from({ length: 8 }, seal));
    expect(await check()).toMatchObject({ blocks: 2, rows: 23, unsealed: 0, broken: null });
  });
});

describe('T-CON-06: who changes what is sealed is found out, at the block', () => {
  const columns = [
    ['id', { id: 'another' }],
    ['atMs', { atMs: 1 }],
    ['actor', { actor: 'somebody else' }],
    ['action', { action: 'test.else' }],
    ['accountId', { accountId: null }],
    ['requestId', { requestId: 'another' }],
    ['facts', { facts: '{"index":7}' }],
  ] as const;

  test.for(columns)('altering %s', async ([, change]) => {
    await threeBlocks();
    const { id } = await rowOf(2);
    await world.ctx().db.update(auditTable).set(change).where(eq(auditTable.id, id));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' }, rows: 3 });
  });

  test('deleting a row', async () => {
    await threeBlocks();
    const { id } = await rowOf(2);
    await world.ctx().db.delete(auditTable).where(eq(auditTable.id, id));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('inserting a row, also where its number of rows is put right', async () => {
    await threeBlocks();
    const row = await rowOf(2);
    const { db } = world.ctx();
    await db.insert(auditTable).values({ ...row, id: 'made up' });
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
    await db.update(auditBlockTable).set({ rows: 4 }).where(eq(auditBlockTable.block, 2));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('moving a row to another block', async () => {
    await threeBlocks();
    const { id } = await rowOf(2);
    await world.ctx().db.update(auditTable).set({ block: 3 }).where(eq(auditTable.id, id));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('taking a row out of its block', async () => {
    await threeBlocks();
    const { id } = await rowOf(2);
    await world.ctx().db.update(auditTable).set({ block: null }).where(eq(auditTable.id, id));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('making a row look sealed that is in no block', async () => {
    await threeBlocks();
    const row = await rowOf(2);
    const { db } = world.ctx();
    await db.insert(auditTable).values({ ...row, id: 'made up', block: 0 });
    expect((await check()).broken).not.toBeNull();
  });

  test.for([
    [1, 'missing'],
    [2, 'missing'],
    [3, 'missing'],
  ] as const)('deleting block %i', async ([block, why]) => {
    await threeBlocks();
    await world.ctx().db.delete(auditBlockTable).where(eq(auditBlockTable.block, block));
    expect(await check()).toMatchObject({ broken: { block, why } });
  });

  test('deleting a block with its rows and closing the gap', async () => {
    await threeBlocks();
    const { db } = world.ctx();
    await db.delete(auditTable).where(eq(auditTable.block, 2));
    await db.delete(auditBlockTable).where(eq(auditBlockTable.block, 2));
    await db.update(auditTable).set({ block: 2 }).where(eq(auditTable.block, 3));
    await db.update(auditBlockTable).set({ block: 2 }).where(eq(auditBlockTable.block, 3));
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('putting an old block back onto a history that is another one', async () => {
    await threeBlocks();
    const { db } = world.ctx();
    const rows = await db.select().from(auditTable).where(eq(auditTable.block, 3));
    const blocks = await db.select().from(auditBlockTable).where(eq(auditBlockTable.block, 3));
    await db.delete(auditTable).where(gte(auditTable.block, 2));
    await db.delete(auditBlockTable).where(gte(auditBlockTable.block, 2));
    await act(3);
    world.advance(60_000);
    await seal();
    await db.insert(auditTable).values(rows);
    await db.insert(auditBlockTable).values(blocks);
    expect(await check()).toMatchObject({ rows: 6, broken: { block: 3, why: 'altered' } });
  });

  test('deleting the last block with its rows shows in the head, which the job’s log keeps elsewhere', async () => {
    await threeBlocks();
    const { head } = await check();
    const { db } = world.ctx();
    await db.delete(auditTable).where(eq(auditTable.block, 3));
    await db.delete(auditBlockTable).where(eq(auditBlockTable.block, 3));
    const report = await check();
    expect(report.head).not.toBe(head);
    expect(report.blocks).toBe(2);
  });

  test('recomputing the chain without the key', async () => {
    await threeBlocks();
    const forger = { ...world.ctx(), keys: { ...world.keys, audit: new Uint8Array(32) } };
    const { db } = forger;
    await db.update(auditTable).set({ actor: 'nobody', block: null });
    await db.delete(auditBlockTable);
    await sealAudit(forger);
    expect(await verifyAudit(forger)).toMatchObject({ broken: null });
    expect(await check()).toMatchObject({ broken: { block: 1, why: 'altered' } });
  });
});

test('who acted is recorded: nobody known, an applicant, a job', async () => {
  const actors = [
    { type: 'anonymous' },
    { type: 'applicant', accountId: 'a1', sessionId: 's1' },
    { type: 'system', job: 'retention' },
  ] as const;
  for (const actor of actors) {
    const ctx = world.ctx({ actor });
    await commit(ctx.db, [record(ctx, 'test.acted', null)]);
  }
  const { db } = world.ctx();
  const rows = await db
    .select({ actor: auditTable.actor, facts: auditTable.facts })
    .from(auditTable)
    .where(and(eq(auditTable.action, 'test.acted'), sql`${auditTable.requestId} <> ''`));
  expect(rows.map(({ actor }) => actor).toSorted()).toEqual([
    'anonymous',
    'applicant:a1',
    'system:retention',
  ]);
});
