import { caseDecisionTable, caseReasonTable, caseTable } from '@shiming/db';
import type { DayRange, CaseOutcome } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewStatistics } from './statistics.ts';

const minute = 60_000;
const at = (text: string) => Date.parse(`${text}+08:00`);
const range: DayRange = { from: '2026-11-19', to: '2026-11-21' };

let world: TestWorld;
let senior: TestStaff;
let one: TestStaff;
let two: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  senior = await staffNamed(world, 'senior', { name: '高级一' });
  one = await staffNamed(world, 'reviewer', { name: '审核一' });
  two = await staffNamed(world, 'reviewer', { name: '审核二' });
});
afterEach(() => world.close());

const idOf = ({ staff }: TestStaff) => staff.member.id;
const view = (by = senior, days = range) => viewStatistics(by.ctx, by.staff, days);

type Row = typeof caseTable.$inferInsert;
let made = 0;
async function request(values: Partial<Row>): Promise<string> {
  made += 1;
  const id = `request-${made}`;
  await world
    .ctx()
    .db.insert(caseTable)
    .values({
      id,
      accountId: `account-${made}`,
      portal: 'teacher',
      caseNumber: `case-${made}`,
      status: 'waiting',
      stage: 'first',
      documentType: 'resident_identity_card',
      channel: 'inbox',
      flags: [],
      createdAtMs: 1,
      submittedAtMs: at('2026-11-20T10:00'),
      dueAtMs: at('2026-12-01T00:00'),
      keyId: 'v1',
      ...values,
    });
  return id;
}
async function decision(
  caseId: string,
  by: TestStaff,
  outcome: CaseOutcome,
  values: Partial<typeof caseDecisionTable.$inferInsert> & { takes?: number } = {},
): Promise<string> {
  const { takes = minute, decidedAtMs = at('2026-11-20T11:00'), ...more } = values;
  made += 1;
  const id = `decision-${made}`;
  await world
    .ctx()
    .db.insert(caseDecisionTable)
    .values({
      id,
      caseId,
      round: 1,
      stage: 'first',
      reviewerId: idOf(by),
      outcome,
      caseVersion: 1,
      takenAtMs: decidedAtMs - takes,
      decidedAtMs,
      ...more,
    });
  return id;
}

