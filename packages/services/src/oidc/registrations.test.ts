import { auditTable, serviceClientTable, serviceTokenTable, staffTable } from '@shiming/db';
import { answersOfClient, type ServiceClient } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemCtx } from '../context.ts';
import { registerCompletely, citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { madeUpNumber, staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { findClient } from './clients.ts';
import { registerService } from './register.ts';
import {
  clientRules,
  decideService,
  endService,
  listServiceClients,
  proposeService,
} from './registrations.ts';

const x = 'a'.repeat(43);
const registration: ServiceClient = {
  redirectUris: ['https://service.example.cn/callback'],
  postLogoutRedirectUris: ['https://service.example.cn/bye'],
  startUri: 'https://service.example.cn/start',
  jwks: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x, y: x }] },
  jwksUri: null,
  backchannelLogoutUri: null,
  eventsUri: null,
  required: ['name', 'document'],
  optional: [],
};
const moved = { ...registration, redirectUris: ['https://elsewhere.example.cn/callback'] };
const certification = { portal: 'teacher', service: 'certification' };
const firstNumber = madeUpNumber();

let world: TestWorld;
let first: TestStaff;
let second: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  first = await staffNamed(world, 'administrator', { name: '管理一', number: firstNumber });
  second = await staffNamed(world, 'administrator', { name: '管理二' });
});
afterEach(() => world.close());

const rowNow = async () => {
  const [row] = await world.ctx().db.select().from(serviceClientTable);
  return row;
};
const which = async () => ({ ...certification, version: (await rowNow())?.version ?? -1 });
const propose = async (by: TestStaff, client: Partial<ServiceClient> = registration) =>
  proposeService(by.ctx, by.staff, { ...(await which()), typed: answersOfClient(client) });
const decide = async (by: TestStaff, agrees = true) =>
  decideService(by.ctx, by.staff, { ...(await which()), agrees });
const end = async (by: TestStaff, isForGood: boolean) =>
  endService(by.ctx, by.staff, { ...(await which()), isForGood });
const proposeAt = (portal: string, service: string) =>
  proposeService(first.ctx, first.staff, {
    portal,
    service,
    version: -1,
    typed: answersOfClient(registration),
  });
const inForce = async () => (await findClient(world.ctx(), 'certification'))?.registration ?? null;
const registered = async () => {
  await propose(first);
  await decide(second);
};
const actions = async () =>
  (
    await world
      .ctx()
      .db.select({ action: auditTable.action, facts: auditTable.facts })
      .from(auditTable)
  ).filter(({ action }) => action.startsWith('service.'));

test('a service is registered by one administrator, and in force once another person has confirmed it', async () => {
  expect(await propose(first)).toEqual({ waits: true });
  expect(await inForce()).toBeNull();
  expect((await refusalOf(decide(first))).code).toBe('service.same_person');
  const [ofSecond] = await listServiceClients(second.ctx, second.staff);
  expect(ofSecond).toMatchObject({ ...certification, version: 0, registration: null });
  expect(ofSecond?.proposal).toMatchObject({ byName: '管理一', isOwn: false });
  const [ofFirst] = await listServiceClients(first.ctx, first.staff);
  expect(ofFirst?.proposal?.isOwn).toBe(true);
  await decide(second);
  expect(await inForce()).toEqual(registration);
  expect((await actions()).map(({ action }) => action)).toEqual([
    'service.proposed',
    'service.confirmed',
  ]);
});

test('a second account of the same person confirms nothing', async () => {
  const other = await staffNamed(world, 'administrator', { number: firstNumber });
  await propose(first);
  expect((await refusalOf(decide(other))).code).toBe('service.same_person');
  const mail = await staffNamed(world, 'administrator', { email: 'one@staff.example.cn' });
  const again = await staffNamed(world, 'administrator', { email: 'ONE@staff.example.cn' });
  await propose(mail);
  expect((await refusalOf(decide(again))).code).toBe('service.same_person');
});

