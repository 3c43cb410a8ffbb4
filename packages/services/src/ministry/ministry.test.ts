import {
  accountTable,
  allowanceTable,
  attestationTable,
  auditTable,
  commit,
  identifierTable,
  ministryVisitTable,
  noticeTable,
  sessionTable,
} from '@shiming/db';
import type { MinistryUser } from '@shiming/providers/testing/ministry';
import { and, eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { accountRow } from '../account/account.ts';
import { type Ctx, inPortal } from '../context.ts';
import { useUpOf } from '../testing/use-up.ts';
import { comeFrom, ministryForTests, type MinistryForTests } from '../testing/ministry.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  recoverUntilCode,
  register,
  registerUntilReview,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testKeys, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { submitRegistration } from '../registration/submit.ts';
import { arrive } from './arrive.ts';
import { beginVisit } from './begin.ts';
import { currentArrival, currentLink, linkMinistry, unlinkMinistry } from './link.ts';
import { leaveMinistry } from './visit.ts';

const minute = 60_000;
const citizen = citizenNamed('林知远');
const other = citizenNamed('许静姝');
const user: MinistryUser = {
  sub: 'Person-1',
  name: '林知远',
  phone_number: '+86 139-0000-0001',
  phone_number_verified: true,
  email: 'lin@example.com',
  email_verified: true,
};

let it: MinistryForTests;
let world: TestWorld;

beforeEach(async () => {
  it = await ministryForTests();
  world = await createTestWorld({ ministry: it.ministry });
});
afterEach(() => world.close());

/** Somebody goes to the ministry and comes back, and their browser is known by the cookie. */
async function come(who = user, ctx = world.ctx(), purpose: 'sign_in' | 'link' = 'sign_in') {
  const { token, query } = await comeFrom(it, ctx, who, purpose);
  return { token, arrived: await arrive(ctx, token, { query }) };
}

/** A person of an account, who has proved who they are, comes from the ministry for the first time and links both. */
async function link({ ctx, signedIn }: Applicant, who = user) {
  const { token } = await come(who, ctx, 'link');
  await linkMinistry(ctx, signedIn, token);
}

const registered = async (who = citizen) => proved(world, await register(world, who));
const links = () =>
  world
    .ctx()
    .db.select({ accountId: identifierTable.accountId, signsIn: identifierTable.signsIn })
    .from(identifierTable)
    .where(eq(identifierTable.kind, 'ministry'));
const kindsTold = async () =>
  (await world.ctx().db.select({ kind: noticeTable.kind }).from(noticeTable)).map(
    ({ kind }) => kind,
  );
const audited = async (action: 'login.signed_in' | 'ministry.linked' | 'ministry.unlinked') =>
  world
    .ctx()
    .db.select({ facts: auditTable.facts })
    .from(auditTable)
    .where(eq(auditTable.action, action));

describe('T-REG-15: somebody comes from the ministry for the first time', () => {
  test('and has an account: they prove it, it is linked, and they are told', async () => {
    const me = await registered();
    const { token, arrived } = await come(user, me.ctx);
    expect(arrived).toEqual({ outcome: 'unknown' });
    expect(await currentArrival(me.ctx, token)).toEqual({
      name: '林知远',
      mobile: '13900000001',
      email: 'lin@example.com',
      expiresAtMs: world.nowMs() + 30 * minute,
    });
    expect(await currentLink(me.ctx, me.signedIn)).toEqual({ linkedAtMs: null });
    await linkMinistry(me.ctx, me.signedIn, token);
    expect(await currentLink(me.ctx, me.signedIn)).toEqual({ linkedAtMs: world.nowMs() });
    expect(await links()).toEqual([{ accountId: me.signedIn.account.id, signsIn: true }]);
    expect(await kindsTold()).toContain('ministry_linked');
    expect(await audited('ministry.linked')).toHaveLength(1);
    expect(await currentArrival(me.ctx, token)).toBeNull();
    expect(await refusalOf(linkMinistry(me.ctx, me.signedIn, token))).toEqual({
      code: 'ministry.refused',
    });
  });

  test('X-02: a session alone links and unlinks nothing', async () => {
    const { ctx, signedIn } = await register(world, citizen);
    const { token } = await come(user, ctx);
    for (const provedAtMs of [null, world.nowMs() - 10 * minute]) {
      const session = { ...signedIn, provedAtMs };
      const required = { code: 'proof.required' };
      expect(await refusalOf(linkMinistry(ctx, session, token))).toEqual(required);
      expect(await refusalOf(unlinkMinistry(ctx, session))).toEqual(required);
    }
  });

  test('an equal mail address links nobody, and signs nobody in', async () => {
    await registered();
    const { arrived } = await come({
      sub: 'Person-9',
      email: 'someone@example.com',
      email_verified: true,
    });
    expect(arrived).toEqual({ outcome: 'unknown' });
    expect(await links()).toEqual([]);
  });

  test('two names are two persons, and one that is not known is none', async () => {
    const me = await registered();
    const { token } = await come({ ...user, name: '许静姝' }, me.ctx);
    expect(await refusalOf(linkMinistry(me.ctx, me.signedIn, token))).toEqual({
      code: 'ministry.name_differs',
    });
    await link(me, { sub: 'Person-2' });
    const nobody = await registerWithoutIdentity(world, { mobile: '13900000077' });
    await link(nobody, { sub: 'Person-3', name: '许静姝' });
    expect(await links()).toHaveLength(2);
  });

  test('and registers: the account is linked with it, where the name is the ministry’s', async () => {
    const ctx = world.ctx();
    const { token } = await come(user, ctx);
    const draft = await registerUntilReview(world, citizen, ctx);
    await submitRegistration(ctx, draft, { hasAgreed: true }, token);
    expect(await links()).toHaveLength(1);
    expect(await kindsTold()).toEqual(['ministry_linked']);
    expect((await come()).arrived.outcome).toBe('signed_in');
    // The next person at the same computer registers before the visit is over.
    const { token: left } = await come({ ...user, sub: 'Person-2' }, ctx);
    const theirs = await registerUntilReview(world, other, ctx);
    await submitRegistration(ctx, theirs, { hasAgreed: true }, left);
    expect(await links()).toHaveLength(1);
  });

  test('a registration goes on where the ministry’s account was linked meanwhile, or the visit is over', async () => {
    const ctx = world.ctx();
    const { token } = await come(user, ctx);
    await link(await registered(), user);
    const draft = await registerUntilReview(world, other, ctx);
    await submitRegistration(ctx, draft, { hasAgreed: true }, token);
    const { token: late } = await come({ sub: 'Person-4', name: '苏念真' }, ctx);
    world.advance(30 * minute);
    expect(await currentArrival(ctx, late)).toBeNull();
    expect(await links()).toHaveLength(1);
  });

  test('they say that it is somebody else: nothing of it is left', async () => {
    const ctx = world.ctx();
    const { token } = await come(user, ctx);
    await leaveMinistry(ctx, token);
    await leaveMinistry(ctx, token);
    expect(await ctx.db.select().from(ministryVisitTable)).toEqual([]);
  });

  test('what the ministry says that no form here would take is left out', async () => {
    const { token } = await come({
      sub: 'Person-5',
      name: '<b>',
      phone_number: '+44 20 7946 0000',
      phone_number_verified: true,
      email: 'lin@example.com',
    });
    expect(await currentArrival(world.ctx(), token)).toMatchObject({
      name: null,
      mobile: null,
      email: null,
    });
  });
});

describe('T-REG-15: somebody comes again', () => {
  let me: Applicant;
  beforeEach(async () => {
    me = await registered();
    await link(me);
  });

  test('is signed in, told of a new device, and has proved nothing by it', async () => {
    const { arrived } = await come();
    if (arrived.outcome !== 'signed_in') throw new Error('not signed in');
    const { signedIn } = await applicantOf(world, arrived.sessionToken);
    expect(signedIn.account.id).toBe(me.signedIn.account.id);
    expect(signedIn.provedAtMs).toBeNull();
    expect(await kindsTold()).toContain('new_device');
    const facts = (await audited('login.signed_in')).map(
      (each) => JSON.parse(each.facts) as object,
    );
    expect(facts).toContainEqual({ isKnownDevice: false, by: 'ministry' });
    expect(await world.ctx().db.select().from(ministryVisitTable)).toEqual([]);

    const known = world.ctx({ visitor: { deviceMarks: [arrived.deviceMark] } });
    const told = (await kindsTold()).length;
    await come(user, known);
    expect(await kindsTold()).toHaveLength(told);
  });

  test('the session that this browser held ends', async () => {
    const held = { session: me.sessionToken, staff: null };
    await come(user, world.ctx({ visitor: { held } }));
    const live = await world
      .ctx()
      .db.select({ id: sessionTable.id })
      .from(sessionTable)
      .where(and(eq(sessionTable.id, me.signedIn.sessionId), isNull(sessionTable.endedAtMs)));
    expect(live).toEqual([]);
  });

  test('subjects are told apart by case, and are of one issuer', async () => {
    expect((await come({ sub: 'person-1' })).arrived.outcome).toBe('unknown');
    const theirs = await ministryForTests();
    const elsewhere = {
      ...theirs.ministry,
      redeem: async (...of: Parameters<typeof theirs.ministry.redeem>) => ({
        ...(await theirs.ministry.redeem(...of)),
        issuer: 'https://id.other.test',
      }),
    } as typeof theirs.ministry;
    const ctx: Ctx = { ...world.ctx(), ministry: elsewhere };
    const { token, query } = await comeFrom(theirs, ctx, user);
    expect(await arrive(ctx, token, { query })).toEqual({ outcome: 'unknown' });
  });

  test('a slash at the end of the issuer is no other account', async () => {
    const slashed: Ctx = {
      ...world.ctx(),
      ministry: {
        ...it.ministry,
        redeem: async (...of) => {
          const answer = await it.ministry.redeem(...of);
          return 'issuer' in answer ? { ...answer, issuer: `${answer.issuer}/` } : answer;
        },
      },
    };
    const { token, query } = await comeFrom(it, slashed, user);
    expect((await arrive(slashed, token, { query })).outcome).toBe('signed_in');
  });

  test('an account that is suspended or closed says so and opens nothing; restored, it opens again', async () => {
    const { account } = me.signedIn;
    const ctx = world.ctx();
    await commit(ctx.db, await closeAccount(ctx, account, 'owner'));
    expect((await refusalOf(come())).code).toBe('account.closed');
    const [closed] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, account.id));
    if (closed === undefined) throw new Error('it is gone');
    await commit(ctx.db, await restoreAccount(ctx, closed));
    expect((await come()).arrived.outcome).toBe('signed_in');
  });

  test('of a closed account another one may have it, and then it is not restored', async () => {
    const ctx = world.ctx();
    await commit(ctx.db, await closeAccount(ctx, me.signedIn.account, 'owner'));
    const theirs = await registered(other);
    await link(theirs, { sub: 'Person-1' });
    const { arrived } = await come();
    if (arrived.outcome !== 'signed_in') throw new Error('not signed in');
    const { signedIn } = await applicantOf(world, arrived.sessionToken);
    expect(signedIn.account.id).toBe(theirs.signedIn.account.id);
  });

  test('it is linked to one account, and does not sign in who wanted to link it', async () => {
    const theirs = await registered(other);
    const elsewhere = { code: 'ministry.linked_elsewhere' };
    expect(await refusalOf(link(theirs, user))).toEqual(elsewhere);
  });

  test('unlinked, they are a stranger again; a second time there is nothing to unlink', async () => {
    await unlinkMinistry(me.ctx, me.signedIn);
    expect(await kindsTold()).toContain('ministry_unlinked');
    expect(await audited('ministry.unlinked')).toHaveLength(1);
    expect((await come()).arrived).toEqual({ outcome: 'unknown' });
    expect(await refusalOf(unlinkMinistry(me.ctx, me.signedIn))).toEqual({
      code: 'ministry.not_linked',
    });
  });

  test('a reset of the password unlinks it, since somebody else may have linked it; the holder is told', async () => {
    world.advance(minute);
    const { token, code } = await recoverUntilCode(world, citizen);
    const password = 'Zhuye-47*stone';
    await resetPassword(world.ctx(), token, { code, password, passwordAgain: password });
    expect(await links()).toEqual([]);
    expect(await kindsTold()).toContain('ministry_unlinked');
    expect(await audited('ministry.unlinked')).toHaveLength(1);
    expect((await come()).arrived).toEqual({ outcome: 'unknown' });
  });

  test('another account of the ministry takes the place of the first', async () => {
    await link(me, { ...user, sub: 'Person-2' });
    expect((await come()).arrived.outcome).toBe('unknown');
    expect((await come({ ...user, sub: 'Person-2' })).arrived.outcome).toBe('signed_in');
  });

  test('is found while keys rotate, and after', async () => {
    const { index, vault, ...rest } = world.keys;
    const [fresh] = [testKeys()];
    const keys = {
      ...rest,
      index: [{ ...fresh.index[0], id: 'i2' }, ...index] as typeof index,
      vault: [{ ...fresh.vault[0], id: 'v2' }, ...vault] as typeof vault,
    };
    expect((await come(user, world.ctx({ keys }))).arrived.outcome).toBe('signed_in');
    await rotateKeys(world.ctx({ keys }));
    const after = { ...keys, index: [keys.index[0]], vault: [keys.vault[0]] } as typeof keys;
    expect((await come(user, world.ctx({ keys: after }))).arrived.outcome).toBe('signed_in');
  });

  test('what was attested stays as it was', async () => {
    const before = await world.ctx().db.select().from(attestationTable);
    await come();
    expect(await world.ctx().db.select().from(attestationTable)).toEqual(before);
  });
});

