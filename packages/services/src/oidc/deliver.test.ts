import {
  accountTable,
  attestationTable,
  cancellationTable,
  commit,
  guard,
  serviceClientTable,
  serviceDisclosureTable,
  serviceEventTable,
} from '@shiming/db';
import type { ServiceClient, ServiceField } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountRow, openIdentity } from '../account/account.ts';
import { type AccountChange, changeAccount } from '../account/change.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { eraseCancelled } from '../data/erase-cancelled.ts';
import { endAllSessions, endSession, signOut } from '../login/end-sessions.ts';
import { newSession } from '../session/session.ts';
import { attestFor } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
  signInAs,
} from '../testing/people.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { tellOfEnds } from '../verification/attestation-ends.ts';
import { type Answer, deliverEvents, type SendToken } from './deliver.ts';
import { commitTokens, nameSubject, noteDisclosure, noteSession, sidOf } from './tokens.ts';

let world: TestWorld;
let person: Applicant;
/** What services were sent, in that order. */
let sent: Parameters<SendToken>[0][];
const taken: Answer = { outcome: 'taken', said: 'http_202' };
const down: Answer = { outcome: 'unavailable', said: 'http_503' };

const send: SendToken = async (token) => {
  sent.push(token);
  return taken;
};
const deliver = () => deliverEvents(world.ctx(), send);

/** What a token says has happened: the ends of its events' names, and what each says beside the time. */
function happened({ claims }: (typeof sent)[number]) {
  const { aud, sub, sid, events, ...more } = claims as {
    aud: string;
    sub?: string;
    sid?: string;
    sub_id?: { sub: string };
    events: Record<string, Record<string, unknown>>;
  };
  const [uri = ''] = Object.keys(events);
  const { event_timestamp: _, ...said } = events[uri] ?? {};
  const of = sub ?? more.sub_id?.sub ?? '';
  return { aud, of, is: uri.slice(uri.lastIndexOf('/') + 1), ...said, ...(sid ? { sid } : {}) };
}
/** What is sent now: events first, and then logout tokens, which go to another address beside them. */
async function told() {
  sent.length = 0;
  await deliver();
  sent.sort((a, b) => Number(a.type === 'logout+jwt') - Number(b.type === 'logout+jwt'));
  return sent.map(happened);
}

/** The transactions that a service was sent. */
const txns = (of: string) =>
  sent.map(({ claims }) => claims).flatMap(({ aud, txn }) => (aud === of && txn ? [txn] : []));

async function registerClient(service: string, more: Partial<ServiceClient> = {}) {
  const registration: ServiceClient = {
    redirectUris: [],
    postLogoutRedirectUris: [],
    startUri: null,
    jwks: { keys: [] },
    jwksUri: null,
    eventsUri: `https://${service}.example.cn/events`,
    backchannelLogoutUri: `https://${service}.example.cn/out`,
    required: ['name', 'document'],
    optional: [],
    ...more,
  };
  const row = { id: service, portal: 'teacher', service, registration, createdAtMs: 0 };
  await world.ctx().db.insert(serviceClientTable).values(row);
}

/** The person agrees to enter a service, which then knows them at level 2. */
async function enter(serviceId: string, fields: readonly ServiceField[] = ['name', 'document']) {
  const { ctx, signedIn } = person;
  await giveConsent(ctx, signedIn, { kind: 'service', serviceId, fields, hasAgreed: false });
  await ctx.db.batch(nameSubject(ctx, signedIn.account.id, serviceId, 2));
}

async function change(what: AccountChange) {
  const ctx = world.ctx();
  const [account] = await ctx.db
    .select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, person.signedIn.account.id));
  if (account === undefined) throw new Error('no account');
  await commit(ctx.db, await changeAccount(ctx, account, what));
}
const setStatus = (status: 'active' | 'suspended') =>
  change({ status: { status, restorableUntilMs: null } });

