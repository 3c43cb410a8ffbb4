import {
  accountTable,
  attestationTable,
  auditTable,
  commit,
  noticeTable,
  staffTable,
  windowTicketTable,
} from '@shiming/db';
import { businessPortal, shanghaiDate } from '@shiming/domain';
import type { Citizen } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { identifierQuery, putIdentifier } from '../account/identifiers.ts';
import { openAuthorisation, viewAuthorisation } from '../authorisation/own.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { type Ctx, inPortal } from '../context.ts';
import { enterService } from '../entry/services.ts';
import { beginFaceRecovery, proveRecoveryByFace, resetByFace } from '../recovery/by-face.ts';
import { currentRecovery } from '../recovery/current.ts';
import { currentRegistration } from '../registration/current.ts';
import { saveDocument } from '../registration/save-document.ts';
import { submitRegistration } from '../registration/submit.ts';
import { takeRegistrationTicket } from '../registration/take-ticket.ts';
import { verifyRegistration } from '../registration/verify.ts';
import { authenticate, newSession, type SignedIn } from '../session/session.ts';
import { registerAtBusiness, saveTestPassword, untilBusinessCheck } from '../testing/business.ts';
import { greyFrames, withFaces } from '../testing/faces.ts';
import { citizenNamed, identifyAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { inviteStaff } from '../staff/invite.ts';
import { openStaffPerson } from '../staff/person.ts';
import { beginPasskeySignIn, signInByPasskey } from '../staff/sign-in-by-passkey.ts';
import {
  acceptWithPasskey,
  acceptWithPassword,
  madeUpNumber,
  staffLinkIn,
  staffNamed,
  testAuthenticator,
  type TestStaff,
} from '../testing/staff.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { viewLevels } from '../verification/levels.ts';
import { takeAccountTicket } from '../verification/take-ticket.ts';
import { decideWindowTicket } from './decide.ts';
import { listWindowDecisions } from './list.ts';
import { openWindowTicket } from './open.ts';
import { revokeWindowPass } from './revoke.ts';

const windowNumber = '11000001';
const day = 24 * 3_600_000;

let world: TestWorld;
let clerk: TestStaff;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.advance(day);
  clerk = await staffNamed(world, 'clerk', { scope: windowNumber });
});

const business = (ctx: Ctx = world.ctx()) => inPortal(ctx, businessPortal.id);

const open = (code: string, { ctx, staff } = clerk) => openWindowTicket(ctx, staff, { code });
const pass = async (code: string, by = clerk) => {
  const { ticketId, version } = await open(code, by);
  return decideWindowTicket(by.ctx, by.staff, {
    ticketId,
    version,
    outcome: 'passed',
    reason: 'register_outdated',
  });
};

/** An account at level 3, at the portal; by the window where the authority does not confirm it. */
async function atThree(
  citizen: Citizen,
  { byWindow = false } = {},
): Promise<{ ctx: Ctx; signedIn: SignedIn; token: string }> {
  const token = byWindow
    ? await registerByWindow(citizen)
    : await registerAtBusiness(world, citizen);
  const signedIn = await authenticate(business(), token);
  if (signedIn === null) throw new Error('nobody is signed in');
  const { account, sessionId } = signedIn;
  const actor = { type: 'applicant', accountId: account.id, sessionId } as const;
  return { ctx: business(world.ctx({ actor })), signedIn, token };
}

async function registerByWindow(citizen: Citizen): Promise<string> {
  const draft = await untilBusinessCheck(world, citizen);
  const { verification } = await takeRegistrationTicket(business(), draft);
  await pass(verification?.ticket?.code ?? '');
  await saveTestPassword(world, draft);
  return (await submitRegistration(business(), draft, { hasAgreed: true })).sessionToken;
}

