import { auditTable, sessionTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { describeSession } from './describe.ts';
import { endAllSessions, endSession, listSessions, signOut } from './end.ts';
import { authenticate, newSession } from './session.ts';

let world: TestWorld;
let accountId: string;
let token: string;
beforeAll(async () => {
  world = await createTestWorld();
  const { signedIn } = await register(world, citizenNamed('林知远'));
  accountId = signedIn.account.id;
});
afterAll(() => world.close());
// Later than any session lives.
beforeEach(async () => {
  world.advance(13 * 3_600_000);
  token = await sessionFor(accountId);
});

const minute = 60_000;

/** A session as signing in begins one, without the cost of a password hash. */
async function sessionFor(id: string, label = 'Chrome · Android'): Promise<string> {
  const ctx = world.ctx({ visitor: { label } });
  const session = await newSession(ctx, id);
  await session.statement;
  return session.token;
}

async function isLive(cookie: string): Promise<boolean> {
  const signedIn = await authenticate(world.ctx(), cookie);
  return signedIn !== null;
}
/** A request: who it is from, and what it leaves to be done after the answer. */
async function request(cookie: string) {
  const signedIn = await authenticate(world.ctx(), cookie);
  await world.settle();
  return signedIn;
}
const stored = async (cookie: string) => {
  const [row] = await world
    .ctx()
    .db.select()
    .from(sessionTable)
    .where(eq(sessionTable.id, cookie.split('.')[0] ?? ''));
  return row;
};

describe('等保 L3 8.1.4.1 b: a session ends', () => {
  test('when idle for 30 minutes, to the millisecond', async () => {
    world.advance(30 * minute - 1);
    expect(await isLive(token)).toBe(true);
    world.advance(1);
    expect(await isLive(token)).toBe(false);
  });

  test('after 12 hours in any case, however busy', async () => {
    const startMs = world.nowMs();
    for (let quarter = 1; quarter < 48; quarter += 1) {
      world.advance(15 * minute);
      expect(await request(token)).not.toBeNull();
    }
    world.advance(15 * minute - 1);
    expect(await request(token)).toMatchObject({ endsAtMs: startMs + 12 * 3_600_000 });
    world.advance(1);
    expect(await isLive(token)).toBe(false);
  });

  test.for([0, 59_000, 60_000, 60_001, 90_000])(
    'at exactly the instant that was told, after a request %i ms from the beginning',
    async (afterMs) => {
      world.advance(afterMs);
      const signedIn = await request(token);
      world.advance((signedIn?.endsAtMs ?? 0) - 1 - world.nowMs());
      expect(await isLive(token)).toBe(true);
      world.advance(1);
      expect(await isLive(token)).toBe(false);
    },
  );

  test('a sign of life is written at most once a minute, and after the answer', async () => {
    const startMs = world.nowMs();
    world.advance(minute);
    await request(token);
    expect((await stored(token))?.lastSeenAtMs).toBe(startMs);
    world.advance(1);
    const meter = world.ctx().db.meter;
    const ctx = { ...world.ctx(), db: world.database.connect(meter) };
    await authenticate(ctx, token);
    expect(meter.roundTrips).toBe(1);
    expect((await stored(token))?.lastSeenAtMs).toBe(startMs);
    await world.settle();
    expect((await stored(token))?.lastSeenAtMs).toBe(startMs + minute + 1);
    world.advance(minute);
    await request(token);
    expect((await stored(token))?.lastSeenAtMs).toBe(startMs + minute + 1);
  });

  test('a sign of life that is written late does not turn time back', async () => {
    const startMs = world.nowMs();
    world.advance(2 * minute);
    const late: (() => Promise<unknown>)[] = [];
    const ctx = { ...world.ctx(), defer: (work: () => Promise<unknown>) => late.push(work) };
    await authenticate(ctx, token);
    world.advance(5 * minute);
    await request(token);
    await Promise.all(late.map((work) => work()));
    expect((await stored(token))?.lastSeenAtMs).toBe(startMs + 7 * minute);
  });
});

describe('whose session it is', () => {
  test('nobody’s without the very cookie', async () => {
    const [id = '', secret = ''] = token.split('.');
    const [otherId = '', otherSecret = ''] = (await sessionFor(accountId)).split('.');
    const hash = (await stored(token))?.secretHash ?? '';
    const forged = [
      null,
      '',
      '.',
      id,
      secret,
      `${id}.`,
      `${id}.${secret.slice(0, -1)}`,
      `${id}.${secret}x`,
      `${id}.${otherSecret}`,
      `${otherId}.${secret}`,
      `${id}.${hash}`,
      `${id}%.${secret}`,
      "' or 1=1 --.x",
    ];
    for (const cookie of forged) expect(await authenticate(world.ctx(), cookie)).toBeNull();
    expect(await isLive(token)).toBe(true);
  });

  test('only the hash of its secret is stored', async () => {
    expect(JSON.stringify(await stored(token))).not.toContain(token.split('.')[1]);
  });

  test('X-01: the header is told a masked name, the level and until when', async () => {
    expect(await describeSession(world.ctx(), token)).toEqual({
      maskedName: '林*远',
      level: 2,
      isProfileComplete: false,
      unread: 0,
      hasConsented: true,
      hasAgreed: true,
      cancellationDueAtMs: null,
      endsAtMs: world.nowMs() + 30 * minute,
    });
  });

  test('without a database it is service.unavailable, not signed out', async () => {
    const ctx = withoutDatabase(world.ctx());
    expect(await refusalOf(authenticate(ctx, token))).toEqual({ code: 'service.unavailable' });
  });
});

describe('the list of sessions', () => {
  let other: Applicant;
  beforeAll(async () => {
    other = await register(world, citizenNamed('古丽·买买提'));
  });
  const stranger = () => sessionFor(other.signedIn.account.id);

  test('shows one’s own that live, newest first, and which one asks', async () => {
    const startMs = world.nowMs();
    await stranger();
    world.advance(minute);
    const phone = await sessionFor(accountId, 'Safari · iOS');
    const { ctx, signedIn } = await applicantOf(world, token);
    expect(await listSessions(ctx, signedIn)).toEqual([
      {
        id: phone.split('.')[0],
        label: 'Safari · iOS',
        createdAtMs: startMs + minute,
        lastSeenAtMs: startMs + minute,
        isCurrent: false,
      },
      {
        id: token.split('.')[0],
        label: 'Chrome · Android',
        createdAtMs: startMs,
        lastSeenAtMs: startMs,
        isCurrent: true,
      },
    ]);
  });

  test('one is ended, the others go on', async () => {
    const lost = await sessionFor(accountId);
    const { ctx, signedIn } = await applicantOf(world, token);
    await endSession(ctx, signedIn, { sessionId: lost.split('.')[0] ?? '' });
    expect(await isLive(lost)).toBe(false);
    expect(await isLive(token)).toBe(true);
    expect(await listSessions(ctx, signedIn)).toHaveLength(1);
  });

  test('somebody else’s is not ended by its id, and one that is not there is no error', async () => {
    const theirs = await stranger();
    const { ctx, signedIn } = await applicantOf(world, token);
    await endSession(ctx, signedIn, { sessionId: theirs.split('.')[0] ?? '' });
    await endSession(ctx, signedIn, { sessionId: 'nothing' });
    await endAllSessions(ctx, signedIn);
    expect(await isLive(theirs)).toBe(true);
  });

  test('signing out ends this one and keeps the other', async () => {
    const phone = await sessionFor(accountId);
    const { ctx, signedIn } = await applicantOf(world, token);
    await signOut(ctx, signedIn);
    expect(await isLive(token)).toBe(false);
    expect(await isLive(phone)).toBe(true);
    // Once more, by a second click, changes nothing.
    const endedAtMs = (await stored(token))?.endedAtMs;
    world.advance(1);
    await signOut(ctx, signedIn);
    expect((await stored(token))?.endedAtMs).toBe(endedAtMs);
  });

  test('ending all ends every one, this one too, and is recorded', async () => {
    const phone = await sessionFor(accountId);
    const { ctx, signedIn } = await applicantOf(world, token);
    await endAllSessions(ctx, signedIn);
    expect([await isLive(token), await isLive(phone)]).toEqual([false, false]);
    const recorded = await ctx.db
      .select({ actor: auditTable.actor, accountId: auditTable.accountId })
      .from(auditTable)
      .where(and(eq(auditTable.action, 'session.all_ended'), eq(auditTable.atMs, world.nowMs())));
    expect(recorded).toEqual([{ actor: `applicant:${accountId}`, accountId }]);
  });
});

test('when verification raises the rights, the old cookie is worth nothing and the new one is the same session', async () => {
  const citizen = citizenNamed('沈秀兰');
  const { ctx, signedIn, sessionToken } = await registerCompletely(world, citizen);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const result = await verify(ctx, signedIn, { name, validityStart, validityTerm });
  expect(await isLive(sessionToken)).toBe(false);
  const after = await authenticate(world.ctx(), result.sessionToken);
  expect(after).toMatchObject({ sessionId: signedIn.sessionId, account: { level: 3 } });
  const again = await verify(ctx, after ?? signedIn, { name, validityStart, validityTerm });
  expect(again).toMatchObject({ outcome: 'matched', sessionToken: null });
  expect(await isLive(result.sessionToken ?? '')).toBe(true);
});
