import { type Meter, newMeter } from '@shiming/db';
import { queueCountLimit, type QueueQuery } from '@shiming/domain';
import { viewCase } from '@shiming/services/desk/case';
import { viewQueueCounts } from '@shiming/services/desk/counts';
import { keepLease, releaseCase } from '@shiming/services/desk/lease';
import { searchCases, viewQueue } from '@shiming/services/desk/queue';
import { reopenCase } from '@shiming/services/desk/reopen';
import { settleCases } from '@shiming/services/desk/settle';
import { takeCase } from '@shiming/services/desk/take';
import { peekNext, takeNext } from '@shiming/services/desk/take-next';
import {
  beginTotpChange,
  changeStaffPassword,
  changeTotp,
} from '@shiming/services/staff/own-password';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import { citizenNamed } from '@shiming/services/testing/people';
import { fillQueue, waitingFor } from '@shiming/services/testing/reviews';
import { appCode, staffNamed, staffOf, type TestStaff } from '@shiming/services/testing/staff';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outcomesAtOnce } from './testing/outcomes.ts';
import { startSqldWorld } from './testing/sqld-world.ts';

let world: TestWorld;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ world, stop } = await startSqldWorld());
});
afterAll(() => stop());

/**
 * Cases of other people, from one number up to another: most wait, the rest has ended. A thousand fill a page of every
 * stage, and every count to its bound.
 */
async function addCases(from: number, to: number): Promise<void> {
  const { db } = world.ctx();
  const insert = (rows: string) =>
    db.run(
      `with recursive n(i) as (select ${from} union all select i + 1 from n where i + 1 < ${to}) ${rows}`,
    );
  const atMs = world.nowMs() - 1_000_000_000;
  await insert(
    `insert into account (id, portal, document_type, identity_sealed, password_hash, created_at_ms, key_id)
     select 'a' || i, '${world.ctx().portal.id}', 'resident_identity_card', 'v1.x', 'x', ${atMs}, 'v1' from n`,
  );
  await insert(
    `insert into identifier (id, account_id, kind, "index", sealed, signs_in, key_id)
     select 'a' || i || '.document_number', 'a' || i, 'document_number', 'i1.' || printf('%032x', i), 'v1.x', 1, 'v1' from n`,
  );
  await insert(
    `insert into consent (id, account_id, kind, version, given_at_ms)
     select 'n' || i, 'a' || i, 'document_number', '${world.ctx().portal.privacyNoticeVersion}', ${atMs} from n`,
  );
  await insert(
    `insert into "case" (id, portal, account_id, case_number, status, stage, document_type, channel, flags, name_index,
       created_at_ms, submitted_at_ms, due_at_ms, ended_at_ms, key_id)
     select 'r' || i, '${world.ctx().portal.id}', 'a' || i, 'c' || i,
       case when i % 16 < 11 then 'waiting' else 'rejected' end,
       case when i % 16 in (9, 13, 14) then 'second' when i % 16 in (10, 15) then 'senior' else 'first' end,
       'resident_identity_card', 'inbox', '[]', 'i1.' || printf('%032x', i),
       ${atMs}, ${atMs} + i, ${world.nowMs()} + 864000000 + i, case when i % 16 < 11 then null else ${atMs} end, 'v1' from n`,
  );
}