/** The session signs in to the service. */
const visit = async ({ ctx, signedIn }: Applicant) => {
  const clientId = 'certification';
  const { sessionId, account } = signedIn;
  const id = await sidOf(ctx, sessionId, clientId);
  await ctx.db.batch(noteSession(ctx, { id, sessionId, accountId: account.id, clientId }));
  return id;
};

beforeEach(async () => {
  sent = [];
  world = await createTestWorld();
  person = await registerCompletely(world, citizenNamed('林知远'));
  await registerClient('certification');
  await registerClient('periodic-registration');
  await enter('certification');
  await deliver();
  person = await applicantOf(world, person.sessionToken);
});
afterEach(() => world.close());

describe('T-ENT-04: what becomes of an account', () => {
  test('reaches the services that its person has agreed to, each with its own name for the person', async () => {
    const { ctx, signedIn } = person;
    // One knows the person without their agreement, the other has no address.
    await ctx.db.batch(nameSubject(ctx, signedIn.account.id, 'periodic-registration', 2));
    await setStatus('suspended');
    const first = await told();
    expect(first.map(({ aud, is }) => [aud, is])).toEqual([
      ['certification', 'account-disabled'],
      ['certification', 'backchannel-logout'],
    ]);
    const of = first[0]?.of ?? '';
    expect(of).toHaveLength(32);
    expect(sent.map(({ type, address }) => [type, address])).toEqual([
      ['secevent+jwt', 'https://certification.example.cn/events'],
      ['logout+jwt', 'https://certification.example.cn/out'],
    ]);
    const [event, logout] = sent.map(({ claims }) => claims);
    expect(event).toMatchObject({
      iss: 'https://account.example.cn/oidc',
      txn: expect.any(String),
    });
    expect(event).not.toHaveProperty('exp');
    expect(event).not.toHaveProperty('sub');
    expect(logout).not.toHaveProperty('nonce');
    expect(new Set(sent.map(({ claims }) => claims['jti'])).size).toBe(2);
    await setStatus('active');
    expect(await told()).toEqual([{ aud: 'certification', of, is: 'account-enabled' }]);
    // Nothing more than was said.
    expect(await told()).toEqual([]);
    expect(JSON.stringify(sent)).not.toContain(signedIn.account.id);
  });

  test('tells no two services of a change by anything that they share', async () => {
    await enter('periodic-registration');
    await deliver();
    await change({
      passwordHash: 'another',
      status: { status: 'suspended', restorableUntilMs: null },
    });
    await told();
    const [one, other] = [txns('certification'), txns('periodic-registration')];
    expect([one.length, new Set(one).size]).toEqual([2, 1]);
    expect([other.length, new Set(other).size]).toEqual([2, 1]);
    expect(one[0]).not.toBe(other[0]);
    const { db } = world.ctx();
    const kept = (await db.select().from(serviceEventTable)).map(({ txn }) => txn);
    expect(kept).not.toContain(one[0]);
  });

  test('says nothing of a change that does not happen', async () => {
    const { ctx, signedIn } = person;
    const never = guard(ctx.db, sql`false`, { code: 'request.stale' });
    const batch = await changeAccount(ctx, signedIn.account, {
      status: { status: 'suspended', restorableUntilMs: null },
    });
    const refused = await refusalOf(commit(ctx.db, [...batch, never]));
    expect(refused).toEqual({ code: 'request.stale' });
    await change({});
    expect(await told()).toEqual([]);
    expect(await ctx.db.$count(serviceEventTable, eq(serviceEventTable.status, 'waiting'))).toBe(0);
  });

  test('tells another level once, also when a document has run out', async () => {
    const { account } = person.signedIn;
    await attestFor(world, account.id);
    await change({});
    await change({});
    expect(await told()).toMatchObject([
      {
        is: 'assurance-level-change',
        namespace: 'urn:shiming:level',
        previous_level: 'urn:shiming:level:2',
        current_level: 'urn:shiming:level:3',
        change_direction: 'increase',
      },
    ]);
    const untilMs = world.nowMs() + 3_600_000;
    const { db } = world.ctx();
    await db.update(attestationTable).set({ untilMs, lookAtMs: 0 });
    await tellOfEnds(world.ctx());
    expect(await told()).toEqual([]);
    world.advance(3_600_000);
    await tellOfEnds(world.ctx());
    expect(await told()).toMatchObject([
      { is: 'assurance-level-change', change_direction: 'decrease' },
    ]);
  });

  test('tells a new name to who has read the former one, and the person reads of it', async () => {
    const { ctx, signedIn } = person;
    const identity = await openIdentity(ctx, signedIn.account);
    await change({ identity: { ...identity, name: '林知遥' } });
    // The service has read nothing yet.
    expect(await told()).toEqual([]);
    const about = {
      accountId: signedIn.account.id,
      portal: 'teacher',
      service: 'certification',
      fields: ['name'],
      level: 2,
    } as const;
    await commitTokens(ctx, await noteDisclosure(ctx, { kind: 'AccessToken', value: 'a' }, about));
    await change({ identity: { ...identity, name: '林知遐' } });
    expect(await told()).toMatchObject([{ is: 'token-claims-change', claims: { name: '林知遐' } }]);
    const rows = await ctx.db.select().from(serviceDisclosureTable);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(await ctx.db.select().from(serviceEventTable))).not.toContain('林知');
    // The same once more is no change.
    await change({ identity: { ...identity, name: '林知遐' } });
    expect(await told()).toEqual([]);
  });

  test('reaches a service that needs more by now than its person has agreed to, without any field', async () => {
    const { ctx, signedIn } = person;
    const about = { accountId: signedIn.account.id, portal: 'teacher', level: 2 } as const;
    const read = { ...about, service: 'certification', fields: ['name'] } as const;
    await commitTokens(ctx, await noteDisclosure(ctx, { kind: 'AccessToken', value: 'a' }, read));
    await ctx.db.delete(serviceClientTable);
    await registerClient('certification', { required: ['name', 'document', 'mobile'] });
    const identity = await openIdentity(ctx, signedIn.account);
    await change({ identity: { ...identity, name: '林知遥' } });
    await setStatus('suspended');
    expect((await told()).map(({ is }) => is)).toEqual(['account-disabled', 'backchannel-logout']);
  });

  test('tells another mobile to the service alone that the person lets have it', async () => {
    const { ctx, signedIn } = person;
    await world.ctx().db.delete(serviceClientTable);
    for (const service of ['certification', 'periodic-registration']) {
      await registerClient(service, { optional: ['mobile'] });
    }
    await enter('periodic-registration', ['name', 'document', 'mobile']);
    for (const service of ['certification', 'periodic-registration']) {
      const about = {
        accountId: signedIn.account.id,
        portal: 'teacher',
        service,
        level: 2,
      } as const;
      const fields = ['name', 'mobile'] as const;
      const name = { kind: 'AccessToken', value: service };
      await commitTokens(ctx, await noteDisclosure(ctx, name, { ...about, fields }));
    }
    await change({ contact: { mobile: { value: '19900000088', provedAtMs: world.nowMs() } } });
    expect(await told()).toMatchObject([
      { claims: { phone_number: '+8619900000088', phone_number_verified: true } },
    ]);
    expect(sent[0]?.claims['aud']).toBe('periodic-registration');
  });

  test('tells of another password, and of the end of all sessions', async () => {
    await change({ passwordHash: 'another' });
    expect(await told()).toMatchObject([
      { is: 'credential-change', credential_type: 'password', change_type: 'update' },
    ]);
    await endAllSessions(person.ctx, person.signedIn);
    expect((await told()).map(({ is }) => is)).toEqual(['session-revoked', 'backchannel-logout']);
  });

  test('reaches services also once the account is deleted', async () => {
    const { account } = person.signedIn;
    const { db } = world.ctx();
    await db
      .insert(cancellationTable)
      .values({ accountId: account.id, requestedAtMs: 0, dueAtMs: world.nowMs() });
    await eraseCancelled(world.ctx());
    expect(await told()).toMatchObject([{ is: 'account-purged' }]);
  });
});

