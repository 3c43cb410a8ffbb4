import { auditBlockTable, auditTable, commit, retentionReceiptTable } from '@shiming/db';
import { and, asc, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webCrypto } from '@shiming/providers/crypto';
import type { Keys } from '../context.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { clearAudit, sealAudit, verifyAudit } from './chain.ts';
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
    record(ctx, 'login.signed_in', 'account-1', { index }),
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
      clearedBlocks: 0,
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
    await commit(late.db, [record({ ...late, now: () => lateNowMs }, 'login.refused', null)]);
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
    ['action', { action: 'session.ended' }],
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
    const forger = {
      ...world.ctx(),
      keys: { ...world.keys, audit: [{ id: 'k1', key: new Uint8Array(32) }] as const },
    };
    const { db } = forger;
    await db.update(auditTable).set({ actor: 'nobody', block: null });
    await db.delete(auditBlockTable);
    await sealAudit(forger);
    expect(await verifyAudit(forger)).toMatchObject({ broken: null });
    expect(await check()).toMatchObject({ broken: { block: 1, why: 'altered' } });
  });
});

const clear = (beforeMs = world.nowMs()) => clearAudit(world.ctx(), beforeMs);
const rowsLeft = () => world.ctx().db.$count(auditTable);
/** Takes blocks away at the oldest end, as the job does, but without its key. */
async function cutOff(block: number, change: (hash: string) => string) {
  const { db } = world.ctx();
  await db.delete(auditTable).where(lte(auditTable.block, block));
  await db.delete(auditBlockTable).where(lt(auditBlockTable.block, block));
  const [last] = await db.select().from(auditBlockTable).where(eq(auditBlockTable.block, block));
  await db
    .update(auditBlockTable)
    .set({ rows: 0, hash: change(last?.hash ?? '') })
    .where(eq(auditBlockTable.block, block));
}

