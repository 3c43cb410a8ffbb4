import { auditTable, caseDecisionTable, caseReasonTable, caseTable } from '@shiming/db';
import {
  groupCaseNumber,
  queueCountLimit,
  queuePageSize,
  type QueueQuery,
  caseRule,
  startOfNextShanghaiDay,
} from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listHistory } from '../data/history.ts';
import { settleCases } from './settle.ts';
import { disableStaff } from '../staff/manage.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed } from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { blurred, decideAs, fillQueue, waitingFor } from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewQueueCounts } from './counts.ts';
import { searchCases, viewQueue } from './queue.ts';
import { listReviewers } from './reviewers.ts';
import { takeCase } from './take.ts';
import { peekNext } from './take-next.ts';

const day = 86_400_000;
let world: TestWorld;
let anna: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer', { name: '安娜' });
});
afterEach(() => world.close());

const queue = (query: QueueQuery = {}, { ctx, staff } = anna) => viewQueue(ctx, staff, query);
const search = (typed: string) => searchCases(anna.ctx, anna.staff, { search: typed });
const idsOf = async (page: Promise<{ rows: readonly { caseId: string }[] }>) =>
  (await page).rows.map(({ caseId }) => caseId);

/** Every page of a question, one after the other. */
async function allOf(query: QueueQuery = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await queue({ ...query, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.rows.length).toBeLessThanOrEqual(queuePageSize);
    ids.push(...page.rows.map(({ caseId }) => caseId));
    cursor = page.nextCursor;
  }
  return ids;
}

