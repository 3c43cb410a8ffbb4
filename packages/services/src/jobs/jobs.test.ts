import {
  accountTable,
  allowanceTable,
  auditTable,
  challengeTable,
  consentTable,
  outboxTable,
  puzzleTable,
  registrationTable,
  sessionTable,
  verificationTable,
} from '@shiming/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealAudit, verifyAudit } from '../audit/chain.ts';
import { drawPuzzle } from '../puzzle/puzzle.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed, registerCompletely, registerUntilCode } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { clearExpired } from './clear-expired.ts';
import { runJobs } from './run.ts';

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
    // Two for numbers, seven for the address (three puzzles), one for the authority.
    allowance: 10,
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
  expect(await after(day + 3 * minute + 1)).toMatchObject({ challenge: 2 });
  expect(await after(day + 5 * minute + 1)).toMatchObject({ challenge: 0 });
  // Network security law, art. 23: logs for six months.
  expect(await after(184 * day)).toMatchObject({ session: 1, allowance: 10 });
  expect(await after(184 * day + 1)).toMatchObject({ session: 0, allowance: 10 });
  expect(await after(366 * day)).toMatchObject({ allowance: 10 });
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
  const first = await runJobs(world.ctx());
  expect(first).toEqual({
    deliveredMessages: 0,
    refusedMessages: 0,
    unclearMessages: 0,
    postponedMessages: 0,
    returnedMessages: 0,
    waitingMessages: 0,
    oldestWaitingMs: null,
    messageAlarms: [],
    settledVerifications: 0,
    settledReviews: 0,
    expiredReviews: 0,
    erasedAccounts: 0,
    expiredCorrections: 0,
    removedPhotos: 0,
    rotatedRows: 0,
    auditBlock: 1,
    auditHead: (await verifyAudit(world.ctx())).head,
  });
  expect(await runJobs(world.ctx())).toEqual({
    deliveredMessages: 0,
    refusedMessages: 0,
    unclearMessages: 0,
    postponedMessages: 0,
    returnedMessages: 0,
    waitingMessages: 0,
    oldestWaitingMs: null,
    messageAlarms: [],
    settledVerifications: 0,
    settledReviews: 0,
    expiredReviews: 0,
    expiredCorrections: 0,
    erasedAccounts: 0,
    removedPhotos: 0,
    rotatedRows: 0,
    auditBlock: null,
    auditHead: null,
  });
});

test('two runs at once do everything once', async () => {
  await twoPeople();
  world.advance(day + 10 * minute);
  const reports = await Promise.all([runJobs(world.ctx()), runJobs(world.ctx())]);
  expect(reports.filter(({ auditBlock }) => auditBlock !== null)).toHaveLength(1);
  expect(await rows()).toMatchObject({ account: 1, registration: 0, puzzle: 0, outbox: 0 });
  expect(await sealAudit(world.ctx())).toBeNull();
  expect(await verifyAudit(world.ctx())).toMatchObject({ broken: null, unsealed: 0 });
});

test('without a database a run fails as service.unavailable', async () => {
  expect(await refusalOf(runJobs(withoutDatabase(world.ctx())))).toEqual({
    code: 'service.unavailable',
  });
});
