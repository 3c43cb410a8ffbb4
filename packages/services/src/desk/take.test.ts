import { auditTable, caseDecisionTable, caseTable } from '@shiming/db';
import { caseRule } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawReview } from '../review/withdraw.ts';
import { disableStaff } from '../staff/manage.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { fillQueue, waitingFor } from '../testing/reviews.ts';
import { staffNamed, staffOf, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { keepLease, releaseCase } from './lease.ts';
import { takeCase } from './take.ts';
import { peekNext, takeNext } from './take-next.ts';

let world: TestWorld;
let anna: TestStaff;
let bo: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer', { name: '安娜' });
  bo = await staffNamed(world, 'reviewer', { name: '柏青' });
});
afterEach(() => world.close());

const take = ({ ctx, staff }: TestStaff, caseId: string) => takeCase(ctx, staff, { caseId });
const next = ({ ctx, staff }: TestStaff) => takeNext(ctx, staff);
const peek = ({ ctx, staff }: TestStaff) => peekNext(ctx, staff);
const keep = ({ ctx, staff }: TestStaff, caseId: string) => keepLease(ctx, staff, { caseId });
const release = ({ ctx, staff }: TestStaff, caseId: string) => releaseCase(ctx, staff, { caseId });
const rowOf = async (id: string) => {
  const [row] = await world.ctx().db.select().from(caseTable).where(eq(caseTable.id, id));
  if (row === undefined) throw new Error('there is no such case');
  return row;
};
const auditOf = async (id: string) => {
  const rows = await world
    .ctx()
    .db.select()
    .from(auditTable)
    .where(eq(auditTable.accountId, `of-${id}`));
  return rows.map(({ actor, action }) => [action, actor]);
};
const by = ({ staff }: TestStaff) => `staff:${staff.member.id}`;

describe('T-CON-02: the next case', () => {
  test('is the one that is due first, of all stages of the role; a senior gets disagreements too', async () => {
    const nowMs = world.nowMs();
    const [late] = await fillQueue(world, 1, { dueAtMs: nowMs + 3_000 });
    const [second] = await fillQueue(world, 1, { dueAtMs: nowMs + 2_000, stage: 'second' });
    const [dispute] = await fillQueue(world, 1, { dueAtMs: nowMs + 1_000, stage: 'senior' });
    await fillQueue(world, 1, { dueAtMs: nowMs, status: 'returned' });
    const senior = await staffNamed(world, 'senior');
    expect(await next(senior)).toEqual({
      caseId: dispute,
      version: 2,
      leaseEndsAtMs: nowMs + caseRule.leaseMs,
    });
    expect((await next(anna))?.caseId).toBe(second);
    expect((await next(bo))?.caseId).toBe(late);
    expect(await next(anna)).toBeNull();
    expect(await rowOf(late ?? '')).toMatchObject({
      holderId: bo.staff.member.id,
      takenAtMs: nowMs,
      openedAtMs: nowMs,
      version: 2,
    });
    expect(await auditOf(late ?? '')).toEqual([['desk.taken', by(bo)]]);
  });

  test('twenty reviewers at once: no case twice, none lost', async () => {
    const ids = await fillQueue(world, 15);
    const people = await Promise.all(
      Array.from({ length: 20 }, () => staffNamed(world, 'reviewer')),
    );
    const { done, refused } = await atOnce(20, (at) => next(people[at] ?? anna));
    expect(refused).toEqual([]);
    const taken = done.flatMap((lease) => (lease === null ? [] : [lease.caseId]));
    expect(taken.toSorted()).toEqual(ids.toSorted());
    expect(done.filter((lease) => lease === null)).toHaveLength(5);
  });

  test('forty at once by one reviewer: three are on the screen, and one is reserved', async () => {
    await fillQueue(world, 40);
    const { done, refused } = await atOnce<unknown>(40, (at) =>
      at % 2 === 0 ? next(anna) : peek(anna),
    );
    expect(codesOf(refused)).toEqual({ 'desk.too_many': 20 - caseRule.heldAtMost });
    expect(done).toHaveLength(20 + caseRule.heldAtMost);
    const rows = await world.ctx().db.select().from(caseTable);
    const held = rows.filter(({ holderId }) => holderId === anna.staff.member.id);
    expect(held.filter(({ takenAtMs }) => takenAtMs !== null)).toHaveLength(caseRule.heldAtMost);
    expect(held.filter(({ takenAtMs }) => takenAtMs === null).length).toBeLessThanOrEqual(1);
    expect(rows.filter(({ openedAtMs }) => openedAtMs !== null)).toHaveLength(caseRule.heldAtMost);
    // What is left of it is free for others; laid back, one is taken again.
    const one = held.find(({ takenAtMs }) => takenAtMs !== null);
    await release(anna, one?.id ?? '');
    expect(await next(anna)).not.toBeNull();
  });

  test('is never one’s own, whichever way one asks for it', async () => {
    const { caseId } = await waitingFor(world);
    const { number } = citizenNamed('周子涵');
    const own = await staffNamed(world, 'senior', { number });
    expect(await next(own)).toBeNull();
    expect(await peek(own)).toBeNull();
    expect(await refusalOf(take(own, caseId))).toEqual({ code: 'desk.own_case' });
    expect((await next(anna))?.caseId).toBe(caseId);
  });

  test('a lease that is over is taken by the next; its old holder has nothing any more', async () => {
    const [id = ''] = await fillQueue(world, 1);
    await next(anna);
    world.advance(caseRule.leaseMs - 1);
    expect(await next(bo)).toBeNull();
    world.advance(1);
    expect((await next(bo))?.caseId).toBe(id);
    expect(await refusalOf(keep(anna, id))).toEqual({ code: 'desk.not_holder' });
    expect(await refusalOf(release(anna, id))).toEqual({ code: 'desk.not_holder' });
    expect((await rowOf(id)).holderId).toBe(bo.staff.member.id);
  });

  test('an administrator and an auditor get none, and neither does whoever was disabled meanwhile', async () => {
    const [id = ''] = await fillQueue(world, 1);
    for (const role of ['administrator', 'auditor'] as const) {
      const other = await staffNamed(world, role);
      expect(await refusalOf(take(other, id))).toEqual({ code: 'staff.forbidden' });
    }
    const admin = await staffNamed(world, 'administrator');
    await disableStaff(admin.ctx, admin.staff, { staffId: anna.staff.member.id });
    expect(await refusalOf(next(anna))).toEqual({ code: 'staff.forbidden' });
    expect(await refusalOf(take(anna, id))).toEqual({ code: 'staff.forbidden' });
    expect((await rowOf(id)).holderId).toBeNull();
  });

  test('of whoever is disabled the cases are free again', async () => {
    const [id] = await fillQueue(world, 1);
    await next(anna);
    const admin = await staffNamed(world, 'administrator');
    await disableStaff(admin.ctx, admin.staff, { staffId: anna.staff.member.id });
    expect((await next(bo))?.caseId).toBe(id);
  });
});