describe('T-CON-02: the queue', () => {
  test('shows cases due first, names masked, and who has one on the screen', async () => {
    const { caseId } = await waitingFor(world);
    await takeCase(anna.ctx, anna.staff, { caseId });
    const [early] = await fillQueue(world, 1, { dueAtMs: world.nowMs() });
    const { rows, nextCursor } = await queue();
    expect(rows.map((row) => row.caseId)).toEqual([early, caseId]);
    expect(rows[1]).toEqual({
      caseId,
      caseNumber: expect.stringMatching(/^\d{14}$/),
      status: 'waiting',
      stage: 'first',
      documentType: 'resident_identity_card',
      maskedName: '周*涵',
      submittedAtMs: expect.any(Number),
      dueAtMs: expect.any(Number),
      attempts: 1,
      flags: ['authority_mismatched'],
      isStuck: false,
      heldBy: { staffId: anna.staff.member.id, name: '安娜', isSelf: true },
      leaseEndsAtMs: world.nowMs() + caseRule.leaseMs,
    });
    expect(nextCursor).toBeNull();
    world.advance(caseRule.leaseMs);
    expect((await queue()).rows[1]).toMatchObject({ heldBy: null, leaseEndsAtMs: null });
  });

  test('comes in pages of fifty over all stages, each case once, whatever comes in between', async () => {
    const nowMs = world.nowMs();
    const first = await fillQueue(world, 70, { dueAtMs: nowMs });
    const second = await fillQueue(world, 40, { dueAtMs: nowMs + 30, stage: 'second' });
    const page = await queue();
    expect(page.rows).toHaveLength(50);
    expect(page.nextCursor).not.toBeNull();
    const all = await allOf();
    expect(all.toSorted()).toEqual([...first, ...second].toSorted());
    const due = new Map([
      ...first.map((id, at) => [id, at] as const),
      ...second.map((id, at) => [id, 30 + at] as const),
    ]);
    const order = all.map((id) => due.get(id) ?? 0);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(await allOf({ stage: 'second' })).toEqual(second);
    expect(await allOf({ dueBeforeMs: nowMs + 5 })).toEqual(first.slice(0, 5));
  });

  test('is filtered by state, type, reason and reviewer; what ended comes last first', async () => {
    const nowMs = world.nowMs();
    const ended = await fillQueue(world, 3, { status: 'rejected', dueAtMs: nowMs });
    const permits = await fillQueue(world, 2, { documentType: 'taiwan_travel_permit' });
    await fillQueue(world, 600, { dueAtMs: nowMs });
    await fillQueue(world, 1, { status: 'draft' });
    expect(await allOf({ documentType: 'taiwan_travel_permit' })).toEqual(permits);
    expect(await allOf({ status: 'rejected' })).toEqual(ended.toReversed());
    const { db } = world.ctx();
    await db.insert(caseDecisionTable).values({
      id: 'd1',
      caseId: ended[1] ?? '',
      round: 1,
      stage: 'first',
      reviewerId: 'somebody',
      outcome: 'reject',
      caseVersion: 1,
      takenAtMs: 0,
      decidedAtMs: 0,
    });
    await db
      .insert(caseReasonTable)
      .values({ ...blurred, id: 'r1', decisionId: 'd1', place: 0, atMs: 0, keyId: 'v1' });
    const rejected = { status: 'rejected' } as const;
    expect(await allOf({ ...rejected, reason: 'photo_unclear' })).toEqual([ended[1]]);
    expect(await allOf({ ...rejected, reason: 'photo_glare' })).toEqual([]);
    expect(await allOf({ ...rejected, reviewerId: 'somebody' })).toEqual([ended[1]]);
    await takeCase(anna.ctx, anna.staff, { caseId: permits[0] ?? '' });
    expect(await allOf({ reviewerId: anna.staff.member.id })).toEqual([permits[0]]);
  });

  test('no filter tells a second person what the first one found', async () => {
    const { signedIn, ctx, caseId } = await waitingFor(world);
    await world
      .ctx()
      .db.update(caseTable)
      .set({ flags: ['name_changed', 'face_doubtful'] });
    await decideAs(ctx, { signedIn }, 'approve', [], { id: 'first-reviewer' });
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());
    const [row] = (await queue()).rows;
    expect(row).toMatchObject({ caseId, stage: 'second', flags: ['name_changed'] });
    expect(await allOf({ reviewerId: 'first-reviewer' })).toEqual([]);
  });

  test('a filter that finds nothing for long says where to go on, and gets there', async () => {
    await fillQueue(world, 1_200, { dueAtMs: world.nowMs() });
    const [permit] = await fillQueue(world, 1, {
      documentType: 'taiwan_travel_permit',
      dueAtMs: world.nowMs() + day,
    });
    const page = await queue({ documentType: 'taiwan_travel_permit' });
    expect([page.rows.length, page.nextCursor === null]).toEqual([0, false]);
    expect(await allOf({ documentType: 'taiwan_travel_permit' })).toEqual([permit]);
  });

  test('counts what waits, what is due today and what is late, up to a bound', async () => {
    const nowMs = world.nowMs();
    const endMs = startOfNextShanghaiDay(nowMs);
    await fillQueue(world, 2, { dueAtMs: nowMs - 10 });
    await fillQueue(world, 1, { dueAtMs: endMs });
    await fillQueue(world, 3, { dueAtMs: endMs + day, stage: 'second' });
    await fillQueue(world, 4, { dueAtMs: nowMs - day, status: 'approved' });
    const limit = queueCountLimit;
    const more = { mine: 0, disagreements: null, limit };
    expect((await queue()).counts).toEqual({ waiting: 6, dueToday: 1, overdue: 2, ...more });
    await fillQueue(world, limit + 10, { dueAtMs: endMs + day });
    expect((await queue()).counts).toEqual({ waiting: limit, dueToday: 1, overdue: 2, ...more });
  });

  test('counts what is on one’s own screen, and for a senior where two disagree; by itself it says the same', async () => {
    const senior = await staffNamed(world, 'senior');
    const [first = '', second = ''] = await fillQueue(world, 3);
    await fillQueue(world, 2, { stage: 'senior' });
    await takeCase(anna.ctx, anna.staff, { caseId: first });
    await takeCase(senior.ctx, senior.staff, { caseId: second });
    await peekNext(anna.ctx, anna.staff);
    expect((await queue()).counts).toMatchObject({ waiting: 5, mine: 1, disagreements: null });
    const ofSenior = (await queue({}, senior)).counts;
    expect(ofSenior).toMatchObject({ waiting: 5, mine: 1, disagreements: 2 });
    expect(await viewQueueCounts(senior.ctx, senior.staff)).toEqual(ofSenior);
    // A lease that is over is nobody's.
    world.advance(caseRule.leaseMs);
    expect((await queue()).counts).toMatchObject({ waiting: 5, mine: 0 });
  });

  test('can be filtered by all who decide now, who are named and nothing else', async () => {
    const bo = await staffNamed(world, 'senior', { name: '柏青' });
    const gone = await staffNamed(world, 'reviewer', { name: '离开' });
    const admin = await staffNamed(world, 'administrator', { name: '管理' });
    await disableStaff(admin.ctx, admin.staff, { staffId: gone.staff.member.id });
    expect(await listReviewers(anna.ctx)).toEqual([
      { staffId: anna.staff.member.id, name: '安娜' },
      { staffId: bo.staff.member.id, name: '柏青' },
    ]);
  });

  test('a cursor that is none begins at the top', async () => {
    const ids = await fillQueue(world, 2);
    for (const cursor of ['', 'x', '1.2', "1.2.' or 1=1", '9'.repeat(99)]) {
      expect(await idsOf(queue({ cursor }))).toEqual(ids);
    }
  });
});