test('E-WIN-01: a registration that the authority does not confirm goes on after the window, at level 3', async () => {
  const citizen = citizenNamed('周子涵');
  const token = await untilBusinessCheck(world, citizen);
  await verifyRegistration(business(), token);
  const { verification } = await takeRegistrationTicket(business(), token);
  const { code = '' } = verification?.ticket ?? {};
  expect(verification?.ticket).toMatchObject({ status: 'open', check: 'four_factors' });
  // Pressed again it is the same ticket.
  const again = await takeRegistrationTicket(business(), token);
  expect(again.verification?.ticket?.code).toBe(code);
  const opened = await open(code.toLowerCase());
  expect(opened.identity).toMatchObject({ name: citizen.name, number: citizen.number });
  expect(opened.lastCheck).toMatchObject({ status: 'mismatched' });
  // The draft has outlived its day.
  world.advance(5 * day);
  clerk = await staffNamed(world, 'clerk', { scope: windowNumber });
  await pass(code);
  const after = await currentRegistration(business(), token);
  expect(after).toMatchObject({ step: 'password', verification: { ticket: { status: 'passed' } } });
  await saveTestPassword(world, token);
  const { sessionToken } = await submitRegistration(business(), token, { hasAgreed: true });
  expect(await authenticate(business(), sessionToken)).toMatchObject({
    level: 3,
    attested: { kind: 'window', level: 3 },
  });
  expect(await refusalOf(open(code))).toEqual({ code: 'window.ticket_over' });
});

test('E-WIN-01: at level 3 the window stands for the face, and opens the services at level 4', async () => {
  const { ctx, signedIn, token } = await atThree(citizenNamed('林知远'));
  const service = { serviceId: 'company-registration' };
  expect(() => enterService(ctx, signedIn, service)).toThrow('service.not_verified');
  const { code, check } = await takeAccountTicket(ctx, signedIn);
  expect(check).toBe('face');
  await pass(code);
  await giveConsent(ctx, signedIn, { kind: 'service', ...service, hasAgreed: false });
  const after = await authenticate(business(), token);
  if (after === null) throw new Error('nobody is signed in');
  expect(enterService(ctx, after, service)).toMatchObject({ isOpen: true });
  const { level, attained, ticket } = await viewLevels(ctx, after);
  expect(level).toBe(4);
  expect(attained.map((each) => [each.level, each.by])).toEqual([
    [4, 'window'],
    [3, 'authority'],
  ]);
  expect(ticket).toMatchObject({ status: 'passed', reason: 'register_outdated' });
  expect(await refusalOf(takeAccountTicket(ctx, after))).toEqual({ code: 'window.not_needed' });
  expect(await listWindowDecisions(clerk.ctx, clerk.staff)).toMatchObject({
    window: windowNumber,
    decisions: expect.arrayContaining([
      expect.objectContaining({ code, status: 'passed', clerk: '审核一' }),
    ]) as unknown,
  });
  const recorded = await world
    .ctx()
    .db.select({ action: auditTable.action, facts: auditTable.facts })
    .from(auditTable)
    .where(eq(auditTable.accountId, signedIn.account.id));
  expect(recorded.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['window.ticket_taken', 'window.looked', 'window.passed']),
  );
  expect(recorded.map(({ facts }) => facts).join('')).not.toContain(citizenNamed('林知远').number);
});

test('a refusal gives no level and says why; another ticket can be taken', async () => {
  const { ctx, signedIn } = await atThree(citizenNamed('沈秀兰'));
  const { code } = await takeAccountTicket(ctx, signedIn);
  const { ticketId, version } = await open(code);
  const decide = (reason: 'not_the_person' | 'register_outdated') =>
    decideWindowTicket(clerk.ctx, clerk.staff, { ticketId, version, outcome: 'refused', reason });
  expect(await refusalOf(decide('register_outdated'))).toMatchObject({ code: 'input.invalid' });
  await decide('not_the_person');
  expect(await viewLevels(ctx, signedIn)).toMatchObject({
    level: 3,
    ticket: { status: 'refused', reason: 'not_the_person' },
  });
  const another = await takeAccountTicket(ctx, signedIn);
  expect(another.code).not.toBe(code);
});

