import { commit, noticeTable, outboxTable } from '@shiming/db';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submitRegistration } from '../registration/submit.ts';
import { describeSession } from '../standing/describe.ts';
import { signIn } from '../login/sign-in.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  citizenNamed,
  register,
  registerUntilReview,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { listNotices, markNoticesRead } from './list.ts';
import { notice, notify } from './notify.ts';

const citizen = citizenNamed('林知远');

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await register(world, citizen);
});
afterEach(() => world.close());

/** Writes a notice to the person, a millisecond after the one before. */
async function tell(device: string, accountId = person.signedIn.account.id) {
  await world.ctx().db.batch(notice(world.ctx(), accountId, 'new_device', { device }));
  world.advance(1);
}
const list = async ({ ctx, signedIn }: Applicant = person) =>
  (await listNotices(ctx, signedIn)).notices;
const unread = async () =>
  (await describeSession(world.ctx(), person.sessionToken))?.session.unread;

describe('通知', () => {
  test("the newest 50, newest first, and nobody else's", async () => {
    const other = await register(world, citizenNamed('沈秀兰'));
    await tell('theirs', other.signedIn.account.id);
    for (let told = 0; told < 52; told += 1) await tell(`device ${told}`);
    const notices = await list();
    expect(notices).toHaveLength(50);
    expect(notices.at(0)?.facts).toEqual({ device: 'device 51' });
    expect(notices.at(-1)?.facts).toEqual({ device: 'device 2' });
    expect(await list(other)).toHaveLength(1);
  });

  test('how many are unread is told with the session, in its one round trip', async () => {
    expect(await unread()).toBe(0);
    await tell('a');
    await tell('b');
    const ctx = world.ctx();
    expect(await describeSession(ctx, person.sessionToken)).toMatchObject({
      session: { unread: 2 },
    });
    expect(ctx.db.meter.roundTrips).toBe(1);
  });

  test('what was on the page is read from then on, and what came since is not', async () => {
    const other = await register(world, citizenNamed('沈秀兰'));
    await tell('theirs', other.signedIn.account.id);
    await tell('a');
    const [newest] = await list();
    await tell('b');
    const { ctx, signedIn } = person;
    await markNoticesRead(ctx, signedIn, { untilMs: newest?.atMs ?? 0 });
    expect((await list()).map(({ isRead }) => isRead)).toEqual([false, true]);
    expect(await unread()).toBe(1);
    expect((await list(other))[0]?.isRead).toBe(false);
    await Promise.all(
      Array.from({ length: 5 }, () => markNoticesRead(ctx, signedIn, { untilMs: world.nowMs() })),
    );
    expect(await unread()).toBe(0);
  });

  test('without a database: service.unavailable', async () => {
    const ctx = withoutDatabase(person.ctx);
    const down = { code: 'service.unavailable' };
    expect(await refusalOf(listNotices(ctx, person.signedIn))).toEqual(down);
    expect(await refusalOf(markNoticesRead(ctx, person.signedIn, { untilMs: 1 }))).toEqual(down);
  });
});

const mails = async () => {
  await world.settle();
  return world.sandbox.mail.messages(testEmail).map(({ subject }) => subject);
};

/** What is told of the person, as the batch of the change itself tells it. */
const happen = async (kind: 'new_device' | 'password_changed' = 'new_device') =>
  commit(world.ctx().db, await notify(person.ctx, person.signedIn.account, kind));

describe('the same again within the hour', () => {
  const hour = 3_600_000;

  test('a hundred at once: each is on the page, one mail goes out, and one more when the hour is over', async () => {
    await atOnce(100, () => happen());
    expect(await world.ctx().db.$count(noticeTable)).toBe(100);
    expect(await mails()).toHaveLength(1);
    world.advance(hour - 1);
    await deliverWaiting(world.ctx());
    expect(await mails()).toHaveLength(1);
    world.advance(1);
    await deliverWaiting(world.ctx());
    expect(await mails()).toHaveLength(2);
    expect(world.sandbox.mail.messages(testEmail).at(-1)?.text).toContain('逐条可查');
    await happen();
    world.advance(hour);
    await deliverWaiting(world.ctx());
    expect(await mails()).toHaveLength(3);
  });

  test('another kind, another person and another hour have mails of their own', async () => {
    await happen();
    await happen('password_changed');
    expect(await mails()).toHaveLength(2);
    world.advance(hour);
    await happen();
    expect(await mails()).toHaveLength(3);
    const other = await register(world, citizenNamed('沈秀兰'));
    const account = other.signedIn.account;
    await commit(world.ctx().db, await notify(other.ctx, account, 'new_device'));
    expect(await mails()).toHaveLength(4);
  });
});

describe('a sign-in from a new device', () => {
  test("is told on the page and by mail, with the browser's name", async () => {
    await signInAs(
      world.ctx({ visitor: { deviceId: 'new', label: 'Safari · iOS' } }),
      citizen.number,
      testPassword,
    );
    expect(await list()).toMatchObject([
      { kind: 'new_device', facts: { device: 'Safari · iOS' }, isRead: false },
    ]);
    expect(await mails()).toEqual([expect.stringContaining('新设备登录')]);
  });

  test('the second time on it, it is no new device, and the sign-in writes nothing for it', async () => {
    const { deviceMark } = await signInAs(world.ctx(), citizen.number, testPassword);
    await mails();
    const known = world.ctx({ visitor: { deviceMarks: [deviceMark] } });
    await signInAs(known, citizen.number, testPassword);
    expect(await list()).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
  });

  test('the browser somebody registered on is none', async () => {
    const other = citizenNamed('沈秀兰');
    const token = await registerUntilReview(world, other);
    const { deviceMark } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
    await signInAs(
      world.ctx({ visitor: { deviceMarks: [deviceMark] } }),
      other.number,
      testPassword,
    );
    expect(await world.ctx().db.$count(noticeTable)).toBe(0);
  });

  test('a wrong password tells nobody', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'login');
    const wrong = { name: citizen.number, password: 'Not-the-1-password', ticket };
    expect(await refusalOf(signIn(world.ctx(), wrong))).toMatchObject({ code: 'login.refused' });
    expect(await list()).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  test('is told once the mail server is back, and the sign-in does not wait for it', async () => {
    await world.sandbox.mail.setMode('busy');
    await signInAs(world.ctx(), citizen.number, testPassword);
    expect(await mails()).toEqual([]);
    const queued = await world.ctx().db.select().from(outboxTable);
    expect(queued.filter(({ channel }) => channel === 'mail')).toMatchObject([
      { status: 'waiting' },
    ]);
  });
});