/** Cases of the second stage, which one person has decided in the first. */
async function decidedBy({ staff }: TestStaff, count: number, dueAtMs: number) {
  const ids = await fillQueue(world, count, { stage: 'second', dueAtMs });
  const { db, crypto } = world.ctx();
  await db.insert(caseDecisionTable).values(
    ids.map((caseId) => ({
      id: crypto.randomToken(12),
      caseId,
      round: 1,
      stage: 'first' as const,
      reviewerId: staff.member.id,
      outcome: 'approve' as const,
      caseVersion: 1,
      takenAtMs: 1,
      decidedAtMs: 1,
    })),
  );
  return ids;
}

describe('T-CON-02: cases that wait for a second person', () => {
  test('are passed by for whoever decided them, however many they are, and none of another is lost', async () => {
    const nowMs = world.nowMs();
    const own = await decidedBy(anna, 70, nowMs);
    const [fresh] = await fillQueue(world, 1, { dueAtMs: nowMs + 2_000 });
    const [of] = await decidedBy(bo, 1, nowMs + 1_000);
    // What is near the top of its stage comes first; behind so many of one's own the rest comes when nothing else is left.
    expect((await next(anna))?.caseId).toBe(fresh);
    expect(await peek(anna)).toEqual({ caseId: of });
    expect((await next(anna))?.caseId).toBe(of);
    expect(await next(anna)).toBeNull();
    expect((await next(bo))?.caseId).toBe(own[0]);
  });

  test('a few of one’s own do not change the order: the one that is due first comes first', async () => {
    const nowMs = world.nowMs();
    await decidedBy(anna, 40, nowMs);
    await fillQueue(world, 1, { dueAtMs: nowMs + 2_000 });
    const [of] = await decidedBy(bo, 1, nowMs + 1_000);
    expect((await next(anna))?.caseId).toBe(of);
  });
});