test.for<[string, Partial<ServiceClient>]>([
  ['a redirect address', moved],
  ['a key', { jwks: { keys: [{ ...registration.jwks.keys[0], kid: 'b' }] } }],
  [
    'another key of the same name',
    { jwks: { keys: [{ ...registration.jwks.keys[0], y: `b${x.slice(1)}` }] } },
  ],
  ['an address of keys', { jwks: { keys: [] }, jwksUri: 'https://elsewhere.example.cn/keys' }],
  ['an address after signing out', { postLogoutRedirectUris: ['https://elsewhere.example.cn/'] }],
  ['another start', { startUri: 'https://elsewhere.example.cn/start' }],
  [
    'an address that is told of sign-outs',
    { backchannelLogoutUri: 'https://elsewhere.example.cn/out' },
  ],
  ['an address of events', { eventsUri: 'https://elsewhere.example.cn/events' }],
])('%s takes a second person', async ([, more]) => {
  await registered();
  expect(await propose(first, { ...registration, ...more })).toEqual({ waits: true });
  expect(await inForce()).toEqual(registration);
  await decide(second);
  expect(await inForce()).toEqual({ ...registration, ...more });
});

test('a field that was given up takes a second person when it comes back; giving up takes one', async () => {
  await registered();
  const less: ServiceClient = { ...registration, required: ['name'], postLogoutRedirectUris: [] };
  expect(await propose(first, less)).toEqual({ waits: false });
  expect(await inForce()).toEqual(less);
  expect(await propose(first)).toEqual({ waits: true });
  expect(await inForce()).toEqual(less);
  const last = (await actions()).at(-1);
  expect(JSON.parse(last?.facts ?? '')).toEqual({
    ...certification,
    added: 'postLogoutRedirectUris https://service.example.cn/bye\nrequired document',
    removed: '',
  });
});

test('no other way leads one person to a new address: not suspending, ending, the place of a colleague, or the command', async () => {
  await registered();
  // What was suspended is not in force, and comes back by two.
  await end(first, false);
  expect(await inForce()).toBeNull();
  expect(await propose(first)).toEqual({ waits: true });
  expect((await refusalOf(decide(first))).code).toBe('service.same_person');
  await decide(second);
  expect(await inForce()).toEqual(registration);
  // What has ended is registered as if it never was.
  await end(first, true);
  expect(await propose(first, moved)).toEqual({ waits: true });
  expect((await refusalOf(decide(first))).code).toBe('service.same_person');
  expect(await inForce()).toBeNull();
  // A colleague's proposal that is changed is one's own, and suspending takes it off the table.
  await propose(second);
  await propose(first, moved);
  expect((await refusalOf(decide(first))).code).toBe('service.same_person');
  await decide(second);
  await propose(second);
  await end(first, false);
  expect((await refusalOf(decide(first))).code).toBe('request.stale');
  // The command is for the first set-up.
  const system = systemCtx(world.ctx(), 'register-services');
  const command = (service: string) =>
    registerService(system, { portal: 'teacher', service, registration: moved });
  await expect(command('certification')).rejects.toThrow('two administrators');
  await expect(command('periodic-registration')).rejects.toThrow('two administrators');
  await world.ctx().db.update(staffTable).set({ status: 'disabled' });
  await expect(command('certification')).rejects.toThrow('known already');
  expect(await inForce()).toBeNull();
});

test('the command registers a service for the first time, and nothing that its portal has as a page', async () => {
  await world.ctx().db.update(staffTable).set({ status: 'disabled' });
  const system = systemCtx(world.ctx(), 'register-services');
  const command = (at: object, more: object = {}) =>
    registerService(system, {
      ...certification,
      ...at,
      registration: { ...registration, ...more },
    });
  await expect(command({ portal: 'nowhere' })).rejects.toThrow('is no service');
  await expect(command({ portal: 'student', service: 'archive' })).rejects.toThrow('is no service');
  await expect(command({}, { redirectUris: ['http://a.example.cn/'] })).rejects.toThrow(
    'redirectUris',
  );
  expect(await command({})).toEqual({ clientId: 'certification' });
  expect(await inForce()).toEqual(registration);
  await expect(command({})).rejects.toThrow('known already');
  expect((await actions()).map(({ action }) => action)).toEqual(['service.registered']);
});

test('what is confirmed is what was looked at, once, though many confirm and change it at once', async () => {
  await registered();
  await propose(first, moved);
  const seen = await which();
  const { done, refused } = await atOnce<unknown>(12, (index) =>
    index % 3 === 0
      ? proposeService(first.ctx, first.staff, {
          ...seen,
          typed: answersOfClient({ ...registration, startUri: `https://a${index}.example.cn/` }),
        })
      : decideService(second.ctx, second.staff, { ...seen, agrees: true }),
  );
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'request.stale': 11 });
  const row = await rowNow();
  // Either the one or the other.
  const one = [row?.registration?.redirectUris, row?.proposal?.redirectUris];
  expect([
    [moved.redirectUris, undefined],
    [registration.redirectUris, registration.redirectUris],
  ]).toContainEqual(one);
});