describe('signing out', () => {
  test('tells the services of that session alone, by their own name for it', async () => {
    const { ctx, signedIn } = person;
    await enter('periodic-registration');
    const sid = await visit(person);
    const { token, statement } = await newSession(world.ctx(), signedIn.account.id);
    await commit(ctx.db, [statement]);
    const other = await applicantOf(world, token);
    // A session that no service knows, and one that is not one's own.
    await signOut(other.ctx, other.signedIn);
    const stranger = await registerCompletely(world, citizenNamed('沈秀兰'));
    await endSession(stranger.ctx, stranger.signedIn, { sessionId: signedIn.sessionId });
    expect(await told()).toEqual([]);
    await signOut(ctx, signedIn);
    expect(await told()).toMatchObject([{ aud: 'certification', is: 'backchannel-logout', sid }]);
    world.advance(1);
    const again = world.ctx({ actor: ctx.actor });
    await signOut(again, signedIn);
    expect(await told()).toEqual([]);
  });

  test('somebody else who signs in in the browser ends what its session has at services; a forged cookie does not', async () => {
    const sid = await visit(person);
    const other = citizenNamed('沈秀兰');
    await registerCompletely(world, other);
    const signInOver = (session: string) =>
      signInAs(
        world.ctx({ visitor: { held: { session, staff: null } } }),
        other.number,
        testPassword,
      );
    await signInOver(`${person.signedIn.sessionId}.forged`);
    expect(await told()).toEqual([]);
    await signInOver(person.sessionToken);
    expect(await told()).toMatchObject([{ is: 'backchannel-logout', sid }]);
  });

  test('a consent that is withdrawn signs the person out of its service, which learns nothing more', async () => {
    await enter('periodic-registration');
    const { ctx, signedIn } = person;
    await setStatus('suspended');
    await withdrawConsent(ctx, signedIn, { kind: 'service', serviceId: 'certification' });
    const of = (await told()).map(({ aud, is }) => `${aud} ${is}`);
    expect(of.filter((each) => each.startsWith('certification'))).toEqual([
      'certification backchannel-logout',
      'certification backchannel-logout',
    ]);
    expect(of).toContain('periodic-registration account-disabled');
  });
});

