import { auditTable, caseDecisionTable, caseTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { waitingFor } from '../testing/reviews.ts';
import { madeUpNumber, staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { assignCase } from './assign.ts';
import { viewCase } from './case.ts';
import { takeCase } from './take.ts';
import { takeNext } from './take-next.ts';

let world: TestWorld;
let anna: TestStaff;
let bo: TestStaff;
let senior: TestStaff;
let caseId: string;
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer');
  bo = await staffNamed(world, 'reviewer');
  senior = await staffNamed(world, 'senior');
  ({ caseId } = await waitingFor(world));
  // Two disagree, and one of them is the only senior.
  const { db } = world.ctx();
  await db.update(caseTable).set({ stage: 'senior' });
  await db.insert(caseDecisionTable).values(
    (
      [
        ['first', anna],
        ['second', senior],
      ] as const
    ).map(([stage, { staff }]) => ({
      id: stage,
      caseId,
      round: 1,
      stage,
      reviewerId: staff.member.id,
      outcome: stage === 'first' ? ('approve' as const) : ('reject' as const),
      caseVersion: 1,
      takenAtMs: 0,
      decidedAtMs: 0,
    })),
  );
});
afterEach(() => world.close());

const give = (to: TestStaff, by = senior) =>
  assignCase(by.ctx, by.staff, { caseId, staffId: to.staff.member.id });
const assigned = () => world.ctx().db.$count(auditTable, eq(auditTable.action, 'desk.assigned'));

test('T-CON-02: a case that nobody may take is given to a colleague on record, who gets it next', async () => {
  expect(await viewCase(senior.ctx, senior.staff, { caseId })).toMatchObject({ isStuck: true });
  expect(await refusalOf(takeCase(bo.ctx, bo.staff, { caseId }))).toEqual({
    code: 'staff.forbidden',
  });
  await give(bo);
  expect(await assigned()).toBe(1);
  expect(await takeNext(anna.ctx, anna.staff)).toBeNull();
  expect(await takeNext(bo.ctx, bo.staff)).toMatchObject({ caseId });
  expect(await refusalOf(give(bo))).toMatchObject({ code: 'desk.held' });
});

test('not to who has decided it, by another account either, whose own it is, or who decides nothing', async () => {
  const number = madeUpNumber();
  const one = await staffNamed(world, 'reviewer', { number });
  await world
    .ctx()
    .db.update(caseDecisionTable)
    .set({ reviewerId: one.staff.member.id })
    .where(eq(caseDecisionTable.id, 'first'));
  const again = await staffNamed(world, 'reviewer', { number });
  const own = await staffNamed(world, 'reviewer', { number: citizenNamed('周子涵').number });
  const cannot = { code: 'desk.cannot_assign' };
  for (const who of [one, again, own, senior, await staffNamed(world, 'auditor')]) {
    expect(await refusalOf(give(who))).toEqual(cannot);
  }
  expect(await refusalOf(give(bo, anna))).toEqual({ code: 'staff.forbidden' });
  expect(await assigned()).toBe(0);
});

test('not while somebody may take it; of many at once one gives it', async () => {
  const { done, refused } = await atOnce(6, () => give(bo));
  expect([done.length, codesOf(refused)]).toEqual([1, { 'desk.not_stuck': 5 }]);
  await world.ctx().db.update(caseTable).set({ assignedToId: null });
  await staffNamed(world, 'senior');
  expect(await refusalOf(give(bo))).toEqual({ code: 'desk.not_stuck' });
  world.advance(10 * 60_000);
  expect(await refusalOf(give(bo))).toEqual({ code: 'staff.proof_required' });
});
