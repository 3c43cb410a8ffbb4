import { recipientFor } from './account/recipients.ts';
import {
  accountTable,
  allowanceTable,
  auditTable,
  challengeTable,
  commit,
  consentTable,
  outboxTable,
  photoTable,
  puzzleTable,
  registrationTable,
  sessionTable,
  verificationTable,
} from '@shiming/db';
import { webCrypto } from '@shiming/providers/crypto';
import { isNotNull, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealAudit, verifyAudit } from './audit/chain.ts';
import { enqueueMail } from './outbox/outbox.ts';
import { drawPuzzle } from './puzzle/puzzle.ts';
import { withoutDatabase } from './testing/outside-down.ts';
import { citizenNamed, registerCompletely, registerUntilCode } from './testing/people.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from './testing/world.ts';
import { seal } from './vault/vault.ts';
import { verify } from './verification/verify.ts';
import { clearExpired } from './jobs/clear-expired.ts';
import { type JobReport, runJobs } from './run-jobs.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const minute = 60_000;
const day = 24 * 3_600_000;

/** Somebody who has done everything, and somebody on the way. */
async function twoPeople() {
  const citizen = citizenNamed('林知远');
  const { ctx, signedIn } = await registerCompletely(world, citizen);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  await verify(ctx, signedIn, { name, validityStart, validityTerm });
  await registerUntilCode(world, citizenNamed('沈秀兰'), world.ctx());
  await drawPuzzle(world.ctx(), { purpose: 'login' });
}

async function rows() {
  const { db } = world.ctx();
  return {
    account: await db.$count(accountTable),
    consent: await db.$count(consentTable),
    audit: await db.$count(auditTable),
    verification: await db.$count(verificationTable),
    registration: await db.$count(registrationTable),
    puzzle: await db.$count(puzzleTable),
    challenge: await db.$count(challengeTable),
    outbox: await db.$count(outboxTable),
    session: await db.$count(sessionTable),
    allowance: await db.$count(allowanceTable),
  };
}

test('X-08: what has ended is forgotten when its time is over, and not a millisecond before', async () => {
  await twoPeople();
  const { allowance } = await rows();
  expect(allowance).toBeGreaterThan(9);
  const all = {
    account: 1,
    consent: 2,
    audit: 3,
    verification: 1,
    registration: 1,
    puzzle: 1,
    // Two tickets and two codes.
    challenge: 4,
    outbox: 2,
    session: 1,
    allowance,
  };
  const startMs = world.nowMs();
  const after = async (ms: number) => {
    world.advance(startMs + ms - world.nowMs());
    await clearExpired(world.ctx());
    return rows();
  };
  expect(await after(0)).toEqual(all);
  expect(await after(2 * minute)).toEqual(all);
  expect(await after(2 * minute + 1)).toEqual({ ...all, puzzle: 0 });
  expect(await after(day)).toMatchObject({ registration: 1, challenge: 4, outbox: 2 });
  expect(await after(day + 1)).toMatchObject({ registration: 0, challenge: 4, outbox: 2 });
  expect(await after(day + 30_000 + 1)).toMatchObject({ challenge: 4, outbox: 0 });
  expect(await after(day + 5 * minute + 1)).toMatchObject({ challenge: 2 });
  expect(await after(day + 30 * minute + 1)).toMatchObject({ challenge: 0 });
  // Network security law, art. 23: logs for six months.
  expect(await after(184 * day)).toMatchObject({ session: 1, allowance });
  expect(await after(184 * day + 1)).toMatchObject({ session: 0, allowance });
  expect(await after(366 * day)).toMatchObject({ allowance });
  expect(await after(366 * day + 1)).toEqual({
    account: 1,
    consent: 2,
    audit: 3,
    // What came of the person's attempts stays with the account.
    verification: 1,
    registration: 0,
    puzzle: 0,
    challenge: 0,
    outbox: 0,
    session: 0,
    allowance: 0,
  });
});

test('a minute’s run seals the audit and reports counts and the head; the next has nothing to do', async () => {
  await twoPeople();
  world.advance(minute);
  const lines: JobReport[] = [];
  const first = await runJobs(world.ctx(), (line) => lines.push(line));
  expect(lines.map(({ job }) => job).toSorted()).toEqual(Object.keys(first).toSorted());
  const nothing = { outcome: 'ok', done: 0, failed: 0, waitingMs: 0, ms: 0 } as const;
  const { head } = await verifyAudit(world.ctx());
  for (const { job, ...line } of lines) {
    const sealed = job === 'audit' ? { done: 3, auditBlock: 1, auditHead: head } : {};
    expect([job, line]).toMatchObject([job, { ...nothing, ...sealed }]);
  }
  for (const { job, ...line } of Object.values(await runJobs(world.ctx()))) {
    expect([job, line]).toMatchObject([job, nothing]);
    expect(line).not.toHaveProperty('alarm');
    expect(line).not.toHaveProperty('auditBlock');
  }
});

test('two runs at once do everything once', async () => {
  await twoPeople();
  world.advance(day + 10 * minute);
  const reports = await Promise.all([runJobs(world.ctx()), runJobs(world.ctx())]);
  expect(reports.filter(({ audit }) => 'auditBlock' in audit)).toHaveLength(1);
  expect(await rows()).toMatchObject({ account: 1, registration: 0, puzzle: 0, outbox: 0 });
  expect(await sealAudit(world.ctx())).toBeNull();
  expect(await verifyAudit(world.ctx())).toMatchObject({ broken: null, unsealed: 0 });
});