describe('X-08: the audit’s time is over block by block, and the rest of the chain still holds', () => {
  test('whole blocks go from the oldest end, with a receipt, and the check begins at the first kept', async () => {
    await threeBlocks();
    const { head } = await check();
    const [first, second] = await world.ctx().db.select().from(auditBlockTable);
    const sealedAtMs = first?.sealedAtMs ?? 0;
    // Its rows are a minute older than the block; in between nothing is over.
    expect(await clear(sealedAtMs)).toBe(0);
    expect(await clear(sealedAtMs + 1)).toBe(1);
    expect(await check()).toEqual({
      clearedBlocks: 1,
      blocks: 2,
      rows: 6,
      unsealed: 0,
      head,
      broken: null,
    });
    expect(await rowsLeft()).toBe(6);
    const receipts = () => world.ctx().db.select().from(retentionReceiptTable);
    expect(await receipts()).toMatchObject([
      { kind: 'audit', rows: 3, beforeMs: sealedAtMs + 1, atMs: world.nowMs() },
    ]);
    expect(await clear(sealedAtMs + 1)).toBe(0);
    expect(await clear((second?.sealedAtMs ?? 0) + 1)).toBe(1);
    expect(await check()).toMatchObject({
      clearedBlocks: 2,
      blocks: 1,
      rows: 3,
      head,
      broken: null,
    });
    expect(await receipts()).toMatchObject([{ kind: 'audit', rows: 6 }]);
  });

  test('all of it may go; what comes after is chained to what was', async () => {
    await threeBlocks();
    const { head } = await check();
    world.advance(1);
    expect(await clear()).toBe(3);
    expect(await check()).toMatchObject({
      clearedBlocks: 3,
      blocks: 0,
      rows: 0,
      head,
      broken: null,
    });
    await act(2);
    world.advance(60_000);
    expect(await seal()).toMatchObject({ block: 4, rows: 2 });
    expect(await check()).toMatchObject({ clearedBlocks: 3, blocks: 1, rows: 2, broken: null });
  });

  test('a block with one row whose time is not over stays whole', async () => {
    await act(2);
    world.advance(30_000);
    await act(1);
    const beforeMs = world.nowMs();
    world.advance(60_000);
    await seal();
    await world.ctx().db.update(auditBlockTable).set({ sealedAtMs: 0 });
    expect(await clear(beforeMs)).toBe(0);
    expect(await rowsLeft()).toBe(3);
    expect(await clear(beforeMs + 1)).toBe(1);
  });

  test('what is not sealed yet stays', async () => {
    await act(2);
    world.advance(60_000);
    expect(await clear()).toBe(0);
    expect(await rowsLeft()).toBe(2);
  });

  test('a block that does not hold stays as evidence, and so do those after it', async () => {
    await threeBlocks();
    const { id } = await rowOf(2);
    await world.ctx().db.update(auditTable).set({ atMs: 1 }).where(eq(auditTable.id, id));
    world.advance(1);
    expect(await clear()).toBe(1);
    expect(await clear()).toBe(0);
    expect(await rowsLeft()).toBe(6);
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('of jobs at once each block goes once', async () => {
    await threeBlocks();
    world.advance(1);
    await Promise.all(Array.from({ length: 6 }, () => clear()));
    expect(await check()).toMatchObject({ clearedBlocks: 3, broken: null });
    const [receipt] = await world.ctx().db.select().from(retentionReceiptTable);
    expect(receipt?.rows).toBe(9);
  });

  test.for([
    ['without a word', (hash: string) => hash],
    ['with an empty word', (hash: string) => `${hash}.`],
    ['with a made-up word', (hash: string) => `${hash}.${hash}`],
  ] as const)('who cuts the oldest end off %s is found out', async ([, change]) => {
    await threeBlocks();
    await cutOff(2, change);
    expect((await check()).broken).not.toBeNull();
  });

  test('the key’s word for one block is none for another', async () => {
    await threeBlocks();
    const [first] = await world.ctx().db.select().from(auditBlockTable);
    await clear((first?.sealedAtMs ?? 0) + 1);
    const [cleared] = await world.ctx().db.select().from(auditBlockTable);
    await cutOff(2, (hash) => `${hash}.${cleared?.hash.split('.').slice(1).join('.')}`);
    expect(await check()).toMatchObject({ broken: { block: 2, why: 'altered' } });
  });

  test('a row made to look as if it stood in a cleared block is found out', async () => {
    await threeBlocks();
    const row = await rowOf(1);
    world.advance(1);
    await clear();
    await world
      .ctx()
      .db.insert(auditTable)
      .values({ ...row, id: 'made up' });
    expect(await check()).toMatchObject({ broken: { block: 1, why: 'missing' } });
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
    await commit(ctx.db, [record(ctx, 'login.signed_in', null)]);
  }
  const { db } = world.ctx();
  const rows = await db
    .select({ actor: auditTable.actor, facts: auditTable.facts })
    .from(auditTable)
    .where(and(eq(auditTable.action, 'login.signed_in'), sql`${auditTable.requestId} <> ''`));
  expect(rows.map(({ actor }) => actor).toSorted()).toEqual([
    'anonymous',
    'applicant:a1',
    'system:retention',
  ]);
});

const checkWith = (keys: Keys) => verifyAudit(world.ctx({ keys }));
const sealWith = (keys: Keys) => sealAudit(world.ctx({ keys }));
const blocks = () =>
  world.ctx().db.select().from(auditBlockTable).orderBy(asc(auditBlockTable.block));
const db = () => world.ctx().db;
const isBlock = (block: number) => eq(auditBlockTable.block, block);

describe('T-CON-06: the key of the chain changes', () => {
  const next = { id: 'k2', key: webCrypto.randomBytes(32) };
  const both = (): Keys => ({ ...world.keys, audit: [next, ...world.keys.audit] });
  const onlyNext = (): Keys => ({ ...world.keys, audit: [next] });

  /** Three blocks under the first key, the one that hands over, and one under the next key. */
  async function handedOver() {
    await threeBlocks();
    await act(2);
    world.advance(60_000);
    return sealWith(both());
  }

  test('a block under both keys hands it over, once of many jobs at once, and the check passes over it', async () => {
    await threeBlocks();
    await act(2);
    world.advance(60_000);
    const jobs = await Promise.all(Array.from({ length: 8 }, () => sealWith(both())));
    expect(jobs.filter((sealed) => sealed !== null)).toMatchObject([{ block: 5, rows: 2 }]);
    expect(
      (await blocks()).map(({ keyId, rows, handOver }) => [keyId, rows, handOver !== null]),
    ).toEqual([
      ['k1', 3, false],
      ['k1', 3, false],
      ['k1', 3, false],
      ['k2', 0, true],
      ['k2', 2, false],
    ]);
    expect(await checkWith(both())).toMatchObject({ blocks: 5, rows: 11, broken: null });
    // Whoever still runs with the former key alone seals nothing, rather than beside the chain.
    await act(1);
    world.advance(60_000);
    await expect(seal()).rejects.toMatchObject({ logNote: 'audit: key k2 is not held' });
    expect(await sealWith(both())).toMatchObject({ block: 6 });
  });

  test('blocks of a former key are checked while it is listed, and need it no more once they are gone', async () => {
    await handedOver();
    expect((await checkWith(onlyNext())).broken).toEqual({ block: 1, why: 'key_missing' });
    const all = await blocks();
    expect(await clearAudit(world.ctx({ keys: both() }), (all[2]?.sealedAtMs ?? 0) + 1)).toBe(3);
    const kept = { clearedBlocks: 3, blocks: 2, rows: 2, broken: null };
    expect(await checkWith(onlyNext())).toMatchObject(kept);
    expect(await checkWith(both())).toMatchObject(kept);
  });

  test('the word that blocks were cleared goes over to the next key, and the former key’s counts no more', async () => {
    await threeBlocks();
    const [first] = await blocks();
    await clearAudit(world.ctx(), (first?.sealedAtMs ?? 0) + 1);
    const [former] = await blocks();
    await act(2);
    world.advance(60_000);
    await sealWith(both());
    expect(await checkWith(both())).toMatchObject({ clearedBlocks: 1, broken: null });
    await world
      .ctx()
      .db.update(auditBlockTable)
      .set({ hash: former?.hash ?? '' })
      .where(eq(auditBlockTable.block, 1));
    expect((await checkWith(both())).broken).toEqual({ block: 1, why: 'altered' });
  });

  test.each([
    [
      'a row before',
      1,
      async () => {
        const row = await rowOf(1);
        await db().update(auditTable).set({ facts: '{}' }).where(eq(auditTable.id, row.id));
      },
    ],
    [
      'the name of a key',
      2,
      () => db().update(auditBlockTable).set({ keyId: 'k2' }).where(isBlock(2)),
    ],
    [
      'the former key’s word',
      4,
      () =>
        db()
          .update(auditBlockTable)
          .set({ handOver: `k1.${'A'.repeat(43)}` })
          .where(isBlock(4)),
    ],
    [
      'the next key’s word',
      4,
      () =>
        db()
          .update(auditBlockTable)
          .set({ hash: 'A'.repeat(43) })
          .where(isBlock(4)),
    ],
    ['what it is', 4, () => db().update(auditBlockTable).set({ handOver: null }).where(isBlock(4))],
    ['whether it is there', 4, () => db().delete(auditBlockTable).where(isBlock(4))],
  ] as const)('who changes %s is found out at block %i', async (_what, block, change) => {
    await handedOver();
    await change();
    expect((await checkWith(both())).broken?.block).toBe(block);
  });

  test('with the former key alone, the blocks before cannot be sealed again unseen', async () => {
    await handedOver();
    // Somebody who came by the former key alters a row of the last block before, and seals that block again.
    const row = await rowOf(3);
    await db().update(auditTable).set({ facts: '{"index":7}' }).where(eq(auditTable.id, row.id));
    const kept = await blocks();
    await db().delete(auditBlockTable).where(gte(auditBlockTable.block, 3));
    await db().update(auditTable).set({ block: null }).where(gte(auditTable.block, 3));
    const later = await db()
      .select()
      .from(auditTable)
      .where(sql`block is null`);
    await db()
      .delete(auditTable)
      .where(sql`block is null and action = 'login.signed_in' and at_ms > ${row.atMs}`);
    await seal();
    await db().insert(auditBlockTable).values(kept.slice(3));
    await db()
      .insert(auditTable)
      .values(later.filter(({ atMs }) => atMs > row.atMs).map((each) => ({ ...each, block: 5 })));
    expect((await checkWith(both())).broken).toEqual({ block: 4, why: 'altered' });
  });
});
