import {
  accountTable,
  attestationTable,
  auditTable,
  cancellationTable,
  commit,
  identifierTable,
  sessionTable,
} from '@shiming/db';
import type { AccountStatus } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bindingRow } from '../account/binding.ts';
import { isIdentifier } from '../account/identifiers.ts';
import { changePassword } from '../login/change-password.ts';
import { proveByPassword } from '../proof/by-password.ts';
import { currentProof } from '../proof/current.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { submitRegistration } from '../registration/submit.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  recoverUntilCode,
  register,
  registerCompletely,
  registerUntilReview,
  registerWithoutIdentity,
  signInAs,
} from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { describeSession } from '../standing/describe.ts';
import { endAllSessions, endSession, listSessions, signOut } from '../login/end-sessions.ts';
import { authenticate, guardSignedIn, newSession } from './session.ts';

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

  test('a cookie that is longer than any of ours is not asked about', async () => {
    const ctx = world.ctx();
    expect(await authenticate(ctx, `${'a'.repeat(10_000)}.x`)).toBeNull();
    expect(ctx.db.meter.roundTrips).toBe(0);
  });

  test('only the hash of its secret is stored', async () => {
    expect(JSON.stringify(await stored(token))).not.toContain(token.split('.')[1]);
  });

  test('X-01: the header is told a masked name, the level and until when', async () => {
    expect(await describeSession(world.ctx(), token)).toEqual({
      session: {
        drawnFrom: accountId,
        maskedName: '林*远',
        level: 2,
        next: { step: 'complete_profile', afterwards: 'verify' },
        proved: null,
        missing: ['profile'],
        unread: 0,
        unseen: 0,
        hasConsented: true,
        hasAgreed: true,
        identityCheck: null,
        cancellationDueAtMs: null,
        endsAtMs: world.nowMs() + 30 * minute,
      },
      sessionToken: null,
    });
  });

  test.for(['suspended', 'closed'] as const)(
    'lets nothing be changed of an account that is %s meanwhile',
    async (status) => {
      const person = await applicantOf(world, token);
      const giveStatus = (given: AccountStatus) =>
        person.ctx.db.update(accountTable).set({ status: given });
      await giveStatus(status);
      const refused = refusalOf(
        commit(person.ctx.db, [guardSignedIn(person.ctx, person.signedIn)]),
      );
      expect(await refused).toEqual({ code: 'session.required' });
      await giveStatus('active');
      await commit(person.ctx.db, [guardSignedIn(person.ctx, person.signedIn)]);
    },
  );

  test('proves nothing where it began without a password, as by registering', async () => {
    expect(await isProved(token)).toBe(false);
  });

  test('S-BND-04: is bound by the mobile that is proved, or by another binding alone', async () => {
    const { db } = world.ctx();
    const isBound = async () => (await authenticate(world.ctx(), token))?.isBound;
    const proveMobile = (provedAtMs: number | null) =>
      db.update(identifierTable).set({ provedAtMs }).where(isIdentifier(accountId, 'mobile'));
    expect(await isBound()).toBe(true);
    await proveMobile(null);
    expect(await isBound()).toBe(false);
    await db.insert(attestationTable).values(bindingRow(world.ctx(), accountId, 'classmates'));
    expect(await isBound()).toBe(true);
    await proveMobile(world.nowMs());
    expect(await isBound()).toBe(true);
    await db.delete(attestationTable);
  });

  test('X-07: says when its own account is deleted, and not when another is', async () => {
    const { db } = world.ctx();
    const other = await registerWithoutIdentity(world, { mobile: '13900000047' });
    const [requestedAtMs, dueAtMs] = [world.nowMs(), world.nowMs() + minute];
    await db
      .insert(cancellationTable)
      .values({ accountId: other.signedIn.account.id, requestedAtMs, dueAtMs });
    expect((await request(token))?.cancellationDueAtMs).toBeNull();
    expect((await request(other.sessionToken))?.cancellationDueAtMs).toBe(dueAtMs);
    await db.delete(cancellationTable);
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

const isProved = async (cookie: string) => {
  const { ctx, signedIn } = await applicantOf(world, cookie);
  return (await currentProof(ctx, signedIn)).provedUntilMs !== null;
};
/** What a page that starts is told, and the cookie that the answer brings. */
const cookieGiven = async (cookie: string) =>
  (await describeSession(world.ctx(), cookie))?.sessionToken;

describe('a new secret of a session', () => {
  const citizen = citizenNamed('沈秀兰');
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  let person: Applicant;
  beforeAll(async () => {
    person = await registerCompletely(world, citizen);
  });
  beforeEach(async () => {
    await world.ctx().db.delete(attestationTable);
    person = await applicantOf(world, await sessionFor(person.signedIn.account.id));
  });

  /** Verification raises the rights; answers the new cookie. */
  async function rise({ ctx, signedIn } = person): Promise<string> {
    const result = await verify(ctx, signedIn, { name, validityStart, validityTerm });
    return result.sessionToken ?? '';
  }
  const prove = ({ ctx, signedIn } = person) =>
    proveByPassword(ctx, signedIn, { password: testPassword });
  test('is the same session, and its first use ends the former one', async () => {
    const former = person.sessionToken;
    const next = await rise();
    expect(await isLive(former)).toBe(true);
    const after = await applicantOf(world, next);
    expect(after.signedIn).toMatchObject({
      sessionId: person.signedIn.sessionId,
      level: 3,
    });
    expect(await isLive(former)).toBe(false);
    expect(await cookieGiven(former)).toBeUndefined();
    expect(await listSessions(after.ctx, after.signedIn)).toHaveLength(1);
    const again = await verify(after.ctx, after.signedIn, { name, validityStart, validityTerm });
    expect(again).toMatchObject({ outcome: 'matched', sessionToken: null });
    expect(await isLive(next)).toBe(true);
  });

  test('whose answer was lost: the former one is good for a minute, to the millisecond', async () => {
    await rise();
    world.advance(minute - 1);
    expect(await isLive(person.sessionToken)).toBe(true);
    world.advance(1);
    expect(await isLive(person.sessionToken)).toBe(false);
    expect(await cookieGiven(person.sessionToken)).toBeUndefined();
  });

  test('whose answer was lost: the page that starts again is given it, by however many requests', async () => {
    const next = await rise();
    world.advance(minute - 1);
    const { done } = await atOnce(5, () => cookieGiven(person.sessionToken));
    expect(new Set(done)).toEqual(new Set([next]));
    world.advance(10 * minute);
    const { ctx, signedIn } = await applicantOf(world, next);
    expect(await listSessions(ctx, signedIn)).toMatchObject([{ isCurrent: true }]);
    expect(await cookieGiven(next)).toBeNull();
  });

  test('a proof does not raise the former one, nor what is given for it', async () => {
    const { sessionToken } = await prove();
    expect(await isProved(person.sessionToken)).toBe(false);
    expect(await cookieGiven(person.sessionToken)).toBe(sessionToken);
    expect(await isProved(sessionToken)).toBe(false);
  });

  test('after a change of password the former one is over at once, and nobody is given it', async () => {
    const changed = await changePassword(person.ctx, person.signedIn, {
      current: testPassword,
      password: 'Zhuye-47*stone',
      passwordAgain: 'Zhuye-47*stone',
    });
    expect(await isLive(person.sessionToken)).toBe(false);
    expect(await cookieGiven(person.sessionToken)).toBeUndefined();
    expect(await isLive(changed.sessionToken)).toBe(true);
    await world
      .ctx()
      .db.update(accountTable)
      .set({ passwordHash: person.signedIn.account.passwordHash });
  });

  test('the one before the former opens nothing, and neither does what follows from a wrong one', async () => {
    const second = await rise();
    const third = await prove(await applicantOf(world, second));
    expect(await isLive(person.sessionToken)).toBe(false);
    expect(await cookieGiven(person.sessionToken)).toBeUndefined();
    expect(await cookieGiven(`${second}x`)).toBeUndefined();
    expect(await isLive(second)).toBe(true);
    expect(await isLive(third.sessionToken)).toBe(true);
  });

  test('two tabs that both prove at once keep one cookie, and so do a proof and a verification', async () => {
    const both = await Promise.all([prove(), prove()]);
    expect(both[0]).toEqual(both[1]);
    expect(await isProved(both[0].sessionToken)).toBe(true);
    person = await applicantOf(world, both[0].sessionToken);
    const [verified, proof] = await Promise.all([rise(), prove()]);
    expect(verified).toBe(proof.sessionToken);
    expect(await isProved(verified)).toBe(true);
  });

  test('a stolen former one asked for twenty times at once while the new one is used is over', async () => {
    const next = await rise();
    await Promise.all([
      isLive(next),
      atOnce(20, () => authenticate(world.ctx(), person.sessionToken)),
    ]);
    expect(await isLive(person.sessionToken)).toBe(false);
    // A request that had come with it may still raise the session, but brings no third secret.
    expect((await prove()).sessionToken).toBe(next);
  });

  test('a session that was ended has none', async () => {
    const next = await rise();
    await endAllSessions(person.ctx, person.signedIn);
    expect([await isLive(person.sessionToken), await isLive(next)]).toEqual([false, false]);
    expect(await refusalOf(prove())).toEqual({ code: 'request.stale' });
  });
});

const holding = (session: string) => world.ctx({ visitor: { held: { session, staff: null } } });

describe('a browser that another person takes over', () => {
  const citizen = citizenNamed('林知远');
  const other = citizenNamed('何俊彦');

  test('who registers there ends the session of who was signed in, and no other one', async () => {
    const elsewhere = await sessionFor(accountId);
    const ctx = holding(token);
    const registration = await registerUntilReview(world, other, ctx);
    expect(await isLive(token)).toBe(true);
    const { sessionToken } = await submitRegistration(ctx, registration, { hasAgreed: true });
    expect([await isLive(token), await isLive(elsewhere), await isLive(sessionToken)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('and so does who signs in or resets a password there', async () => {
    await signInAs(holding(token), other.number, testPassword);
    expect(await isLive(token)).toBe(false);
    const next = await sessionFor(accountId);
    const ctx = holding(next);
    const recovery = await recoverUntilCode(world, other, ctx);
    const password = 'Zhuye-47*stone';
    await resetPassword(ctx, recovery.token, {
      code: recovery.code,
      password,
      passwordAgain: password,
    });
    expect(await isLive(next)).toBe(false);
  });

  test('a session id without its secret ends nothing', async () => {
    const [id = ''] = token.split('.');
    for (const held of [id, `${id}.`, `${id}.x`]) {
      await signInAs(holding(held), citizen.number, testPassword);
    }
    expect(await isLive(token)).toBe(true);
  });
});