test('without a database every job says service.unavailable in its line, and the run ends', async () => {
  const lines = Object.values(await runJobs(withoutDatabase(world.ctx())));
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(line).toMatchObject({ outcome: 'service.unavailable', done: 0 });
});

/** So many rows that are to be sealed. */
const fillAudit = (count: number) =>
  world.ctx().db.run(
    sql`insert into audit with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
      select 'u' || i, ${world.nowMs()}, 'anonymous', 'test.filled', null, 'x', '{}', null from n`,
  );

describe('one job’s trouble is its own', () => {
  test('a row that does not open is counted with an alarm, and everything else is done', async () => {
    await twoPeople();
    const vault = { id: 'v2', key: webCrypto.randomBytes(32) };
    const keys = { ...world.keys, vault: [vault, ...world.keys.vault] as const };
    const { db } = world.ctx();
    await db.update(accountTable).set({ identitySealed: 'v1.AAAA' });
    await db.update(registrationTable).set({ keyId: 'gone' });
    world.advance(minute);
    const lines = await runJobs(world.ctx({ keys }));
    // The account, and the registration; its identifiers and both messages have moved.
    expect(lines.keys).toMatchObject({ outcome: 'ok', done: 5, failed: 2, alarm: 'rows_failed' });
    expect(lines.audit).toMatchObject({ outcome: 'ok', auditBlock: 1 });
    const { keys: _, ...others } = lines;
    for (const line of Object.values(others))
      expect(line).toMatchObject({ outcome: 'ok', failed: 0 });
  });

  test('a job that fails says so in its line, without what it was working on', async () => {
    await fillAudit(3);
    world.advance(minute);
    const ctx = world.ctx();
    const broken = sql`select 'secret' from nowhere where ${'secret'}`;
    const db = Object.assign(Object.create(ctx.db) as typeof ctx.db, {
      all: () => ctx.db.all(broken),
    });
    const lines = await runJobs({ ...ctx, db });
    expect(lines.retention).toMatchObject({ outcome: 'internal.unexpected', done: 0 });
    expect(JSON.stringify(lines)).not.toContain('secret');
    expect(lines.audit).toMatchObject({ outcome: 'ok', done: 3, auditBlock: 1 });
  });

  test('with its time used up a job leaves the rest to the next minute, and the others have theirs', async () => {
    await twoPeople();
    world.advance(200 * day);
    const { db } = world.ctx();
    const before = await rows();
    // A second for each look at the clock.
    let ms = world.nowMs();
    const now = () => (ms += 1_000);
    await runJobs({ ...world.ctx(), now });
    const half = await rows();
    expect(half.audit).toBe(before.audit);
    expect(await db.$count(auditTable, isNotNull(auditTable.block))).toBe(3);
    for (let run = 0; run < 6; run += 1) await runJobs({ ...world.ctx(), now });
    expect(await rows()).toMatchObject({ registration: 0, puzzle: 0, outbox: 0, challenge: 0 });
  });

  test('the line says for how long the oldest thing has waited', async () => {
    const ctx = world.ctx();
    const to = recipientFor('someone@example.com', 'staff');
    const mail = { to, subject: '', text: '', html: '' };
    await commit(
      ctx.db,
      await enqueueMail(ctx, mail, {
        as: 'notice',
        accountId: null,
        expiresAtMs: ctx.now() + day,
      }),
    );
    await ctx.db.insert(photoTable).values({
      id: 'p',
      accountId: 'a',
      contentHash: 'x',
      bytes: 1,
      width: 1,
      height: 1,
      orientation: 1,
      createdAtMs: ctx.now(),
      removeAfterMs: ctx.now(),
      keyId: 'v1',
    });
    const down = {
      outcome: 'down',
      vendor: 'smtp',
      vendorCode: 'down',
      vendorMessageId: null,
    } as const;
    const outside = { mail: { send: async () => down } };
    world.bucket.isDown = true;
    world.advance(3 * minute);
    for (const _ of [1, 2]) {
      expect(await runJobs({ ...world.ctx(), ...outside })).toMatchObject({
        messages: { waitingMs: 3 * minute },
        photos: { outcome: 'service.unavailable', waitingMs: 3 * minute },
        audit: { waitingMs: 0 },
      });
    }
  });
});

test('the audit is sealed and the keys are moved in as many slices as it takes', async () => {
  const { db } = world.ctx();
  await fillAudit(1_234);
  const message = await seal(world.ctx(), 'outbox.message:1', {});
  await db.run(
    sql`insert into outbox (id, channel, message_sealed, status, due_at_ms, expires_at_ms, created_at_ms, key_id)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 250)
      select i, 'sms', ${message}, 'sent', ${world.nowMs()}, ${world.nowMs() + day}, 0, 'v1' from n`,
  );
  world.advance(minute);
  const vault = { id: 'v2', key: webCrypto.randomBytes(32) };
  const lines = await runJobs(
    world.ctx({ keys: { ...world.keys, vault: [vault, ...world.keys.vault] } }),
  );
  expect(lines.audit).toMatchObject({ done: 1_234, auditBlock: 3 });
  // They are sealed for the first row: all others do not open, and are passed over.
  expect(lines.keys).toMatchObject({ done: 1, failed: 249 });
});
