import {
  accountTable,
  auditTable,
  cancellationTable,
  challengeTable,
  noticeTable,
  outboxTable,
} from '@shiming/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterService } from '../entry/services.ts';
import { eraseCancelled } from './erase-cancelled.ts';
import { describeSession } from '../standing/describe.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
  signInAs,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { requestCancellation, stopCancellation, stopCancellationByLink } from './cancellation.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const citizen = citizenNamed('林知远');
const address = 'someone@example.com';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await proved(world, await registerCompletely(world, citizen));
});
afterEach(() => world.close());

const request = ({ ctx, signedIn }: Applicant = person) => requestCancellation(ctx, signedIn);
const stop = ({ ctx, signedIn }: Applicant = person) => stopCancellation(ctx, signedIn);
const stopBy = (link: string, ctx = world.ctx()) => stopCancellationByLink(ctx, { link });
const accounts = () => world.ctx().db.$count(accountTable);
const waiting = () => world.ctx().db.$count(cancellationTable);

/** Requests it; answers what stands behind the `#` of the mail's link. */
async function requestedLink(): Promise<string> {
  await request();
  await world.settle();
  const mails = world.sandbox.mail.messages(address).map(({ text }) => text ?? '');
  const link = /^https:\/\/account\.example\.cn\/cancellation#(\S+)$/m;
  return mails.map((text) => link.exec(text)?.[1]).findLast((each) => each !== undefined) ?? '';
}

test('X-07: closing takes a proof, is due in 7 days, and is said in the session, the inbox, by mail and in the audit', async () => {
  const dueAtMs = world.nowMs() + 7 * day;
  expect(await request()).toEqual({ dueAtMs });
  await world.settle();
  expect(await describeSession(world.ctx(), person.sessionToken)).toMatchObject({
    session: { cancellationDueAtMs: dueAtMs },
  });
  const mail = world.sandbox.mail.messages(address).at(-1);
  expect(mail?.subject).toContain('已申请注销');
  expect(mail?.text).toContain('2026-11-28 12:00');
  const { db } = world.ctx();
  const notices = await db.select().from(noticeTable);
  expect(notices.at(-1)).toMatchObject({
    kind: 'cancellation_requested',
    facts: { dueAtMs: String(dueAtMs) },
  });
  const audit = await db.select({ action: auditTable.action }).from(auditTable);
  expect(audit.map(({ action }) => action)).toContain('cancellation.requested');
});

test('without a fresh proof nothing is closed', async () => {
  const unproved = { ...person, signedIn: { ...person.signedIn, provedAtMs: null } };
  expect(await refusalOf(request(unproved))).toEqual({ code: 'proof.required' });
  world.advance(10 * minute);
  expect(await refusalOf(request())).toEqual({ code: 'proof.required' });
  expect(await waiting()).toBe(0);
});

test('asked for twice, also at once: one counts, the others are told that it is closing', async () => {
  const { done, refused } = await atOnce(8, () => request());
  expect([done.length, codesOf(refused)]).toEqual([1, { 'account.closing': 7 }]);
  expect(await waiting()).toBe(1);
  await world.settle();
  expect(world.sandbox.mail.messages(address)).toHaveLength(1);
});

test('X-07: while it waits, signing in works, and a service is refused as account.closing', async () => {
  await request();
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  const again = await applicantOf(world, sessionToken);
  expect(() => enterService(again.ctx, again.signedIn, { serviceId: 'certification' })).toThrow(
    'account.closing',
  );
  await stop(again);
  const back = await applicantOf(world, sessionToken);
  // Not verified yet, as before.
  expect(() => enterService(back.ctx, back.signedIn, { serviceId: 'certification' })).toThrow(
    'service.not_verified',
  );
});