/** How many rows the server looked at for each act of the desk. */
async function rowsRead(caseId: string, number: string) {
  const measure = async <T>(
    role: 'reviewer' | 'senior',
    work: (ctx: TestStaff['ctx'], staff: TestStaff['staff']) => Promise<T>,
  ) => {
    const { ctx, staff } = await staffNamed(world, role, { number: 'H12345678' });
    const meter: Meter = newMeter();
    const result = await work(world.ctx({ meter, actor: ctx.actor }), staff);
    return { result, rows: meter.rowsRead };
  };
  const queue = (query: QueueQuery) =>
    measure('reviewer', (ctx, staff) => viewQueue(ctx, staff, query));
  const search = (typed: string) =>
    measure('reviewer', (ctx, staff) => searchCases(ctx, staff, { search: typed }));
  // What was taken before is free again.
  await world.ctx().db.run(`update "case" set holder_id = null, lease_ends_at_ms = null`);
  const first = await queue({});
  expect(first.result.rows).toHaveLength(50);
  const second = await queue({ cursor: first.result.nextCursor ?? '' });
  expect(second.result.rows).toHaveLength(50);
  const reviewer = await measure('reviewer', takeNext);
  const senior = await measure('senior', takeNext);
  expect(reviewer.result).not.toBeNull();
  const held = await measure('reviewer', async (ctx, staff) => {
    await takeCase(ctx, staff, { caseId });
    await keepLease(ctx, staff, { caseId });
    const seen = await viewCase(ctx, staff, { caseId });
    await releaseCase(ctx, staff, { caseId });
    return seen;
  });
  const found = await search(number);
  expect(found.result.rows).toHaveLength(1);
  return {
    queue: first.rows,
    counts: (await measure('reviewer', viewQueueCounts)).rows,
    countsOfSenior: (await measure('senior', viewQueueCounts)).rows,
    secondPage: second.rows,
    stage: (await queue({ stage: 'second' })).rows,
    ended: (await queue({ status: 'rejected' })).rows,
    filtered: (await queue({ documentType: 'taiwan_travel_permit', reason: 'photo_glare' })).rows,
    takeNext: reviewer.rows,
    takeNextSenior: senior.rows,
    peekNext: (await measure('reviewer', peekNext)).rows,
    oneCase: held.rows,
    byNumber: found.rows,
    byName: (await search('周子涵')).rows,
    byCaseNumber: (await search(held.result.caseNumber)).rows,
    // What each look at the queue does after its answer.
    settle: (await measure('senior', (ctx) => settleCases(ctx))).rows,
  };
}

test('twenty reviewers take next at once: no case twice, none lost', async () => {
  const cases = await fillQueue(world, 15);
  const people = await Promise.all(Array.from({ length: 20 }, () => staffNamed(world, 'reviewer')));
  const leases = await Promise.all(people.map(({ ctx, staff }) => takeNext(ctx, staff)));
  const taken = leases.flatMap((lease) => (lease === null ? [] : [lease.caseId]));
  expect(taken.toSorted()).toEqual(cases.toSorted());
  await world.ctx().db.run(`update "case" set status = 'approved'`);
});

const countOf = async (action: string) => {
  const rows = await world.ctx().db.all(`select 1 from audit where action = '${action}'`);
  return rows.length;
};

test('UX-36: two seniors open one case again, twenty times at once: one does', async () => {
  const ended = { status: 'rejected', endedAtMs: world.nowMs() } as const;
  const [caseId = ''] = await fillQueue(world, 1, ended);
  const seniors = [await staffNamed(world, 'senior'), await staffNamed(world, 'senior')] as const;
  const reopenAs = ({ ctx, staff }: TestStaff) =>
    reopenCase(ctx, staff, { caseId, reason: 'complaint' });
  expect(await outcomesAtOnce(20, (at) => reopenAs(seniors[at % 2 === 0 ? 0 : 1]))).toEqual({
    done: 1,
    'desk.closed': 19,
  });
  expect(await countOf('review.reopened')).toBe(1);
  await world.ctx().db.run(`update "case" set status = 'approved'`);
});

test('T-CON-01: of twenty passwords, and of twenty authenticators, at once one counts', async () => {
  const { ctx, sessionToken } = await staffNamed(world, 'reviewer');
  await ctx.db.run("update staff set password_hash = 'x'");
  const hasher = {
    ...ctx.hasher,
    hash: () => Promise.resolve('y'),
    verify: () => Promise.resolve({ isRight: false, isOutdated: false }),
  };
  const typed = { password: testPassword, passwordAgain: testPassword };
  const { staff } = await staffOf(world, sessionToken);
  let cookie = '';
  const change = async () => {
    ({ sessionToken: cookie } = await changeStaffPassword({ ...ctx, hasher }, staff, typed));
  };
  // Ten are claimed and hashed, and of those one is first.
  expect(await outcomesAtOnce(20, change)).toEqual({
    done: 1,
    'request.stale': 9,
    'request.too_many': 10,
  });
  expect(await countOf('staff.password_changed')).toBe(1);

  const now = await staffOf(world, cookie);
  const given = await Promise.all(
    Array.from({ length: 20 }, () => beginTotpChange(now.ctx, now.staff)),
  );
  const take = (at: number) => {
    const secret = given[at]?.secret ?? '';
    const code = appCode(secret, world.nowMs());
    return changeTotp(now.ctx, now.staff, { secret, code });
  };
  expect(await outcomesAtOnce(20, take)).toEqual({ done: 1, 'request.stale': 19 });
  expect(await countOf('staff.totp_changed')).toBe(1);
});