describe('T-CON-07: what comes in and goes out', () => {
  test('tickets are counted by themselves, and reviews without them', async () => {
    await decision(await request({ kind: 'ticket' }), one, 'approve');
    await request({});
    const tickets = await viewStatistics(senior.ctx, senior.staff, { ...range, kind: 'ticket' });
    expect([tickets.now.waiting, tickets.decisions.approve]).toEqual([1, 1]);
    const reviews = await view();
    expect([reviews.now.waiting, reviews.decisions.approve]).toEqual([1, 0]);
  });

  test('is counted on its Shanghai day, at the edges of the day too, and a day without is 0', async () => {
    await request({ submittedAtMs: at('2026-11-19T00:00') - 1 });
    await request({ submittedAtMs: at('2026-11-19T00:00') });
    await request({ submittedAtMs: at('2026-11-19T23:59:59.999') });
    await request({ submittedAtMs: at('2026-11-21T23:59:59.999') });
    await request({ submittedAtMs: at('2026-11-22T00:00') });
    const ended = at('2026-11-21T09:00');
    await request({ status: 'approved', endedAtMs: ended });
    await request({ status: 'rejected', endedAtMs: ended, submittedAtMs: 5 });
    await request({ status: 'withdrawn', endedAtMs: ended, submittedAtMs: 5 });
    await request({ status: 'expired', endedAtMs: ended, submittedAtMs: 5 });
    // A draft that ran out was never a case.
    await request({ status: 'expired', endedAtMs: ended, submittedAtMs: null, caseNumber: null });
    expect((await view()).days).toEqual([
      { date: '2026-11-19', in: 2, approved: 0, rejected: 0, givenUp: 0, backlog: 6 },
      { date: '2026-11-20', in: 1, approved: 0, rejected: 0, givenUp: 0, backlog: 7 },
      { date: '2026-11-21', in: 1, approved: 1, rejected: 1, givenUp: 2, backlog: 4 },
    ]);
  });

  test('the backlog of a day is what had not ended when it was over, whatever has come and gone since', async () => {
    const submittedAtMs = at('2026-11-17T10:00');
    await request({ submittedAtMs });
    await request({ submittedAtMs, status: 'returned' });
    await request({ submittedAtMs, status: 'approved', endedAtMs: at('2026-11-18T00:00') });
    await request({ submittedAtMs, status: 'rejected', endedAtMs: at('2026-11-20T10:00') });
    await request({ submittedAtMs: at('2026-11-20T10:00') });
    const backlogs = async (days: DayRange) =>
      (await view(senior, days)).days.map(({ backlog }) => backlog);
    const [from, to] = ['2026-11-16', '2026-11-19'];
    expect(await backlogs({ from, to })).toEqual([0, 4, 3, 3]);
    // The same days say the same in a longer range; of days to come there is nothing to say.
    expect(world.nowMs()).toBeLessThan(at('2026-11-22T00:00'));
    expect(await backlogs({ from, to: '2026-11-22' })).toEqual([0, 4, 3, 3, 3, 3, null]);
    const { now } = await view();
    expect(now.waiting + now.returned).toBe(3);
  });

  test('in time is until the end of the 7th working day; what was given up does not count', async () => {
    const due = at('2026-11-21T00:00');
    await request({ status: 'approved', endedAtMs: due - 1, dueAtMs: due });
    await request({ status: 'rejected', endedAtMs: due, dueAtMs: due });
    await request({ status: 'withdrawn', endedAtMs: due - 1, dueAtMs: due });
    expect((await view()).inTime).toEqual({ ended: 2, inTime: 1 });
  });

  test('open cases are counted as they are now, whatever the range', async () => {
    const soon = world.nowMs();
    await request({ dueAtMs: soon });
    await request({ dueAtMs: soon + 1, status: 'deciding' });
    await request({ dueAtMs: at('2026-11-24T00:00') });
    await request({ status: 'returned' });
    await request({ status: 'draft', dueAtMs: null, submittedAtMs: null });
    const { now } = await view(senior, { from: '2025-01-01', to: '2025-01-02' });
    expect(now).toEqual({
      waiting: 3,
      overdue: 1,
      returned: 1,
      due: [
        { date: '2026-11-21', count: 2 },
        { date: '2026-11-23', count: 1 },
      ],
    });
  });
});