test('X-07: stopped by its holder, the account stays, the mail’s link is used up, and the holder is told', async () => {
  const link = await requestedLink();
  await stop();
  await world.settle();
  world.advance(8 * day);
  expect(await eraseCancelled(world.ctx())).toBe(0);
  expect(await accounts()).toBe(1);
  expect(world.sandbox.mail.messages(address).at(-1)?.subject).toContain('已取消注销');
  expect(await refusalOf(stopBy(link))).toEqual({ code: 'link.used', for: 'cancellation.stop' });
  expect(await refusalOf(stop())).toEqual({ code: 'request.stale' });
});

test('X-07: stopped by the link on any device, once', async () => {
  const link = await requestedLink();
  const elsewhere = world.ctx({ visitor: { deviceId: 'device-9' } });
  await stopBy(link, elsewhere);
  expect(await waiting()).toBe(0);
  expect(await refusalOf(stopBy(link))).toEqual({ code: 'link.used', for: 'cancellation.stop' });
  person = await proved(world, person);
  // Closing it again makes another link; the old one is good for nothing.
  const second = await requestedLink();
  expect(await refusalOf(stopBy(link))).toEqual({ code: 'link.used', for: 'cancellation.stop' });
  expect(await waiting()).toBe(1);
  await stopBy(second);
});

test('the link is good until the account is due, to the millisecond', async () => {
  const link = await requestedLink();
  world.advance(7 * day - 1);
  await stopBy(link);
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  person = await proved(world, await applicantOf(world, sessionToken));
  const second = await requestedLink();
  world.advance(7 * day);
  expect(await refusalOf(stopBy(second))).toEqual({ code: 'link.expired' });
});

test('eight stops by one link at once: one wins', async () => {
  const link = await requestedLink();
  const { done, refused } = await atOnce(8, () => stopBy(link));
  expect([done.length, codesOf(refused)]).toEqual([1, { 'link.used': 7 }]);
});

test('a link that is not one stops nothing, and says nothing about accounts', async () => {
  const [accountId = '', secret = ''] = (await requestedLink()).split('.');
  const forged = ['', '.', accountId, `${accountId}.`, `${accountId}.${secret}x`, `x.${secret}`];
  for (const link of [...forged, `${accountId}.${secret.slice(0, -1)}`]) {
    expect(await refusalOf(stopBy(link))).toEqual({ code: 'link.expired' });
  }
  expect(await waiting()).toBe(1);
});

test('X-01: nobody stops somebody else’s, and a link opens nothing but this', async () => {
  const other = await proved(world, await registerCompletely(world, citizenNamed('沈秀兰')));
  await request();
  expect(await refusalOf(stop(other))).toEqual({ code: 'request.stale' });
  expect(await waiting()).toBe(1);
  expect(await describeSession(world.ctx(), other.sessionToken)).toMatchObject({
    session: { cancellationDueAtMs: null },
  });
});

test('the secret is nowhere in the database, and the mail is there only sealed', async () => {
  const link = await requestedLink();
  const { db } = world.ctx();
  const stored = JSON.stringify([
    await db.select().from(challengeTable),
    await db.select().from(outboxTable),
  ]);
  expect(stored).not.toContain(link.split('.')[1]);
  expect(stored).not.toContain(address);
});

test('the database down: service.unavailable, and nothing is changed', async () => {
  const link = await requestedLink();
  const down = { ...person, ctx: withoutDatabase(person.ctx) };
  expect(await refusalOf(request(down))).toEqual({ code: 'service.unavailable' });
  expect(await refusalOf(stop(down))).toEqual({ code: 'service.unavailable' });
  expect(await refusalOf(stopBy(link, down.ctx))).toEqual({ code: 'service.unavailable' });
  expect(await waiting()).toBe(1);
});

test('asked for and stopped in a loop: five times a day, and the stop is never refused', async () => {
  for (let times = 0; times < 5; times += 1) {
    await request();
    await stop();
  }
  const { refused } = await atOnce(20, () => request());
  expect(codesOf(refused)).toEqual({ 'request.too_many': 20 });
});