describe('sending', () => {
  test('of many senders at once one sends each', async () => {
    await enter('periodic-registration');
    for (const status of ['suspended', 'active', 'suspended'] as const) await setStatus(status);
    await atOnce(8, deliver);
    await deliver();
    const ids = sent.map(({ claims }) => claims['jti']);
    expect(new Set(ids).size).toBe(ids.length);
    const ofOne = sent.map(happened).filter(({ aud }) => aud === 'certification');
    expect(ofOne.map(({ is }) => is).filter((is) => is.startsWith('account'))).toEqual([
      'account-disabled',
      'account-enabled',
      'account-disabled',
    ]);
  });

  test('a service that is down gets everything later, in its order, and holds up no other', async () => {
    await enter('periodic-registration');
    await setStatus('suspended');
    await setStatus('active');
    const slow = 'certification';
    const failing: SendToken = async (token) =>
      token.claims['aud'] === slow && token.type === 'secevent+jwt' ? down : send(token);
    const { facts } = await deliverEvents(world.ctx(), failing);
    expect(facts).toMatchObject({ postponed: 1, refused: 0 });
    // Neither another service, nor the other address of this one.
    const ofSlow = sent.map(happened).filter(({ aud }) => aud === slow);
    expect(ofSlow.map(({ is }) => is)).toEqual(['backchannel-logout']);
    // Not before its time.
    expect(await told()).toEqual([]);
    world.advance(20 * 60_000);
    expect((await deliverEvents(world.ctx(), failing)).facts['alarm']).toBe(
      'events_overdue certification',
    );
    world.advance(30_000);
    expect((await told()).map(({ is }) => is)).toEqual(['account-disabled', 'account-enabled']);
  });

  test('what a service refuses is counted, and not sent again; what nobody takes in a week ends', async () => {
    await setStatus('suspended');
    const refused: Answer = { outcome: 'refused', said: 'invalid_key' };
    const refusing: SendToken = async ({ type }) => (type === 'logout+jwt' ? down : refused);
    expect((await deliverEvents(world.ctx(), refusing)).facts).toMatchObject({
      refused: 1,
      postponed: 1,
      alarm: 'event_refused certification invalid_key',
    });
    world.advance(7 * 24 * 3_600_000);
    expect((await deliver()).facts).toMatchObject({
      expired: 1,
      waiting: 0,
      alarm: 'events_expired certification',
    });
    const { db } = world.ctx();
    const rows = await db
      .select({ status: serviceEventTable.status, answer: serviceEventTable.answer })
      .from(serviceEventTable)
      .where(sql`${serviceEventTable.kind} in ('disabled', 'logout')`);
    expect(rows).toEqual([
      { status: 'refused', answer: 'invalid_key' },
      { status: 'expired', answer: 'http_503' },
    ]);
  });

  test('an event that cannot be made is counted and left with what follows it of its person, and holds up no other', async () => {
    const { ctx, signedIn } = person;
    const { id: accountId } = signedIn.account;
    const about = { accountId, portal: 'teacher', service: 'certification', level: 2 } as const;
    const token = { kind: 'AccessToken', value: 'a' };
    await commitTokens(ctx, await noteDisclosure(ctx, token, { ...about, fields: ['name'] }));
    const identity = await openIdentity(ctx, signedIn.account);
    await change({ identity: { ...identity, name: '林知遥' } });
    await setStatus('suspended');
    const isIt = eq(accountTable.id, accountId);
    const [account] = await ctx.db.select().from(accountTable).where(isIt);
    await ctx.db.update(accountTable).set({ identitySealed: 'gone.x' }).where(isIt);
    world.advance(1);
    person = await registerCompletely(world, citizenNamed('沈秀兰'));
    await enter('certification');
    await change({ passwordHash: 'another' });
    const failed: unknown[] = [];
    const { facts } = await deliverEvents(world.ctx(), send, {
      isOver: () => false,
      fail: (error) => failed.push(error),
    });
    expect(failed).toHaveLength(1);
    expect(facts).toMatchObject({ waiting: 3, alarm: 'event_failed certification' });
    const ofEvents = sent.filter(({ type }) => type === 'secevent+jwt').map(happened);
    expect(ofEvents.map(({ is }) => is)).toEqual(['credential-change']);
    // Once it can be made, it goes first.
    await ctx.db
      .update(accountTable)
      .set(account ?? {})
      .where(isIt);
    expect((await told()).map(({ is }) => is)).toEqual(['token-claims-change', 'account-disabled']);
  });

  test('what happens while a service is suspended it gets once it is in force again; one that has ended gets nothing', async () => {
    const { db } = world.ctx();
    const setClient = (to: Partial<typeof serviceClientTable.$inferInsert>) =>
      db.update(serviceClientTable).set(to).where(eq(serviceClientTable.id, 'certification'));
    await change({ passwordHash: 'another' });
    await setClient({ suspendedAtMs: world.nowMs() });
    await setStatus('suspended');
    world.advance(20 * 60_000);
    expect(await deliver()).toMatchObject({ done: 0, since: null, facts: { waiting: 0 } });
    await setClient({ suspendedAtMs: null });
    expect((await told()).map(({ is }) => is)).toEqual([
      'credential-change',
      'account-disabled',
      'backchannel-logout',
    ]);
    await setStatus('active');
    await setClient({ registration: null });
    expect(await told()).toEqual([]);
    expect(await db.$count(serviceEventTable, eq(serviceEventTable.status, 'waiting'))).toBe(0);
  });

  test('a sender that dies leaves its event to the next, under the same id', async () => {
    await change({ passwordHash: 'another' });
    const dying: SendToken = async (token) => {
      sent.push(token);
      throw new Error('died');
    };
    await expect(deliverEvents(world.ctx(), dying)).rejects.toThrow('died');
    const [before] = sent;
    expect(await told()).toEqual([]);
    world.advance(31_000);
    await told();
    expect(sent[0]?.claims['jti']).toBe(before?.claims['jti']);
  });
});