test('many at once: one ticket of a person, and one decision of twenty clerks', async () => {
  const { ctx, signedIn } = await atThree(citizenNamed('杜若溪'));
  const { done } = await atOnce(5, () => takeAccountTicket(ctx, signedIn));
  expect(new Set(done.map(({ code }) => code)).size).toBe(1);
  const [{ code } = { code: '' }] = done;
  const { ticketId, version } = await open(code);
  const results = await atOnce(20, (at) =>
    decideWindowTicket(clerk.ctx, clerk.staff, {
      ticketId,
      version,
      ...(at % 2 === 0
        ? { outcome: 'passed', reason: 'not_online' }
        : { outcome: 'refused', reason: 'not_the_person' }),
    }),
  );
  expect(results.done).toHaveLength(1);
  expect(Object.keys(codesOf(results.refused))).toEqual(
    expect.arrayContaining(['window.ticket_over']),
  );
  const { db } = world.ctx();
  const { account } = signedIn;
  const [row] = await db.select().from(windowTicketTable).where(eq(windowTicketTable.id, ticketId));
  const attested = await db
    .select()
    .from(attestationTable)
    .where(eq(attestationTable.accountId, account.id));
  expect(attested.filter(({ kind }) => kind === 'window')).toHaveLength(
    row?.status === 'passed' ? 1 : 0,
  );
});

test('nobody decides about themselves, without having looked, about what has changed, or after a withdrawal', async () => {
  const citizen = citizenNamed('古丽·买买提');
  const { ctx, signedIn } = await atThree(citizen);
  const { code } = await takeAccountTicket(ctx, signedIn);
  const self = await staffNamed(world, 'clerk', { scope: windowNumber, number: citizen.number });
  expect(await refusalOf(open(code, self))).toEqual({ code: 'window.own_ticket' });
  const { ticketId, version } = await open(code);
  const passed = { ticketId, version, outcome: 'passed', reason: 'not_online' } as const;
  const other = await staffNamed(world, 'clerk', { scope: '11000002' });
  expect(await refusalOf(decideWindowTicket(other.ctx, other.staff, passed))).toEqual({
    code: 'window.ticket_over',
  });
  expect(
    await refusalOf(
      decideWindowTicket(clerk.ctx, clerk.staff, { ...passed, version: version + 1 }),
    ),
  ).toEqual({ code: 'request.stale' });
  await withdrawConsent(ctx, signedIn, { kind: 'document_number' });
  expect(await refusalOf(decideWindowTicket(clerk.ctx, clerk.staff, passed))).toEqual({
    code: 'consent.required',
  });
  expect(await refusalOf(takeAccountTicket(ctx, { ...signedIn, level: 2 }))).toMatchObject({
    code: 'consent.required',
  });
});

test('a registration that is changed under the clerk is not passed, and a ticket ends after its week', async () => {
  const citizen = citizenNamed('方念之');
  const token = await untilBusinessCheck(world, citizen);
  const view = await takeRegistrationTicket(business(), token);
  const { code = '' } = view.verification?.ticket ?? {};
  const { ticketId, version } = await open(code);
  await saveDocument(business(), token, { ...documentAnswersOf(citizen), name: '方念芝' });
  const passed = { ticketId, version, outcome: 'passed', reason: 'not_in_register' } as const;
  expect(await refusalOf(decideWindowTicket(clerk.ctx, clerk.staff, passed))).toEqual({
    code: 'request.stale',
  });
  expect((await open(code)).identity.name).toBe('方念芝');
  world.advance(7 * day);
  const late = await staffNamed(world, 'clerk', { scope: windowNumber });
  expect(await refusalOf(open(code, late))).toEqual({ code: 'window.ticket_over' });
  const renewed = await takeRegistrationTicket(business(), token);
  expect(renewed.verification?.ticket).toMatchObject({ status: 'open' });
});

