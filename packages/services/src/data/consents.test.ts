import {
  auditTable,
  consentTable,
  noticeTable,
  serviceTokenTable,
  verificationTable,
} from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enterService, listServices } from '../entry/services.ts';
import { registerService } from '../oidc/register.ts';
import { putToken } from '../oidc/tokens.ts';
import { authenticate } from '../session/session.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { giveConsent, withdrawConsent } from './consents.ts';
import { viewData } from './view.ts';

const citizen = citizenNamed('林知远');
const kind = 'document_number';
const service = { serviceId: 'certification' };
const address = 'someone@example.com';

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await registerCompletely(world, citizen);
});
afterEach(() => world.close());

const again = () => applicantOf(world, person.sessionToken);
const withdraw = ({ ctx, signedIn }: Applicant = person) =>
  withdrawConsent(ctx, signedIn, { kind });
const give = ({ ctx, signedIn }: Applicant = person, hasAgreed = false) =>
  giveConsent(ctx, signedIn, { kind, hasAgreed });
const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
const check = ({ ctx, signedIn }: Applicant) =>
  verify(ctx, signedIn, { name, validityStart, validityTerm });
const consents = () =>
  world.ctx().db.select().from(consentTable).where(eq(consentTable.kind, kind));

test('X-06: withdrawn, the number is not sent to the authority and no service is open; given again, both are', async () => {
  const { sessionToken } = await check(person);
  person = await applicantOf(world, sessionToken ?? '');
  await giveConsent(person.ctx, person.signedIn, { kind: 'service', ...service, hasAgreed: false });
  const entries = async () =>
    listServices(person.ctx, (await again()).signedIn).map((each) => each.isOpen);
  expect(await entries()).toEqual([true, true]);

  await withdraw();
  expect(await entries()).toEqual([false, false]);
  const { ctx, signedIn } = await again();
  expect(() => enterService(ctx, signedIn, service)).toThrow('consent.required');
  const asked = () => world.sandbox.authority.queries.get(citizen.number);
  const before = asked();
  expect(await refusalOf(check(await again()))).toEqual({ code: 'consent.required' });
  // Also by a request that was signed in before.
  expect(await refusalOf(check(person))).toEqual({ code: 'consent.required' });
  expect(asked()).toBe(before);
  expect(await world.ctx().db.$count(verificationTable)).toBe(1);

  world.advance(1_000);
  await give();
  expect(await entries()).toEqual([true, true]);
  const back = await again();
  expect(enterService(back.ctx, back.signedIn, service)).toMatchObject({ isOpen: true });
  expect(await check(back)).toMatchObject({ outcome: 'matched' });
});

test('X-06: with a consent ends what was given out to the service, and with that to the number what all services of the portal have', async () => {
  const { ctx, signedIn } = person;
  const services = ['certification', 'periodic-registration'];
  const jwks = {
    keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x: 'x'.repeat(43), y: 'y'.repeat(43) }],
  };
  const addresses = { redirectUris: ['https://service.example.cn/'], postLogoutRedirectUris: [] };
  for (const each of services) {
    await registerService(ctx, {
      portal: 'teacher',
      service: each,
      registration: { ...addresses, jwks },
    });
    await giveConsent(ctx, signedIn, { kind: 'service', serviceId: each, hasAgreed: false });
  }
  // The last is of another portal.
  for (const id of [...services, 'conscription']) {
    const name = { kind: 'RefreshToken', value: id };
    const [statement] = await putToken(ctx, name, {
      payload: {},
      accountId: signedIn.account.id,
      group: `${id}.a`,
      groupOf: null,
      expiresAtMs: ctx.now() + 1_000,
    });
    await statement;
  }
  const groups = async () =>
    (await ctx.db.select().from(serviceTokenTable).orderBy(serviceTokenTable.groupId)).map(
      ({ groupId }) => groupId,
    );
  await withdrawConsent(ctx, signedIn, { kind: 'service', ...service });
  expect(await groups()).toEqual(['conscription.a', 'periodic-registration.a']);
  await withdraw(await again());
  expect(await groups()).toEqual(['conscription.a']);
});

test('X-06: each consent is kept with its version and its times, and giving again is one of its own', async () => {
  const givenAtMs = world.nowMs();
  const version = world.ctx().portal.privacyNoticeVersion;
  world.advance(1_000);
  await withdraw();
  world.advance(1_000);
  await give();
  expect((await consents()).toSorted((a, b) => a.givenAtMs - b.givenAtMs)).toMatchObject([
    { version, givenAtMs, withdrawnAtMs: givenAtMs + 1_000 },
    { version, givenAtMs: givenAtMs + 2_000, withdrawnAtMs: null },
  ]);
});