describe('T-CON-07: decisions', () => {
  test('median and 95th percentile are of the times between taking and deciding', async () => {
    for (let minutes = 1; minutes <= 20; minutes += 1) {
      const id = await request({});
      const by = minutes <= 3 ? one : two;
      await decision(id, by, 'approve', { takes: minutes * minute });
    }
    const { handling, reviewers, decisions } = await view();
    expect(handling).toEqual({ count: 20, medianMs: 10 * minute, p95Ms: 19 * minute });
    expect(decisions).toEqual({ approve: 20, reject: 0, return: 0 });
    const times = Object.fromEntries(
      reviewers.map(({ name, count, medianMs, p95Ms }) => [name, [count, medianMs, p95Ms]]),
    );
    expect(times).toEqual({
      审核一: [3, 2 * minute, 3 * minute],
      审核二: [17, 12 * minute, 20 * minute],
    });
  });

  test('nothing decided: no times, and no division by nothing', async () => {
    const { handling, reviewers, second, inTime } = await view();
    expect(handling).toEqual({ count: 0, medianMs: null, p95Ms: null });
    expect({ reviewers, second, inTime }).toEqual({
      reviewers: [],
      second: { checked: 0, disagreed: 0 },
      inTime: { ended: 0, inTime: 0 },
    });
  });

  test('what was undone, or is of another day, counts nowhere', async () => {
    const id = await request({});
    const undone = await decision(id, one, 'reject', { undoneAtMs: 5 });
    const late = await decision(id, one, 'reject', { decidedAtMs: at('2026-11-22T00:00') });
    for (const [place, decisionId] of [undone, late].entries()) {
      await world
        .ctx()
        .db.insert(caseReasonTable)
        .values({
          id: `reason-${place}`,
          decisionId,
          place,
          code: 'photo_unclear',
          item: 'a',
          atMs: 1,
          keyId: 'v1',
        });
    }
    const { decisions, handling, reasons, reviewers } = await view();
    expect([decisions.reject, handling.count, reasons, reviewers]).toEqual([0, 0, [], []]);
  });

  test('reasons are counted by their code, the most frequent first', async () => {
    const codes = ['photo_glare', 'photo_unclear', 'photo_glare'] as const;
    for (const [place, code] of codes.entries()) {
      const decisionId = await decision(await request({}), one, 'reject');
      await world
        .ctx()
        .db.insert(caseReasonTable)
        .values({
          id: `reason-${place}`,
          decisionId,
          place: 0,
          code,
          item: 'a',
          atMs: 1,
          keyId: 'v1',
        });
    }
    expect((await view()).reasons).toEqual([
      { code: 'photo_glare', count: 2 },
      { code: 'photo_unclear', count: 1 },
    ]);
  });

  test('disagreement is of the second person with the first one of the same round', async () => {
    const second = { stage: 'second', decidedAtMs: at('2026-11-20T12:00') } as const;
    const agreed = await request({});
    await decision(agreed, one, 'approve');
    await decision(agreed, two, 'approve', second);
    const disagreed = await request({});
    await decision(disagreed, one, 'reject', { undoneAtMs: 5 });
    await decision(disagreed, one, 'approve');
    await decision(disagreed, two, 'reject', second);
    const otherRound = await request({});
    await decision(otherRound, one, 'approve', { round: 2 });
    await decision(otherRound, two, 'reject', second);
    const stats = await view();
    expect(stats.second).toEqual({ checked: 2, disagreed: 1 });
    const quality = Object.fromEntries(
      stats.reviewers.map(({ name, checked, disagreed: not }) => [name, [checked, not]]),
    );
    expect(quality).toEqual({ 审核一: [2, 1], 审核二: [0, 0] });
  });
});

const overturned = async (days = range) => {
  const { reviewers, overturned: all } = await view(senior, days);
  const found = reviewers.filter((each) => each.overturned > 0);
  expect(found.reduce((of, each) => of + each.overturned, 0)).toBe(all);
  return Object.fromEntries(found.map((each) => [each.name, each.overturned]));
};

describe('T-CON-07: decisions that did not stand', () => {
  const settledAtMs = 1;
  const hour = (of: number) => ({ settledAtMs, decidedAtMs: at(`2026-11-20T${of}:00`) });
  const second = { ...hour(12), stage: 'second' } as const;
  const last = { ...hour(13), stage: 'senior' } as const;
  test('are those of whom the senior does not agree with; while two disagree it is nobody’s', async () => {
    const open = await request({});
    await decision(open, one, 'approve', hour(11));
    await decision(open, two, 'reject', second);
    expect(await overturned()).toEqual({});
    const ended = await request({});
    await decision(ended, one, 'approve', hour(11));
    await decision(ended, two, 'reject', second);
    await decision(ended, senior, 'reject', last);
    expect(await overturned()).toEqual({ 审核一: 1 });
  });

  test('are those of the first where the second sends back, which takes effect at once', async () => {
    const id = await request({ status: 'returned' });
    await decision(id, one, 'approve', hour(11));
    await decision(id, two, 'return', second);
    expect(await overturned()).toEqual({ 审核一: 1 });
    // What is decided of the answer is another matter.
    await decision(id, two, 'approve', { ...hour(14), round: 2 });
    expect(await overturned()).toEqual({ 审核一: 1 });
  });

  test('are those that made the outcome which a senior opens again and changes', async () => {
    const other = await staffNamed(world, 'senior', { name: '高级二' });
    const id = await request({});
    await decision(id, one, 'reject', hour(11));
    await decision(id, two, 'approve', second);
    await decision(id, senior, 'approve', last);
    const again = { ...hour(15), stage: 'senior', round: 2 } as const;
    await decision(id, other, 'approve', { ...again, undoneAtMs: 5 });
    expect(await overturned()).toEqual({ 审核一: 1 });
    await decision(id, other, 'reject', again);
    expect(await overturned()).toEqual({ 审核一: 1, 审核二: 1, 高级一: 1 });
  });

  test('opened again and decided the same, all stand; so do those that a second person agreed with', async () => {
    const id = await request({});
    await decision(id, one, 'approve', hour(11));
    await decision(id, two, 'approve', second);
    await decision(id, senior, 'approve', { ...last, round: 2 });
    expect(await overturned()).toEqual({});
  });

  test('count on the day of what took their place, once that can no longer be undone; of whom is named', async () => {
    const id = await request({});
    await decision(id, one, 'approve', { settledAtMs, decidedAtMs: at('2026-10-01T10:00') });
    await decision(id, two, 'reject', { ...second, decidedAtMs: at('2026-10-02T10:00') });
    await decision(id, senior, 'reject', { ...last, settledAtMs: null });
    expect(await overturned()).toEqual({});
    await world.ctx().db.update(caseDecisionTable).set({ settledAtMs });
    expect(await overturned({ from: '2026-10-01', to: '2026-10-05' })).toEqual({});
    expect(await overturned()).toEqual({ 审核一: 1 });
  });
});