describe('T-CON-03: the case after that, loaded ahead', () => {
  test('is kept for whoever asked, and comes next although others are due before it', async () => {
    const [ahead = ''] = await fillQueue(world, 1);
    expect(await peek(anna)).toEqual({ caseId: ahead });
    await fillQueue(world, 1, { dueAtMs: world.nowMs() });
    world.advance(60_000);
    expect(await peek(anna)).toEqual({ caseId: ahead });
    expect(await rowOf(ahead)).toMatchObject({
      holderId: anna.staff.member.id,
      leaseEndsAtMs: world.nowMs() + caseRule.leaseMs,
      takenAtMs: null,
      openedAtMs: null,
      version: 2,
    });
    expect(await refusalOf(take(bo, ahead))).toMatchObject({ code: 'desk.held', byName: '安娜' });
    expect(await next(anna)).toMatchObject({ caseId: ahead, version: 3 });
    expect(await rowOf(ahead)).toMatchObject({ takenAtMs: world.nowMs() });
    expect(await auditOf(ahead)).toEqual([
      ['desk.reserved', by(anna)],
      ['desk.taken', by(anna)],
    ]);
  });

  test('of two who ask at once each gets another one; the rest get nothing', async () => {
    await fillQueue(world, 2);
    const cyd = await staffNamed(world, 'reviewer');
    const { done } = await atOnce(3, (at) => peek([anna, bo, cyd][at] ?? anna));
    const kept = done.flatMap((each) => (each === null ? [] : [each.caseId]));
    expect([kept.length, new Set(kept).size]).toEqual([2, 2]);
  });

  test('does not stand in the way of withdrawing: nobody has opened it', async () => {
    const { ctx, signedIn, caseId } = await waitingFor(world);
    expect(await peek(anna)).toEqual({ caseId });
    await withdrawReview(ctx, signedIn);
    expect(await next(anna)).toBeNull();
    expect(await refusalOf(take(anna, caseId))).toEqual({ code: 'desk.closed' });
  });
});

describe('T-CON-02: a case that was chosen', () => {
  test('of ten who take it at once one has it, and the others are told who', async () => {
    const [id = ''] = await fillQueue(world, 1);
    const people = await Promise.all(
      Array.from({ length: 10 }, () => staffNamed(world, 'reviewer', { name: '丁一' })),
    );
    const { done, refused } = await atOnce(10, (at) => take(people[at] ?? anna, id));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'desk.held': 9 });
    expect(refused[0]).toEqual({
      code: 'desk.held',
      byName: '丁一',
      untilMs: world.nowMs() + caseRule.leaseMs,
    });
  });

  test('signs of life keep it, ten minutes each, and leave the version as it is', async () => {
    const [id = ''] = await fillQueue(world, 1);
    const { version } = await take(anna, id);
    for (let minute = 0; minute < 30; minute += 1) {
      world.advance(60_000);
      expect(await keep(anna, id)).toEqual({ leaseEndsAtMs: world.nowMs() + caseRule.leaseMs });
    }
    expect(await rowOf(id)).toMatchObject({ version, takenAtMs: world.nowMs() - 30 * 60_000 });
    expect(await refusalOf(keep(bo, id))).toEqual({ code: 'desk.not_holder' });
  });

  test('laid back it is free at once, and its holder can take it again', async () => {
    const [id = ''] = await fillQueue(world, 1);
    await take(anna, id);
    expect(await refusalOf(release(bo, id))).toEqual({ code: 'desk.not_holder' });
    await release(anna, id);
    expect(await rowOf(id)).toMatchObject({ holderId: null, leaseEndsAtMs: null, takenAtMs: null });
    expect(await refusalOf(release(anna, id))).toEqual({ code: 'desk.not_holder' });
    await take(bo, id);
    expect(await auditOf(id)).toEqual([
      ['desk.taken', by(anna)],
      ['desk.released', by(anna)],
      ['desk.taken', by(bo)],
    ]);
  });

  test('there is no such case, or it has ended, or it is a draft', async () => {
    expect(await refusalOf(take(anna, 'nothing'))).toEqual({ code: 'request.not_found' });
    const [ended = ''] = await fillQueue(world, 1, { status: 'approved' });
    expect(await refusalOf(take(anna, ended))).toEqual({ code: 'desk.closed' });
    const [draft = ''] = await fillQueue(world, 1, { status: 'draft' });
    expect(await refusalOf(take(anna, draft))).toEqual({ code: 'request.not_found' });
    const [dispute = ''] = await fillQueue(world, 1, { stage: 'senior' });
    expect(await refusalOf(take(anna, dispute))).toEqual({ code: 'staff.forbidden' });
  });
});

test('without a database it is service.unavailable', async () => {
  const [id = ''] = await fillQueue(world, 1);
  const down = { ...(await staffOf(world, anna.sessionToken)), ctx: withoutDatabase(anna.ctx) };
  for (const work of [next, peek]) {
    expect(await refusalOf(work(down))).toEqual({ code: 'service.unavailable' });
  }
  for (const work of [take, keep, release]) {
    expect(await refusalOf(work(down, id))).toEqual({ code: 'service.unavailable' });
  }
  expect(
    await world.ctx().db.$count(caseTable, and(eq(caseTable.id, id), eq(caseTable.version, 1))),
  ).toBe(1);
});