test('E-WIN-01: another person revokes a wrong pass: the level falls, and the person reads why', async () => {
  const { ctx, signedIn, token } = await atThree(citizenNamed('罗建民'), { byWindow: true });
  const { code } = await takeAccountTicket(ctx, signedIn);
  await pass(code);
  const atFour = await authenticate(business(), token);
  expect(atFour?.level).toBe(4);
  await openAuthorisation(
    ctx,
    { ...signedIn, level: 4, provedAtMs: world.nowMs() },
    { purposes: ['establish'], lastDay: shanghaiDate(world.nowMs()), uses: 'once', count: '' },
  );
  const revoke = ({ ctx: by, staff } = clerk) =>
    revokeWindowPass(by, staff, { code, reason: 'wrong_person' });
  // Not the clerk who has passed it, under another account either; not another window; not oneself.
  expect(await refusalOf(revoke())).toEqual({ code: 'window.second_person' });
  const [member] = await world
    .ctx()
    .db.select()
    .from(staffTable)
    .where(eq(staffTable.id, clerk.staff.member.id));
  const { number } = await openStaffPerson(ctx, member ?? clerk.staff.member);
  const same = await staffNamed(world, 'senior', { number: number ?? '' });
  expect(await refusalOf(revoke(same))).toEqual({ code: 'window.second_person' });
  const other = await staffNamed(world, 'clerk', { scope: '11000002' });
  expect(await refusalOf(revoke(other))).toEqual({ code: 'window.ticket_over' });
  const self = await staffNamed(world, 'senior', { number: citizenNamed('罗建民').number });
  expect(await refusalOf(revoke(self))).toEqual({ code: 'window.own_ticket' });
  const colleague = await staffNamed(world, 'clerk', { scope: windowNumber });
  const stale = { ...colleague, staff: { ...colleague.staff, provedAtMs: 0 } };
  expect(await refusalOf(revoke(stale))).toEqual({ code: 'staff.proof_required' });
  // Nor one who works at another window by now.
  const at = (scope: string) =>
    world
      .ctx()
      .db.update(staffTable)
      .set({ scope })
      .where(eq(staffTable.id, colleague.staff.member.id));
  await at('11000002');
  expect(await refusalOf(revoke(colleague))).toEqual({ code: 'staff.forbidden' });
  await at(windowNumber);
  const linked = ['wechat', 'ministry'] as const;
  for (const kind of linked) {
    const theirs = { kind, value: 'of somebody else', provedAtMs: world.nowMs() };
    await commit(ctx.db, await putIdentifier(ctx, signedIn.account.id, theirs));
  }
  const { done } = await atOnce(5, () => revoke(colleague));
  expect(done).toHaveLength(1);
  for (const kind of linked) {
    expect(await identifierQuery(ctx, signedIn.account.id, kind)).toEqual([]);
  }
  // Sessions and password may be of the person who was not the holder.
  expect(await authenticate(business(), token)).toBeNull();
  const [{ passwordHash } = { passwordHash: '' }] = await ctx.db
    .select({ passwordHash: accountTable.passwordHash })
    .from(accountTable)
    .where(eq(accountTable.id, signedIn.account.id));
  expect(passwordHash).toBeNull();
  // Who shows the holder's face sets a new one.
  const recovery = await identifyAs(business(), citizenNamed('罗建民'));
  // The mobile may be theirs as well: no code goes there.
  expect(await currentRecovery(business(), recovery)).toMatchObject({ isMobileProved: false });
  const { ctx: matching } = withFaces(business(), 'matched');
  const { challenge } = await beginFaceRecovery(matching, recovery, { hasAgreed: true });
  await proveRecoveryByFace(matching, recovery, { challenge, frames: greyFrames() });
  const password = 'Zhuye-47*stone';
  await resetByFace(business(), recovery, { password, passwordAgain: password });
  const session = await newSession(business(), signedIn.account.id);
  await session.statement;
  const after = await authenticate(business(), session.token);
  expect(after?.level).toBe(3);
  if (after === null) throw new Error('nobody is signed in');
  expect(await viewLevels(ctx, after)).toMatchObject({
    level: 3,
    ticket: { status: 'revoked', reason: 'register_outdated', revocation: 'wrong_person' },
  });
  expect((await viewAuthorisation(ctx, after))?.last).toMatchObject({
    isOpen: false,
    closedBy: 'secured',
  });
  const notices = await ctx.db
    .select({ kind: noticeTable.kind })
    .from(noticeTable)
    .where(eq(noticeTable.accountId, signedIn.account.id));
  expect(notices.map(({ kind }) => kind)).toContain('window_revoked');
  expect(await listWindowDecisions(colleague.ctx, same.staff)).toMatchObject({
    window: null,
    decisions: expect.arrayContaining([
      expect.objectContaining({ code, status: 'revoked', window: windowNumber }),
    ]) as unknown,
  });
  const second = await takeAccountTicket(ctx, after);
  expect(second.check).toBe('face');
  // What was recorded by mistake was done by the holder.
  await pass(second.code);
  const { ctx: by, staff } = colleague;
  await revokeWindowPass(by, staff, { code: second.code, reason: 'mistaken' });
  expect(await authenticate(business(), session.token)).toMatchObject({ level: 3 });
});

