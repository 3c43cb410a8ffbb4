import { caseDecisionTable, caseReasonTable, caseTable, commit } from '@shiming/db';
import { caseAfter, type CaseStatus } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { fillQueue } from '../testing/reviews.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  guardNoOpenReview,
  guardProfileFree,
  isOverdue,
  isReview,
  moveCase,
  stateOf,
} from './state.ts';

let world: TestWorld;
let mine: string;
let other: string;
beforeEach(async () => {
  world = await createTestWorld();
  [mine = '', other = ''] = await fillQueue(world, 2);
});
afterEach(() => world.close());

async function rowOf(id: string) {
  const [row] = await world.ctx().db.select().from(caseTable).where(eq(caseTable.id, id));
  if (row === undefined) throw new Error('the case is gone');
  return row;
}

const taken = (row: Awaited<ReturnType<typeof rowOf>>, by: string) => {
  const after = caseAfter(stateOf(row), {
    type: 'take',
    by: { id: by, role: 'reviewer' },
    atMs: world.nowMs(),
  });
  if (typeof after === 'string') throw new Error(`not taken: ${after}`);
  return after;
};

test('of many who move a case at once one does, and no other case moves', async () => {
  const [row, before] = [await rowOf(mine), await rowOf(other)];
  const { done, refused } = await atOnce(5, (at) => {
    const ctx = world.ctx();
    return commit(ctx.db, [...moveCase(ctx, row, taken(row, `reviewer-${at}`))]);
  });
  expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 4 }]);
  expect(await rowOf(mine)).toMatchObject({ version: row.version + 1, takenAtMs: world.nowMs() });
  expect(await rowOf(other)).toEqual(before);
  // Nor does the version of another case let it through.
  const ctx = world.ctx();
  const stale = commit(ctx.db, [...moveCase(ctx, row, taken(row, 'reviewer-9'))]);
  expect(await refusalOf(stale)).toEqual({ code: 'request.stale' });
});

test('decisions of the present round count, and those of earlier ones are told apart', async () => {
  const row = { ...(await rowOf(mine)), round: 2 };
  const decided = [1, 2, 3].map((round) => ({
    round,
    stage: 'first' as const,
    reviewerId: `reviewer-${round}`,
    outcome: 'return' as const,
  }));
  const { decisions, earlier } = stateOf(row, decided);
  expect([decisions, earlier]).toEqual([[decided[1]], [decided[0]]]);
});

test('what waits is overdue from the instant at which it is due', async () => {
  const row = { ...(await rowOf(mine)), dueAtMs: 1000 };
  expect([isOverdue(row, 999), isOverdue(row, 1000), isOverdue(row, 1001)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(isOverdue({ ...row, status: 'deciding' }, 1000)).toBe(false);
  expect(isOverdue({ ...row, dueAtMs: null }, 1000)).toBe(false);
});

/** Whether the account of a case may be changed: its profile, and everything else. */
async function isFree(id = mine) {
  const ctx = world.ctx();
  const passes = async (guard: ReturnType<typeof guardNoOpenReview>) => {
    const { done, refused } = await atOnce(1, () => commit(ctx.db, [guard]));
    expect(codesOf(refused)).toEqual(done.length === 1 ? {} : { 'review.open': 1 });
    return done.length === 1;
  };
  return {
    profile: await passes(guardProfileFree(ctx, `of-${id}`)),
    rest: await passes(guardNoOpenReview(ctx, `of-${id}`)),
  };
}

const set = (change: Partial<typeof caseTable.$inferInsert>, id = mine) =>
  world.ctx().db.update(caseTable).set(change).where(eq(caseTable.id, id));

test('T-REV-04: nothing of an account changes while a review of its own is open', async () => {
  const free = { profile: true, rest: true };
  const held = { profile: false, rest: false };
  expect(await isFree('nobody')).toEqual(free);
  for (const [status, expected] of Object.entries({
    draft: free,
    waiting: held,
    deciding: held,
    returned: held,
    approved: free,
    rejected: free,
  })) {
    await set({ status: status as CaseStatus });
    expect([status, await isFree()]).toEqual([status, expected]);
  }
  // A ticket holds nothing up, and neither does what waits of somebody else.
  await set({ status: 'waiting', kind: 'ticket' });
  expect(await isFree()).toEqual(free);
  const { db } = world.ctx();
  expect(await db.$count(caseTable, isReview)).toBe(1);
});

test('T-CON-04a: the profile can be changed where the standing decision of this round sent it back', async () => {
  const { db } = world.ctx();
  for (const id of [mine, other]) {
    await db.insert(caseDecisionTable).values({
      id: `decision-${id}`,
      caseId: id,
      round: 1,
      stage: 'first',
      reviewerId: 'somebody',
      outcome: 'return',
      caseVersion: 1,
      takenAtMs: 0,
      decidedAtMs: 0,
    });
    await db.insert(caseReasonTable).values({
      id: `reason-${id}`,
      decisionId: `decision-${id}`,
      code: 'ethnicity_mismatch',
      item: 'profile',
      place: 0,
      atMs: 0,
      keyId: 'v1',
    });
    await set({ status: 'returned' }, id);
  }
  const isProfileFree = async () => (await isFree()).profile;
  expect(await isFree()).toEqual({ profile: true, rest: false });
  const decision = eq(caseDecisionTable.id, `decision-${mine}`);
  for (const [change, back] of [
    [{ round: 2 }, { round: 1 }],
    [{ outcome: 'reject' }, { outcome: 'return' }],
    [{ undoneAtMs: 1 }, { undoneAtMs: null }],
  ] as const) {
    await db.update(caseDecisionTable).set(change).where(decision);
    expect([change, await isProfileFree()]).toEqual([change, false]);
    await db.update(caseDecisionTable).set(back).where(decision);
  }
  const reason = eq(caseReasonTable.id, `reason-${mine}`);
  await db.update(caseReasonTable).set({ item: 'a' }).where(reason);
  expect(await isProfileFree()).toBe(false);
  await db.update(caseReasonTable).set({ item: 'profile' }).where(reason);
  // Answered, it waits again.
  await set({ status: 'waiting' });
  expect(await isProfileFree()).toBe(false);
});