describe('T-CON-02: the search', () => {
  test('finds by case number, document number and name, in any state; drafts and others never', async () => {
    const person = await waitingFor(world);
    const { caseId } = person;
    await fillQueue(world, 3);
    const [{ caseNumber } = { caseNumber: null }] = await world
      .ctx()
      .db.select()
      .from(caseTable)
      .where(eq(caseTable.id, caseId));
    const { number } = citizenNamed('周子涵');
    for (const typed of [
      groupCaseNumber(caseNumber ?? ''),
      ` ${caseNumber} `,
      number,
      `${number.slice(0, 6)} ${number.slice(6)}`,
      '周子涵',
      ' 周 子涵',
    ]) {
      const { rows } = await search(typed);
      expect(rows.at(0)).toMatchObject({ caseId, maskedName: '周*涵' });
      expect(new Set(rows.map((row) => row.status))).not.toContain('draft');
    }
    for (const typed of ['', '周子', '周子函', '110199199508150119', 'x', '26112148273915']) {
      expect(await idsOf(search(typed))).toEqual([]);
    }
  });
});

const stuck = async () => (await queue()).rows.map(({ isStuck }) => isStuck);

test('T-CON-02: a case that nobody may decide is shown as such, until somebody may', async () => {
  const person = await waitingFor(world);
  const { db } = world.ctx();
  await db.update(caseTable).set({ stage: 'senior' });
  const senior = await staffNamed(world, 'senior');
  expect(await stuck()).toEqual([false]);
  await db.insert(caseDecisionTable).values({
    id: 'second',
    caseId: person.caseId,
    round: 1,
    stage: 'second',
    reviewerId: senior.staff.member.id,
    outcome: 'approve',
    caseVersion: 1,
    takenAtMs: 0,
    decidedAtMs: 0,
  });
  expect(await stuck()).toEqual([true]);
  // Whose own case it is may not either.
  await staffNamed(world, 'senior', { number: citizenNamed('周子涵').number });
  expect(await stuck()).toEqual([true]);
  await staffNamed(world, 'senior');
  expect(await stuck()).toEqual([false]);
});

/** Whom the audit says that a search has found, and how. */
const searches = async () => {
  const { db } = world.ctx();
  const rows = await db.select().from(auditTable).where(eq(auditTable.action, 'desk.searched'));
  return rows.map(({ accountId, facts }) => [accountId, JSON.parse(facts)] as const);
};

describe('X-01: a search is a look', () => {
  test('is on record, with each person who was found, and its person reads of it', async () => {
    const person = await waitingFor(world);
    const { id } = person.signedIn.account;
    await search(citizenNamed('周子涵').number);
    await search('周子涵');
    await atOnce(5, () => search('周子函'));
    expect(await searches()).toEqual([
      [id, { role: 'reviewer', by: 'number' }],
      [id, { role: 'reviewer', by: 'name' }],
      ...Array.from({ length: 5 }, () => [null, { role: 'reviewer', by: 'name' }]),
    ]);
    world.advance(1_000);
    await takeCase(anna.ctx, anna.staff, { caseId: person.caseId });
    const [look] = await listHistory(person.ctx, person.signedIn);
    expect(look).toMatchObject({
      event: 'desk.revealed',
      look: { role: 'reviewer', items: ['search', 'request'] },
    });
  });

  test('never finds the case of whoever searches; others find it', async () => {
    const person = await waitingFor(world);
    const { number } = citizenNamed('周子涵');
    const own = await staffNamed(world, 'senior', { number });
    const [{ caseNumber } = { caseNumber: '' }] = await world
      .ctx()
      .db.select()
      .from(caseTable)
      .where(eq(caseTable.id, person.caseId));
    for (const typed of [number, '周子涵', caseNumber ?? '']) {
      expect((await searchCases(own.ctx, own.staff, { search: typed })).rows).toEqual([]);
      expect((await search(typed)).rows).toHaveLength(1);
    }
    expect((await queue({}, own)).rows).toEqual([]);
    expect((await queue()).rows).toHaveLength(1);
    const found = await searches();
    expect(found.filter(([accountId]) => accountId !== null)).toHaveLength(3);
  });
});

test('without a database it is service.unavailable', async () => {
  const down = { ...anna, ctx: withoutDatabase(anna.ctx) };
  expect(await refusalOf(queue({}, down))).toEqual({ code: 'service.unavailable' });
  const searched = searchCases(down.ctx, down.staff, { search: '周子涵' });
  expect(await refusalOf(searched)).toEqual({ code: 'service.unavailable' });
  const counted = viewQueueCounts(down.ctx, down.staff);
  expect(await refusalOf(counted)).toEqual({ code: 'service.unavailable' });
  expect(await refusalOf(listReviewers(down.ctx))).toEqual({ code: 'service.unavailable' });
});