test('a refusal about an earlier document of a registration is no longer shown', async () => {
  const citizen = citizenNamed('许静姝');
  const token = await untilBusinessCheck(world, citizen);
  const { verification } = await takeRegistrationTicket(business(), token);
  const { ticketId, version } = await open(verification?.ticket?.code ?? '');
  await decideWindowTicket(clerk.ctx, clerk.staff, {
    ticketId,
    version,
    outcome: 'refused',
    reason: 'details_differ',
  });
  const ticket = async () => (await currentRegistration(business(), token))?.verification?.ticket;
  expect(await ticket()).toMatchObject({ status: 'refused' });
  world.advance(1);
  await saveDocument(business(), token, { ...documentAnswersOf(citizen), name: '许静淑' });
  expect(await ticket()).toBeNull();
});

test('a registration whose pass is revoked goes back to its check', async () => {
  const citizen = citizenNamed('秦望舒');
  const token = await untilBusinessCheck(world, citizen);
  const { verification } = await takeRegistrationTicket(business(), token);
  const { code = '' } = verification?.ticket ?? {};
  await pass(code);
  await saveTestPassword(world, token);
  expect((await currentRegistration(business(), token))?.step).toBe('check');
  const senior = await staffNamed(world, 'senior');
  await revokeWindowPass(senior.ctx, senior.staff, { code, reason: 'mistaken' });
  const after = await currentRegistration(business(), token);
  expect(after).toMatchObject({ step: 'verify', verification: { ticket: { status: 'revoked' } } });
  expect(await refusalOf(submitRegistration(business(), token, { hasAgreed: true }))).toMatchObject(
    { code: 'registration.out_of_order' },
  );
});

test('a clerk signs in with a passkey that cannot leave the device of the window, and in no other way', async () => {
  const administrator = await staffNamed(world, 'administrator');
  const email = 'clerk@staff.example.cn';
  await inviteStaff(administrator.ctx, administrator.staff, {
    loginName: 'clerk.01',
    name: '窗口一',
    email,
    number: madeUpNumber(),
    role: 'clerk',
    scope: windowNumber,
  });
  const link = await staffLinkIn(world, email);
  expect(await refusalOf(acceptWithPassword(world, link))).toEqual({
    code: 'staff.passkey_refused',
  });
  const synced = await testAuthenticator(world);
  synced.self.isSynced = true;
  expect(await refusalOf(acceptWithPasskey(world, link, synced))).toEqual({
    code: 'staff.passkey_refused',
  });
  const { authenticator } = await acceptWithPasskey(world, link);
  const signIn = async () => {
    const { options } = await beginPasskeySignIn(world.ctx());
    return signInByPasskey(world.ctx(), { credential: await authenticator.get(options) });
  };
  await signIn();
  // As one whose device has begun to copy it away.
  authenticator.self.isSynced = true;
  expect(await refusalOf(signIn())).toEqual({ code: 'staff.sign_in_refused' });
});