describe('who reads what', () => {
  test('a reviewer reads of nobody but themselves; a senior, administrator or auditor of all', async () => {
    await decision(await request({}), one, 'approve');
    await decision(await request({}), two, 'reject');
    const names = async (by: TestStaff) =>
      (await view(by)).reviewers.map(({ name, isSelf }) => [name, isSelf]);
    expect(await names(one)).toEqual([['审核一', true]]);
    expect((await view(one)).decisions).toEqual({ approve: 1, reject: 1, return: 0 });
    for (const role of ['administrator', 'auditor'] as const) {
      expect(await names(await staffNamed(world, role))).toHaveLength(2);
    }
    expect(await names(senior)).toHaveLength(2);
  });

  test('a range that is none, or too long, is refused', async () => {
    const refused = refusalOf(view(senior, { from: '2026-01-01', to: '2026-11-21' }));
    expect(await refused).toEqual({
      code: 'input.invalid',
      fields: { from: 'date_range.too_long' },
    });
  });
});

test('every question follows an index: what is read grows with the range, not with all cases', async () => {
  type Query = { sql: string; params: readonly unknown[] };
  type Statement = { toSQL(): Query } | { getQuery(): Query };
  const { db } = senior.ctx;
  const plans: string[] = [];
  const batch = db.batch.bind(db);
  const explained = async (statements: readonly Statement[]) => {
    for (const statement of statements) {
      const query = 'toSQL' in statement ? statement.toSQL() : statement.getQuery();
      const text = query.params.reduce<string>(
        (of, param) => of.replace('?', typeof param === 'string' ? `'${param}'` : String(param)),
        query.sql,
      );
      const rows = await world
        .ctx()
        .db.all<{ detail: string }>(sql.raw(`explain query plan ${text}`));
      plans.push(...rows.map(({ detail }) => detail));
    }
    return batch(statements as never);
  };
  Object.assign(db, { batch: explained });
  await view();
  expect(plans.some((detail) => detail.includes('SEARCH'))).toBe(true);
  // Only answers of the questions themselves are gone through whole.
  expect(plans.filter((detail) => /^SCAN (?:review|staff|first)/.test(detail))).toEqual([]);
});

test('one round trip; the database down: service.unavailable', async () => {
  const meter = { roundTrips: 0, rowsRead: 0 };
  await viewStatistics(world.ctx({ meter }), senior.staff, range);
  expect(meter.roundTrips).toBe(1);
  const down = viewStatistics(withoutDatabase(senior.ctx), senior.staff, range);
  expect(await refusalOf(down)).toEqual({ code: 'service.unavailable' });
});
