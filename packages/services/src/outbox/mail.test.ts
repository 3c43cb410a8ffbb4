import { outboxTable } from '@shiming/db';
import type { MailResult } from '@shiming/providers';
import { asc } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { deliverWaiting, enqueueMail, settleOutbox } from './outbox.ts';

const minute = 60_000;

let world: TestWorld;
let outcome: MailResult['outcome'];
let taken: string[];
beforeEach(async () => {
  world = await createTestWorld();
  outcome = 'accepted';
  taken = [];
});
afterEach(() => world.close());

/** A request whose mail server answers `outcome` and keeps the subjects it was handed. */
function request(): Ctx {
  return {
    ...world.ctx(),
    mail: {
      send: async ({ subject }) => {
        taken.push(subject);
        return { outcome, vendor: 'smtp', vendorCode: outcome, vendorMessageId: null };
      },
    },
  };
}

async function queue(subject: string, expiresInMs = 24 * 60 * minute): Promise<void> {
  const ctx = request();
  const mail = { to: 'someone@example.com', subject, text: '', html: '' };
  await ctx.db.batch(await enqueueMail(ctx, mail, ctx.now() + expiresInMs));
  world.advance(1);
}

const statuses = async () =>
  (await world.ctx().db.select().from(outboxTable).orderBy(asc(outboxTable.createdAtMs))).map(
    ({ status }) => status,
  );

test('down for an hour: everything waits, goes out in order when it is back, and each once', async () => {
  for (const subject of ['a', 'b', 'c']) await queue(subject);
  outcome = 'down';
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await deliverWaiting(request());
    world.advance(minute);
  }
  expect(await statuses()).toEqual(['waiting', 'waiting', 'waiting']);
  outcome = 'accepted';
  taken = [];
  world.advance(10 * minute);
  for (let minutes = 0; minutes < 20; minutes += 1) {
    await deliverWaiting(request());
    world.advance(minute);
  }
  expect(taken).toEqual(['a', 'b', 'c']);
  expect(await statuses()).toEqual(['sent', 'sent', 'sent']);
});

test('what is written while the server is down comes after what had been tried before', async () => {
  outcome = 'down';
  const subjects = Array.from({ length: 45 }, (_, index) => `mail ${index}`);
  for (const subject of subjects) {
    await queue(subject);
    await Promise.all([deliverWaiting(request()), deliverWaiting(request())]);
    world.advance(minute);
  }
  outcome = 'accepted';
  taken = [];
  while ((await deliverWaiting(request())) > 0) await settleOutbox(world.ctx());
  expect(taken).toEqual(subjects);
  expect(new Set(await statuses())).toEqual(new Set(['sent']));
});

test('a mail that waits for its own turn holds up no other', async () => {
  await queue('a');
  outcome = 'busy';
  await deliverWaiting(request());
  await queue('b');
  outcome = 'accepted';
  taken = [];
  await deliverWaiting(request());
  expect(taken).toEqual(['b']);
});

test('while no server answers, one mail is tried and the rest wait', async () => {
  for (const subject of ['a', 'b', 'c']) await queue(subject);
  outcome = 'down';
  await deliverWaiting(request());
  expect(taken).toEqual(['a']);
});

test('ten senders at once hand every mail over once', async () => {
  for (const subject of ['a', 'b', 'c', 'd', 'e']) await queue(subject);
  await Promise.all(Array.from({ length: 10 }, () => deliverWaiting(request())));
  expect(taken.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test.for([
  ['refused', 'failed'],
  ['misconfigured', 'failed'],
  ['unclear', 'unclear'],
] as const)('%s: the mail is %s and never sent again', async ([said, status]) => {
  await queue('a');
  outcome = said;
  await deliverWaiting(request());
  outcome = 'accepted';
  world.advance(60 * minute);
  await deliverWaiting(request());
  expect(taken).toEqual(['a']);
  expect(await statuses()).toEqual([status]);
});

test('the waits between tries grow, up to ten minutes', async () => {
  await queue('a');
  outcome = 'busy';
  const tried: number[] = [];
  for (let seconds = 0; seconds < 3600; seconds += 5) {
    const before = taken.length;
    await deliverWaiting(request());
    if (taken.length > before) tried.push(seconds);
    world.advance(5_000);
  }
  const waits = tried.slice(1).map((at, index) => at - (tried[index] ?? 0));
  expect(waits.slice(0, 6)).toEqual([15, 30, 60, 120, 240, 480]);
  expect(new Set(waits.slice(6))).toEqual(new Set([600]));
});

test('a mail that is past its time is not sent any more', async () => {
  await queue('a', minute);
  world.advance(minute);
  await deliverWaiting(request());
  expect(taken).toEqual([]);
});

test('a sender that dies leaves the mail in its hand unclear: it is not sent again, and the others are sent', async () => {
  for (const subject of ['a', 'b', 'c']) await queue(subject);
  const dead = deliverWaiting({
    ...request(),
    mail: { send: () => Promise.reject(new Error('the isolate is gone')) },
  });
  await expect(dead).rejects.toThrow('the isolate is gone');
  world.advance(60 * minute);
  await settleOutbox(world.ctx());
  await deliverWaiting(request());
  expect(taken).toEqual(['b', 'c']);
  expect(await statuses()).toEqual(['unclear', 'sent', 'sent']);
});