test('X-06: a withdrawal is told in the inbox and by mail, and both changes are in the audit', async () => {
  await withdraw();
  await give();
  await world.settle();
  const { db } = world.ctx();
  const notices = await db.select({ kind: noticeTable.kind }).from(noticeTable);
  expect(notices.filter((each) => each.kind === 'consent_withdrawn')).toHaveLength(1);
  expect(world.sandbox.mail.messages(address).at(-1)?.subject).toContain('已撤回同意');
  const audit = await db.select().from(auditTable);
  const told = audit.filter(({ action }) => action.startsWith('consent.'));
  expect(told.map(({ action, actor }) => [action, actor])).toEqual([
    ['consent.withdrawn', `applicant:${person.signedIn.account.id}`],
    ['consent.given', `applicant:${person.signedIn.account.id}`],
  ]);
});

test('withdrawn or given twice, also at once: one does it, the others are told to look again', async () => {
  const withdrawn = await atOnce(8, () => withdraw());
  expect([withdrawn.done.length, codesOf(withdrawn.refused)]).toEqual([1, { 'request.stale': 7 }]);
  const given = await atOnce(8, () => give());
  expect([given.done.length, codesOf(given.refused)]).toEqual([1, { 'request.stale': 7 }]);
  expect(await consents()).toHaveLength(2);
});

test('a withdrawal at the moment of a verification: it is asked before or not at all', async () => {
  const [outcome] = await Promise.allSettled([check(person), withdraw()]);
  const isAsked = (await world.ctx().db.$count(verificationTable)) === 1;
  // Asked before, it may come to nothing; what comes of an answer was asked for.
  expect(isAsked || outcome.status === 'rejected').toBe(true);
  const session = outcome.status === 'fulfilled' ? outcome.value.sessionToken : null;
  const later = await applicantOf(world, session ?? person.sessionToken);
  expect(await refusalOf(check(later))).toEqual({ code: 'consent.required' });
});

test('PIPL 14: a notice that changes what was consented to asks everybody again', async () => {
  const { portal } = world.ctx();
  const changed = { ...portal, privacyNoticeVersion: '2027-03', consentsSince: '2027-03' };
  const after = async (): Promise<Applicant> => {
    const signedIn = await authenticate({ ...world.ctx(), portal: changed }, person.sessionToken);
    if (signedIn === null) throw new Error('the session is not one');
    return { ...person, ctx: { ...person.ctx, portal: changed }, signedIn };
  };
  const live = async () => {
    const { ctx, signedIn } = await after();
    const { consents: given } = await viewData(ctx, signedIn);
    return given.map(({ kind: what, version, isLive }) => [what, version, isLive]);
  };
  const { agreementVersion, privacyNoticeVersion } = portal;
  expect((await after()).signedIn).toMatchObject({ hasConsented: false, hasAgreed: true });
  expect(await refusalOf(check(await after()))).toEqual({ code: 'consent.required' });
  expect(await live()).toEqual([
    ['agreement', agreementVersion, true],
    [kind, privacyNoticeVersion, false],
  ]);

  world.advance(1_000);
  await give(await after(), true);
  expect(await live()).toEqual([
    [kind, '2027-03', true],
    ['agreement', agreementVersion, true],
    [kind, privacyNoticeVersion, false],
  ]);
  expect(await check(await after())).toMatchObject({ outcome: 'matched' });
});

test('X-01: nobody else’s consent is touched', async () => {
  const other = await registerCompletely(world, citizenNamed('沈秀兰'));
  await withdraw();
  expect((await applicantOf(world, other.sessionToken)).signedIn.hasConsented).toBe(true);
  expect((await again()).signedIn.hasConsented).toBe(false);
});

test('the database down: service.unavailable, and nothing is changed', async () => {
  const down = { ...person, ctx: withoutDatabase(person.ctx) };
  expect(await refusalOf(withdraw(down))).toEqual({ code: 'service.unavailable' });
  expect(await refusalOf(give(down))).toEqual({ code: 'service.unavailable' });
  expect(await consents()).toMatchObject([{ withdrawnAtMs: null }]);
});

test('given and withdrawn in a loop: ten times a day, with two mails an hour; withdrawing is never refused', async () => {
  let given = 0;
  for (let times = 0; times < 15; times += 1) {
    await withdraw();
    if ((await atOnce(1, () => give())).refused.length > 0) break;
    given += 1;
  }
  expect(given).toBe(10);
  await world.settle();
  expect(world.sandbox.mail.messages(address)).toHaveLength(1);
  world.advance(3_600_000);
  await deliverWaiting(world.ctx());
  expect(world.sandbox.mail.messages(address)).toHaveLength(2);
  expect(await world.ctx().db.$count(noticeTable)).toBe(11);
});

test('X-02: of fifty at once, after nine, one more is given', async () => {
  for (let times = 0; times < 9; times += 1) {
    await withdraw();
    await give();
  }
  await withdraw();
  const { done, refused } = await atOnce(50, () => give());
  expect(done).toHaveLength(1);
  expect(Object.keys(codesOf(refused)).toSorted()).toEqual(['request.too_many']);
});