describe('what comes back is looked at once, in the browser that went', () => {
  test('a replayed state, another browser’s, one that is too old, and none', async () => {
    const ctx = world.ctx();
    const { token, query } = await comeFrom(it, ctx, user);
    const refused = { code: 'ministry.refused' };
    const { token: another } = await comeFrom(it, ctx, user);
    expect(await refusalOf(arrive(ctx, another, { query }))).toEqual(refused);
    expect(await refusalOf(arrive(ctx, null, { query }))).toEqual(refused);
    expect(await refusalOf(arrive(ctx, `${token.split('.')[0]}.guess`, { query }))).toEqual(
      refused,
    );
    await arrive(ctx, token, { query });
    expect(await refusalOf(arrive(ctx, token, { query }))).toEqual(refused);
    const late = await comeFrom(it, ctx, user);
    world.advance(30 * minute);
    expect(await refusalOf(arrive(ctx, late.token, late))).toEqual(refused);
  });

  test('of ten that bring it at once, one goes on', async () => {
    const { token, query } = await comeFrom(it, world.ctx(), user);
    const { done, refused } = await atOnce(10, () => arrive(world.ctx(), token, { query }));
    expect(done).toEqual([{ outcome: 'unknown' }]);
    expect(codesOf(refused)).toEqual({ 'ministry.refused': 9 });
  });

  test('of two accounts that link it at once, one does', async () => {
    const both = [await registered(), await registered(other)];
    const arrivals = await Promise.all(
      both.map(async (who) => (await come({ sub: 'Person-7' }, who.ctx)).token),
    );
    const { done, refused } = await atOnce(2, (index) => {
      const { ctx, signedIn } = both[index] as Applicant;
      return linkMinistry(ctx, signedIn, arrivals[index] ?? null);
    });
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'ministry.linked_elsewhere': 1 });
    expect(await links()).toHaveLength(1);
  });

  test('a swapped nonce, wrong keys: refused, and nothing is kept of whoever it was', async () => {
    it.provider.state.changeClaims = (claims) => ({ ...claims, nonce: 'another' });
    expect(await refusalOf(come())).toEqual({ code: 'ministry.refused' });
    it.provider.state.changeClaims = (claims) => claims;
    it.provider.state.signsWith = 'other';
    expect(await refusalOf(come())).toEqual({ code: 'ministry.refused' });
    const visits = await world.ctx().db.select().from(ministryVisitTable);
    expect(visits.map(({ arrivalSealed }) => arrivalSealed)).toEqual([null, null]);
  });

  test('the ministry is away, or lets somebody in nowhere', async () => {
    const ctx = world.ctx();
    const { token, query } = await comeFrom(it, ctx, user);
    it.provider.state.isDown = true;
    const unavailable = { code: 'ministry.unavailable' };
    expect(await refusalOf(arrive(ctx, token, { query }))).toEqual(unavailable);
    it.provider.state.isDown = false;
    const gone = await comeFrom(it, ctx, user);
    const state = new URLSearchParams(gone.query).get('state') ?? '';
    const denied = `?${new URLSearchParams({ error: 'access_denied', state })}`;
    expect(await refusalOf(arrive(ctx, gone.token, { query: denied }))).toEqual({
      code: 'ministry.denied',
    });
    const fresh = await ministryForTests();
    fresh.provider.state.isDown = true;
    const away = { ...ctx, ministry: fresh.ministry };
    const { db } = ctx;
    const visits = await db.$count(ministryVisitTable);
    expect(await refusalOf(beginVisit(away, { purpose: 'sign_in' }))).toEqual(unavailable);
    expect(await db.$count(ministryVisitTable)).toBe(visits);
    const begins = await db
      .select({ isCounted: allowanceTable.isCounted })
      .from(allowanceTable)
      .where(eq(allowanceTable.kind, 'ministry.begin'))
      .orderBy(allowanceTable.isCounted);
    expect(begins.map(({ isCounted }) => isCounted)).toEqual([false, true, true]);
  });

  test('begun at one portal, it ends at no other', async () => {
    const { token, query } = await comeFrom(it, world.ctx(), user);
    const elsewhere = inPortal(world.ctx(), 'student');
    expect(await refusalOf(arrive(elsewhere, token, { query }))).toEqual({
      code: 'ministry.refused',
    });
  });

  test('an operator that is no client of the ministry has no such door', async () => {
    const ctx = { ...world.ctx(), ministry: null };
    const none = { code: 'request.not_found' };
    expect(await refusalOf(beginVisit(ctx, { purpose: 'sign_in' }))).toEqual(none);
    expect(await refusalOf(arrive(ctx, 'a.b', { query: '' }))).toEqual(none);
  });

  test('an address that has begun as often as a campus begins no more', async () => {
    await beginVisit(world.ctx(), { purpose: 'sign_in' });
    await useUpOf(world, 'ministry.begin', { address: '203.0.113.7' }, 2_000);
    expect((await refusalOf(beginVisit(world.ctx(), { purpose: 'sign_in' }))).code).toBe(
      'request.too_many',
    );
  });

  test('without the database nothing is asked of the ministry', async () => {
    const ctx = withoutDatabase(world.ctx());
    const asked = it.provider.state.asks.length;
    const unavailable = { code: 'service.unavailable' };
    expect(await refusalOf(beginVisit(ctx, { purpose: 'sign_in' }))).toEqual(unavailable);
    expect(await refusalOf(arrive(ctx, 'a.b', { query: '' }))).toEqual(unavailable);
    expect(it.provider.state.asks).toHaveLength(asked);
  });
});