test('what is decided of one service leaves every other as it is, and is looked for at its own portal', async () => {
  const other = { portal: 'teacher', service: 'periodic-registration' };
  const typed = answersOfClient(registration);
  await propose(first);
  await proposeService(first.ctx, first.staff, { ...other, version: -1, typed });
  const elsewhere = { ...certification, portal: 'student', version: 0 };
  const refused = refusalOf(
    decideService(second.ctx, second.staff, { ...elsewhere, agrees: true }),
  );
  expect((await refused).code).toBe('request.stale');
  await decideService(second.ctx, second.staff, { ...certification, version: 0, agrees: true });
  const listed = await listServiceClients(second.ctx, second.staff);
  const found = listed.filter(({ version }) => version >= 0);
  expect(found).toMatchObject([
    { ...certification, version: 1, registration, proposal: null },
    { ...other, version: 0, registration: null, proposal: { atMs: world.nowMs() } },
  ]);
  expect(new Set(listed.map(({ version }) => version))).toEqual(new Set([-1, 0, 1]));
  // What is not in force is neither suspended nor ended.
  for (const isForGood of [false, true]) {
    const early = endService(first.ctx, first.staff, { ...other, version: 0, isForGood });
    expect((await refusalOf(early)).code).toBe('request.stale');
  }
});

test('what a service holds ends when it is suspended, and what others hold does not', async () => {
  await registered();
  const { signedIn } = await registerCompletely(world, citizenNamed('林知远'));
  const { db } = world.ctx();
  const token = (id: string, groupId: string) => ({
    id,
    groupId,
    accountId: signedIn.account.id,
    payloadSealed: 'x',
    keyId: 'k',
    expiresAtMs: world.nowMs() + 1_000,
  });
  await db
    .insert(serviceTokenTable)
    .values([token('a', 'certification.1'), token('b', 'certification-other.1')]);
  await end(first, false);
  const left = await db.select({ id: serviceTokenTable.id }).from(serviceTokenTable);
  expect(left).toEqual([{ id: 'b' }]);
  expect((await refusalOf(end(first, false))).code).toBe('request.stale');
});

test('it takes an administrator with a number on record, who has just proved who they are', async () => {
  const none = await staffNamed(world, 'administrator', { number: null });
  expect((await refusalOf(propose(none))).code).toBe('staff.number_required');
  await propose(first);
  expect((await refusalOf(decide(none))).code).toBe('staff.number_required');
  const { db } = world.ctx();
  await db
    .update(staffTable)
    .set({ role: 'auditor' })
    .where(eq(staffTable.id, second.staff.member.id));
  expect((await refusalOf(decide(second))).code).toBe('staff.forbidden');
  world.advance(11 * 60_000);
  expect((await refusalOf(propose(first))).code).toBe('staff.proof_required');
  expect((await refusalOf(decide(first, false))).code).toBe('staff.proof_required');
  expect((await refusalOf(end(first, true))).code).toBe('staff.proof_required');
});

test('each change of a registration is its next version', async () => {
  const versions: (number | undefined)[] = [];
  for (const change of [
    () => propose(first),
    () => propose(second, moved),
    () => propose(first, { ...moved, optional: ['email'] }),
    () => decide(second),
    () => propose(first, moved),
    () => propose(second),
    () => decide(first, false),
    () => end(first, false),
    () => end(first, true),
  ]) {
    await change();
    versions.push((await rowNow())?.version);
  }
  expect(versions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

const asked = (service: string) => clientRules(world.ctx(), 'student', service).asks;
test('a service may ask for the fields that its own portal lists for it', () => {
  expect(asked('qualification')).toContain('document');
  expect(asked('satisfaction')).toEqual([]);
});

test('what a portal does not have as another system is not registered', async () => {
  expect((await refusalOf(proposeAt('teacher', 'nothing'))).code).toBe('request.not_found');
  expect((await refusalOf(proposeAt('student', 'archive'))).code).toBe('request.not_found');
  expect((await refusalOf(proposeAt('nowhere', 'certification'))).code).toBe('request.not_found');
  expect(await rowNow()).toBeUndefined();
});
