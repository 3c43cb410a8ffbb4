import { auditTable, challengeTable, newMeter, puzzleTable } from '@shiming/db';
import { runJobs } from '@shiming/services/run-jobs';
import type { TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillBacklog, startWriters } from './testing/backlog.ts';
import { startSqldWorld } from './testing/sqld-world.ts';

let world: TestWorld;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ world, stop } = await startSqldWorld());
});
afterAll(() => stop());

test('a backlog of 20,000 rows goes with writers beside it, none of whom is refused', async () => {
  await fillBacklog(world, { expired: 20_000, unsealed: 2_000 });
  const meter = newMeter();
  const writers = startWriters(world, 8);
  const lines = await runJobs(world.ctx({ meter }));
  const written = await writers.stop();
  expect(lines.retention).toMatchObject({ outcome: 'ok', done: 20_000, failed: 0, waitingMs: 0 });
  expect(lines.audit).toMatchObject({ outcome: 'ok', done: 2_000, waitingMs: 0 });
  const { db } = world.ctx();
  expect(await db.$count(challengeTable)).toBe(0);
  expect(await db.$count(puzzleTable)).toBe(written.length);
  // In as many transactions, so that no writer waits for all of it.
  expect(meter.roundTrips).toBeGreaterThan(20);
  expect(await db.$count(auditTable)).toBe(2_000);
});