test('T-CON-02: what the next case costs does not grow with those that one decided and a second person has not', async () => {
  const { ctx, staff } = await staffNamed(world, 'reviewer');
  const rowsOfNext = async (own: number) => {
    const ids = await fillQueue(world, own, { stage: 'second', dueAtMs: world.nowMs() });
    const { db } = world.ctx();
    for (const id of ids) {
      await db.run(
        `insert into case_decision (id, case_id, round, stage, reviewer_id, outcome, case_version, taken_at_ms, decided_at_ms)
         values ('${id}', '${id}', 1, 'first', '${staff.member.id}', 'approve', 1, 1, 1)`,
      );
    }
    const [fresh] = await fillQueue(world, 1);
    const meter = newMeter();
    const taken = await takeNext(world.ctx({ meter, actor: ctx.actor }), staff);
    expect(taken?.caseId).toBe(fresh);
    await db.run(`update "case" set status = 'approved', holder_id = null where id = '${fresh}'`);
    return meter.rowsRead;
  };
  const few = await rowsOfNext(60);
  const many = await rowsOfNext(600);
  expect(many).toBe(few);
  await world.ctx().db.run(`update "case" set status = 'approved'`);
});

test('queue page and take next read as many rows with 100,000 cases as with 1,000', async () => {
  const { caseId } = await waitingFor(world);
  const { number } = citizenNamed('周子涵');
  // Whether nobody may decide a case is read of the staff: both roles are there from the beginning.
  for (const role of ['reviewer', 'senior'] as const) await staffNamed(world, role);
  await addCases(1, 1_000);
  const few = await rowsRead(caseId, number);
  for (let from = 1_000; from < 100_000; from += 9_900) await addCases(from, from + 9_900);
  const many = await rowsRead(caseId, number);
  const [count] = await world.ctx().db.all<{ n: number }>(`select count(*) as n from "case"`);
  expect(count?.n).toBeGreaterThanOrEqual(100_000);
  const { filtered, countsOfSenior, oneCase, ...same } = many;
  const { filtered: _, countsOfSenior: __, oneCase: ___, ...before } = few;
  // A search along an index may end a row sooner or later.
  const grown = Object.entries(same).map(([name, rows]) => [
    name,
    rows - before[name as keyof typeof before],
  ]);
  expect(grown.filter(([, by]) => Math.abs(Number(by)) > 1)).toEqual([]);
  for (const rows of Object.values(same)) expect(rows).toBeGreaterThan(0);
  expect(same.queue).toBeLessThan(1_500);
  expect(same.counts).toBeLessThan(600);
  // A thousand cases do not fill what only seniors count: one bound more, and no more.
  expect(countsOfSenior).toBeLessThan(same.counts + queueCountLimit + 10);
  // Four acts (take, keep, show, release) read the case, its person's consents and identifiers, and the staff who may
  // decide it, 42 to 65 rows: nothing of it grows with the queue, and some with the staff.
  expect(oneCase).toBeLessThan(70);
  // Each stage's first case is looked at twice, to record and to take it: its own row, the number and status of its
  // account, two consents and the decisions. A reviewer has two stages, a senior three. The accounts with a number of the
  // member of staff, of the present card or an earlier one, are looked up once in each statement.
  expect(same.takeNext).toBeLessThan(45);
  expect(same.takeNextSenior).toBeLessThan(65);
  // It has no index of its own and finds nothing here: it looks so far and no farther.
  expect(filtered).toBeLessThan(15_000);
}, 300_000);
