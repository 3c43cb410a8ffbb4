import { allowanceTable, type Database } from '@shiming/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { release } from '../allowance/allowance.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { runJobs } from '../run-jobs.ts';
import { watchSends } from './watch-sends.ts';

const hourMs = 3_600_000;
let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

let ids = 0;
/** So many text messages, each to another number. */
async function sends(db: Database, count: number, atMs: number, kind = 'sms') {
  const rows = Array.from({ length: count }, () => {
    ids += 1;
    return { id: `${ids}`, kind, subject: `${ids}`, atMs, isCounted: true, reason: null };
  });
  for (let from = 0; from < count; from += 1_000) {
    await db.insert(allowanceTable).values(rows.slice(from, from + 1_000));
  }
}

test('2,000 text messages in an hour are normal; one more and the log line of the minute raises an alarm', async () => {
  const { db } = world.ctx();
  await sends(db, 2_000, world.nowMs());
  await sends(db, 500, world.nowMs(), 'puzzle');
  expect((await runJobs(world.ctx())).sends).not.toHaveProperty('alarm');
  await sends(db, 1, world.nowMs());
  expect(await runJobs(world.ctx())).toMatchObject({
    sends: { alarm: 'sms_ceiling', smsLastHour: 2_001 },
  });
});

test('what is older than an hour, and what the gateway did not take, is not counted', async () => {
  const { db } = world.ctx();
  await sends(db, 2_001, world.nowMs());
  world.advance(hourMs);
  expect(await watchSends(world.ctx())).toMatchObject({ smsLastHour: 2_001 });
  await db.batch([release(db, String(ids), 'gateway_refused')]);
  expect(await watchSends(world.ctx())).toBeNull();
  await sends(db, 1, world.nowMs());
  expect(await watchSends(world.ctx())).not.toBeNull();
  world.advance(1);
  expect(await watchSends(world.ctx())).toBeNull();
});
