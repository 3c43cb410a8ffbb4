import { attestFor } from '@shiming/services/testing/attestations';
import { withPermits } from '@shiming/services/testing/permits';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import type { AppErrorCode } from '@shiming/domain';
import { fourthPortal } from '@shiming/domain/testing/fourth-portal';
import { inPortal } from '@shiming/services/context';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { deliverWaiting } from '@shiming/services/outbox/outbox';
import { addTicketFile } from '@shiming/services/ticket/files';
import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { chatOn, codeIn } from '@shiming/services/testing/chat';
import { ministryForTests } from '@shiming/services/testing/ministry';
import { openAs, settleAs, testPhotos } from '@shiming/services/testing/reviews';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reasons } from './testing/reasons.ts';
import {
  type Answer,
  type Citizen,
  citizenWith,
  contactOf,
  correctionOf,
  createBrowser,
  passwordAnswers,
  procedures,
  proceduresFor,
  profileAnswersOf,
  puzzleX,
  recoverUntilCode,
  recoveryAnswersOf,
  register,
  registerUntilCode,
  setEmailsProved,
  signIn,
  succeeded,
  type TestBrowser,
  ticketFor,
  type Told,
  walkBusiness,
  walkClaims,
  walkActivation,
  walkBinding,
  walkConsoleDoor,
  walkDesk,
  walkFace,
  walkFourth,
  walkIdentity,
  walkHelpDesk,
  walkAgency,
  walkMinistry,
  walkOrganisations,
  walkAuthorisation,
  walkPhotoCheck,
  walkStaff,
  walkTickets,
} from './testing/index.ts';
import { commonErrors } from './trpc.ts';

const minute = 60_000;

/** What does not grow with accounts: the staff, organisations, offices and blocks, and the kinds that stand in an index. */
const small =
  /^SCAN (?:staff|staff_session|staff_passkey|channel_stop|network_credential|organisation|office_key|audit_block|kinds)\b/;
/** What is read along an index to a limit, or stands in the index alone: what is being asked, and the rest that a job has not moved. */
const limited = /INDEX (?:audit_at|account_unmoved|record_asking)$/;

/** Indexes that no statement of the walk needs, and which one does. Those that keep something unique need no other reason. */
const askedElsewhere = {
  case_assigned: 'taking the next case, by a member who has a number',
  service_event_waiting: 'sending services what they are to know (oidc/deliver.ts)',
};

/** Asserts how a call was refused. */
function refused(answer: Answer, code: AppErrorCode): void {
  expect(answer.app?.code).toBe(code);
}

/** Uses up a limit: copies the newest claim of a kind until `times` more of it count. */
async function useUp(world: TestWorld, kind: string, times: number): Promise<void> {
  await world.ctx().db.run(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${times})
     insert into allowance (id, kind, subject, at_ms, is_counted)
     select hex(randomblob(9)), kind, subject, at_ms, 1 from n,
       (select kind, subject, at_ms from allowance where kind = '${kind}' order by rowid desc limit 1)`,
  );
}

/** Gives back what was claimed of a kind. */
async function giveBack(world: TestWorld, kind: string): Promise<void> {
  await world.ctx().db.run(`update allowance set is_counted = 0 where kind = '${kind}'`);
}

/** A ticket for heavy work. */
async function heavyTicketFor(call: TestBrowser['call'], purpose: string): Promise<string> {
  const drawn = await call('puzzle.drawProofOfWork', { isHeavy: true });
  const challenge = succeeded(drawn) as Challenge;
  const found = await solveChallenge({ challenge, deriveKey });
  const solution = btoa(JSON.stringify({ challenge, solution: found }));
  const solved = succeeded(await call('puzzle.solveProofOfWork', { purpose, solution }));
  return (solved as { ticket: string }).ticket;
}

async function walkPublic(world: TestWorld, { call }: TestBrowser) {
  succeeded(await call('entry.services'));
  succeeded(await call('operator.current'));
  expect(succeeded(await call('session.current'))).toBeNull();
  expect(succeeded(await call('registration.current'))).toBeNull();
  expect(succeeded(await call('recovery.current'))).toBeNull();
  for (const path of proceduresFor('applicant')) {
    refused(await call(path, {}), 'session.required');
  }

  const drawn = succeeded(await call('puzzle.draw', { purpose: 'login' }));
  const { puzzleId } = drawn as { puzzleId: string };
  const x = await puzzleX(world, puzzleId);
  refused(await call('puzzle.solve', { puzzleId, x: x > 150 ? 0 : 4000 }), 'puzzle.wrong');
  refused(await call('puzzle.solve', { puzzleId, x }), 'puzzle.expired');
  await useUp(world, 'puzzle', 6_000);
  refused(await call('puzzle.draw', { purpose: 'login' }), 'request.too_many');
  refused(await call('puzzle.drawProofOfWork', { isHeavy: false }), 'request.too_many');
  world.advance(61 * minute);

  const challenge = succeeded(
    await call('puzzle.drawProofOfWork', { isHeavy: false }),
  ) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  const work = { purpose: 'login', solution: btoa(JSON.stringify({ challenge, solution })) };
  succeeded(await call('puzzle.solveProofOfWork', work));
  refused(await call('puzzle.solveProofOfWork', work), 'puzzle.expired');
  refused(await call('puzzle.solveProofOfWork', { ...work, solution: '' }), 'puzzle.wrong');
}

/** Somebody else claims the number of whoever is signed in, who objects. */
async function walkNumberClaim(
  world: TestWorld,
  { call, callWhile }: TestBrowser,
  other: TestBrowser,
) {
  succeeded(await other.call('registration.submit', { hasAgreed: true, claimsNumber: true }));
  succeeded(await other.call('claim.current'));
  refused(await call('claim.object'), 'number_claim.none');
  const change = (set: string) => world.ctx().db.run(`update number_claim set ${set}`);
  await change("status = 'noticed', noticed_at_ms = 1");
  const bump = () => change('version = version + 1');
  refused(await callWhile('claim.object', undefined, bump), 'request.stale');
  succeeded(await call('claim.object'));
  refused(await other.callWhile('claim.withdraw', undefined, bump), 'request.stale');
  succeeded(await other.call('claim.withdraw'));
  refused(await other.call('claim.withdraw'), 'number_claim.none');
  other.cookies.delete('session');
}

async function walkRegistration(world: TestWorld, browser: TestBrowser, other: TestBrowser) {
  const { call, callWhile } = browser;
  const citizen = citizenWith(world, { outcome: 'match' });
  const contact = contactOf(citizen);
  const document = documentAnswersOf(citizen);
  const withTicket = async () => ({ ...contact, ticket: await ticketFor(call, world, 'register') });
  const code = () => world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  const wrong = () => (code() === '000000' ? '000001' : '000000');
  const savePassword = () => call('registration.savePassword', passwordAnswers);

  refused(await savePassword(), 'registration.not_started');
  refused(await call('registration.sendCode', await withTicket()), 'registration.not_started');
  refused(await call('registration.proveContact', { code: '123456' }), 'registration.not_started');
  refused(await call('registration.submit', { hasAgreed: true }), 'registration.not_started');

  succeeded(await call('registration.saveDocument', document));
  succeeded(await call('registration.discard'));
  succeeded(await call('registration.saveDocument', document));
  succeeded(await call('registration.current'));
  refused(await call('registration.sendCode', await withTicket()), 'registration.out_of_order');
  refused(await call('registration.proveContact', { code: '123456' }), 'registration.out_of_order');
  refused(await call('registration.submit', { hasAgreed: true }), 'registration.out_of_order');
  refused(
    await callWhile('registration.savePassword', passwordAnswers, savePassword),
    'request.stale',
  );
  refused(await callWhile('registration.saveDocument', document, savePassword), 'request.stale');
  succeeded(await savePassword());

  const refusedTicket = { ...contact, ticket: 'made up' };
  refused(await call('registration.sendCode', refusedTicket), 'puzzle.ticket_refused');
  refused(
    await callWhile('registration.sendCode', await withTicket(), savePassword),
    'request.stale',
  );
  for (const mode of ['down', 'refusing'] as const) {
    world.sandbox.gateway('aliyun').setMode(mode);
    expect(succeeded(await call('registration.sendCode', await withTicket()))).toMatchObject({
      registration: { remainingToday: 3, step: 'contact' },
    });
  }
  world.sandbox.gateway('aliyun').setMode('working');

  succeeded(await call('registration.sendCode', await withTicket()));
  refused(await call('registration.sendCode', await withTicket()), 'code.too_soon');
  world.advance(6 * minute);
  refused(await call('registration.proveContact', { code: code() }), 'code.expired');
  succeeded(await call('registration.sendCode', await withTicket()));
  for (const _ of [1, 2, 3, 4]) {
    refused(await call('registration.proveContact', { code: wrong() }), 'code.wrong');
  }
  refused(await call('registration.proveContact', { code: wrong() }), 'code.tries_used_up');
  refused(await call('registration.proveContact', { code: code() }), 'code.tries_used_up');
  world.advance(2 * minute);
  succeeded(await call('registration.sendCode', await withTicket()));
  world.advance(2 * minute);
  refused(await call('registration.sendCode', await withTicket()), 'code.day_limit');
  succeeded(await call('registration.current'));
  refused(
    await callWhile('registration.proveContact', { code: code() }, savePassword, 2),
    'request.stale',
  );
  succeeded(await call('registration.proveContact', { code: code() }));

  // Another browser proves a phone for the same number before this one submits.
  const friend = { ...citizen, mobile: '19900000099' };
  const friendsCode = await registerUntilCode(other.call, world, friend);
  succeeded(await other.call('registration.proveContact', { code: friendsCode }));
  const agreed = { hasAgreed: true };
  refused(await callWhile('registration.submit', agreed, savePassword), 'request.stale');
  succeeded(await call('registration.submit', agreed));
  refused(await other.call('registration.submit', agreed), 'registration.number_taken');

  other.cookies.delete('registration');
  const late = { ...citizen, mobile: '19900000098' };
  const lateCode = await registerUntilCode(other.call, world, late);
  const taken = await other.call('registration.proveContact', { code: lateCode });
  refused(taken, 'registration.number_taken');
  await useUp(world, 'new_password', 10);
  refused(await other.call('registration.savePassword', passwordAnswers), 'request.too_many');

  await useUp(world, 'sms.address', 2_000);
  const ticket = await ticketFor(other.call, world, 'register');
  const again = { email: 'a@example.com', mobile: '19900000097', ticket };
  refused(await other.call('registration.sendCode', again), 'request.too_many');
  await walkNumberClaim(world, browser, other);
  await useUp(world, 'registration', 2_000);
  other.cookies.set('registration', 'ended.secret');
  refused(await other.call('registration.saveDocument', document), 'request.too_many');
  world.advance(61 * minute);
  return citizen;
}

async function walkLogin(
  world: TestWorld,
  { call, cookies }: TestBrowser,
  stranger: TestBrowser,
  number: string,
) {
  const made = { name: number, password: 'x', ticket: 'made up' };
  refused(await call('login.signIn', made), 'puzzle.ticket_refused');
  refused(await signIn(call, world, number, 'wrong'), 'login.refused');
  refused(await signIn(call, world, '110199199001010002', 'wrong'), 'login.refused');
  for (const _ of [1, 2]) refused(await signIn(call, world, number, 'wrong'), 'login.refused');
  refused(await signIn(call, world, number, 'wrong'), 'login.locked');
  world.advance(minute);
  succeeded(await signIn(call, world, number, passwordAnswers.password));
  succeeded(await signIn(call, world, number, passwordAnswers.password));
  succeeded(await signIn(stranger.call, world, number, passwordAnswers.password));
  const unknown = () => signIn(call, world, '110199197001010038', 'wrong');
  refused(await unknown(), 'login.refused');
  await useUp(world, 'login.strangers', 30);
  refused(await unknown(), 'puzzle.work_required');
  await useUp(world, 'login.strangers', 270);
  const ticket = await heavyTicketFor(call, 'login');
  const heavy = { name: '110199197001010038', password: 'wrong', ticket };
  refused(await call('login.signIn', heavy), 'login.strangers_locked');
  await useUp(world, 'login.address', 400);
  refused(await signIn(call, world, '110199197001010038', 'wrong'), 'request.too_many');
  world.advance(16 * minute);
  expect(cookies.has('session')).toBe(true);
}

/** Somebody verified asks the authorities of records. */
async function walkRecords(
  world: TestWorld,
  { call, callWhile }: Pick<TestBrowser, 'call' | 'callWhile'>,
) {
  const degree = { kind: 'degree' };
  const ask = () => call('records.refresh', degree);
  refused(await ask(), 'consent.required');
  succeeded(await call('data.giveConsent', { kind: 'records', hasAgreed: false }));
  refused(await call('records.refresh', { kind: 'admission' }), 'request.not_found');
  let second: Answer | null = null;
  const first = await callWhile(
    'records.refresh',
    degree,
    async () => {
      second = await ask();
    },
    2,
  );
  expect(succeeded(first)).toEqual({ outcome: 'found' });
  refused(second ?? first, 'record.in_progress');
  succeeded(await call('records.view'));
  const replace = () => world.ctx().db.run("update record set ask_id = 'another'");
  refused(await callWhile('records.refresh', degree, replace, 2), 'request.stale');
  await world.ctx().db.run('update record set ask_id = null');
  await useUp(world, 'record', 12);
  refused(await ask(), 'record.day_limit');
  await giveBack(world, 'record');
  await useUp(world, 'record.asked', 40);
  refused(await ask(), 'request.too_many');
  succeeded(await call('data.withdrawConsent', { kind: 'records' }));
}

async function walkAccount(world: TestWorld, { call, callWhile, cookies }: TestBrowser) {
  const citizen = citizenWith(world, { outcome: 'match' });
  const profile = profileAnswersOf(citizen);
  const correction = correctionOf(citizen);
  const misspelt = { ...correction, name: '林知近' };
  const enter = { serviceId: 'certification' };
  succeeded(await call('entry.services'));
  succeeded(await call('entry.doors'));
  succeeded(await call('session.current'));
  succeeded(await call('session.extend'));
  succeeded(await call('profile.view'));
  refused(await call('profile.reveal'), 'proof.required');
  succeeded(await call('proof.byPassword', { password: passwordAnswers.password }));
  succeeded(await call('profile.reveal'));
  refused(await call('verification.verify', correction), 'profile.incomplete');
  refused(await call('entry.enter', enter), 'profile.incomplete');
  const save = () => call('profile.save', profile);
  refused(await callWhile('profile.save', profile, save), 'request.stale');
  succeeded(await save());
  refused(await call('entry.enter', { serviceId: 'nowhere' }), 'request.not_found');
  refused(await call('entry.enter', enter), 'service.not_verified');
  refused(await call('records.refresh', { kind: 'degree' }), 'service.not_verified');

  succeeded(await call('verification.view'));
  const verifyAgain = () => call('verification.verify', misspelt);
  let second: Answer | null = null;
  const first = await callWhile(
    'verification.verify',
    misspelt,
    async () => {
      second = await verifyAgain();
    },
    2,
  );
  expect(succeeded(first)).toMatchObject({ outcome: 'mismatched', isCounted: true });
  refused(second ?? first, 'verification.in_progress');
  world.sandbox.authority.setMode('down');
  expect(succeeded(await verifyAgain())).toMatchObject({ isCounted: false });
  world.sandbox.authority.setMode('working');
  succeeded(await verifyAgain());
  refused(await callWhile('verification.verify', correction, save, 2), 'request.stale');
  refused(await verifyAgain(), 'verification.day_limit');
  await useUp(world, 'verification.asked', 10);
  await giveBack(world, 'verification');
  refused(await verifyAgain(), 'request.too_many');
  world.advance(24 * 60 * minute);
  succeeded(await signIn(call, world, citizen.number, passwordAnswers.password));
  expect(succeeded(await call('verification.verify', correction))).toMatchObject({
    outcome: 'matched',
  });
  succeeded(await call('verification.view'));
  succeeded(await call('verification.levels'));
  await walkRecords(world, { call, callWhile });
  refused(await call('entry.enter', enter), 'consent.required');
  const toEnter = { kind: 'service', ...enter };
  succeeded(await call('entry.terms', enter));
  refused(await call('entry.terms', { serviceId: 'nowhere' }), 'request.not_found');
  const told = { ...toEnter, fields: ['name'], hasAgreed: false };
  succeeded(await call('data.giveConsent', told));
  succeeded(await call('entry.enter', enter));
  expect(succeeded(await call('verification.verify', correction))).toMatchObject({
    outcome: 'matched',
  });

  succeeded(await call('session.list'));
  succeeded(await call('session.history'));
  succeeded(await call('session.end', { sessionId: 'another' }));
  const ended = cookies.get('session') ?? '';
  succeeded(await call('session.signOut'));
  cookies.set('session', ended);
  refused(await call('session.list'), 'session.required');
  succeeded(await signIn(call, world, citizen.number, passwordAnswers.password));
  succeeded(await call('session.endAll'));
}

/** Somebody who is signed in elsewhere has forgotten the password. Ends an hour and a day later. */
async function walkRecovery(world: TestWorld, browser: TestBrowser, elsewhere: TestBrowser) {
  const { call, callWhile, cookies } = browser;
  const citizen = citizenWith(world, { outcome: 'mismatch' });
  await register(elsewhere.call, world, citizen);
  const newPassword = 'Zhuye-47*stone';
  const answers = () => recoveryAnswersOf(call, world, citizen);
  const withTicket = async () => ({ ticket: await ticketFor(call, world, 'recover') });
  const code = () => world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  const wrong = () => (code() === '000000' ? '000001' : '000000');
  const reset = (typed: string) => ({
    code: typed,
    password: newPassword,
    passwordAgain: newPassword,
  });

  refused(await call('recovery.sendCode', await withTicket()), 'recovery.not_started');
  refused(await call('recovery.resetPassword', reset('123456')), 'recovery.not_started');
  const made = { ...(await answers()), ticket: 'made up' };
  refused(await call('recovery.identify', made), 'puzzle.ticket_refused');
  const misspelt = { ...(await answers()), name: '周子函' };
  refused(await call('recovery.identify', misspelt), 'recovery.no_match');
  expect(cookies.has('recovery')).toBe(false);
  succeeded(await call('recovery.identify', await answers()));

  refused(await call('recovery.resetPassword', reset('123456')), 'code.expired');
  // The registration's code went to the same number just now.
  refused(await call('recovery.sendCode', await withTicket()), 'code.too_soon');
  world.advance(minute);
  refused(await call('recovery.sendCode', { ticket: 'made up' }), 'puzzle.ticket_refused');
  for (const mode of ['down', 'refusing'] as const) {
    world.sandbox.gateway('aliyun').setMode(mode);
    expect(succeeded(await call('recovery.sendCode', await withTicket()))).toMatchObject({
      recovery: { remainingToday: 2, code: null },
    });
  }
  world.sandbox.gateway('aliyun').setMode('working');
  succeeded(await call('recovery.sendCode', await withTicket()));
  succeeded(await call('recovery.current'));
  for (const _ of [1, 2, 3, 4]) {
    refused(await call('recovery.resetPassword', reset(wrong())), 'code.wrong');
  }
  refused(await call('recovery.resetPassword', reset(wrong())), 'code.tries_used_up');
  refused(await call('recovery.resetPassword', reset(code())), 'code.tries_used_up');
  world.advance(minute);
  succeeded(await call('recovery.sendCode', await withTicket()));
  world.advance(minute);
  refused(await call('recovery.sendCode', await withTicket()), 'code.day_limit');

  const save = () => elsewhere.call('profile.save', profileAnswersOf(citizen));
  const meanwhile = await callWhile('recovery.resetPassword', reset(code()), save, 2);
  refused(meanwhile, 'request.stale');
  await useUp(world, 'new_password', 10);
  refused(await call('recovery.resetPassword', reset(code())), 'request.too_many');
  await giveBack(world, 'new_password');
  cookies.set('session', elsewhere.cookies.get('session') ?? '');
  succeeded(await call('session.list'));
  succeeded(await call('recovery.resetPassword', reset(code())));
  expect([cookies.has('recovery'), cookies.has('session')]).toEqual([false, false]);
  refused(await elsewhere.call('session.list'), 'session.required');
  succeeded(await signIn(call, world, citizen.number, newPassword));

  // A browser that has just reset the password is a place of its own.
  for (const _ of [1, 2, 3, 4, 5]) succeeded(await call('recovery.identify', await answers()));
  refused(await call('recovery.identify', await answers()), 'recovery.day_limit');
  world.advance(24 * 60 * minute);
  await recoverUntilCode(call, world, citizen);
  const unknown = async () => ({ ...(await answers()), number: '110199197001010038' });
  refused(await call('recovery.identify', await unknown()), 'recovery.no_match');
  await useUp(world, 'recovery.strangers', 10);
  refused(await call('recovery.identify', await unknown()), 'puzzle.work_required');
  await useUp(world, 'recovery.address', 300);
  refused(await call('recovery.identify', await answers()), 'request.too_many');
  world.advance(minute);
  await useUp(world, 'sms.address', 2_000);
  refused(await call('recovery.sendCode', await withTicket()), 'request.too_many');
  world.advance(61 * minute);
}

/** At a portal where people sign in by a contact: by the user name, and back to it. */
async function walkUserName(
  world: TestWorld,
  { call }: TestBrowser,
  teacher: TestBrowser,
  citizen: Citizen,
) {
  const passwords = { password: 'Zhuye-47*stone', passwordAgain: 'Zhuye-47*stone' };
  const ticket = () => ticketFor(call, world, 'recover');
  const begin = async (userName: string) =>
    call('recovery.begin', { name: userName, ticket: await ticket() });
  const elsewhere = { name: 'nobody@example.com', ticket: 'made up' };
  refused(await teacher.call('recovery.begin', elsewhere), 'request.not_found');
  refused(await teacher.call('recovery.tellUserNames', { code: '123456' }), 'request.not_found');
  refused(await call('recovery.begin', elsewhere), 'puzzle.ticket_refused');
  refused(await begin('1'), 'input.invalid');

  for (const _ of [1, 2, 3, 4]) {
    succeeded(await begin('19900000097'));
    refused(await begin('19900000097'), 'code.too_soon');
    world.advance(minute);
  }
  refused(await begin('19900000097'), 'code.day_limit');
  succeeded(await begin('nobody@example.com'));
  const again = async () => call('recovery.sendCode', { ticket: await ticket() });
  refused(await again(), 'code.too_soon');
  world.advance(minute);
  succeeded(await again());
  world.advance(minute);
  await useUp(world, 'mail.strangers', 10);
  refused(await again(), 'puzzle.work_required');
  refused(await begin('nobody@example.com'), 'puzzle.work_required');
  await giveBack(world, 'mail.strangers');
  await useUp(world, 'mail.address', 2_000);
  refused(await begin('other@example.com'), 'request.too_many');
  await giveBack(world, 'mail.address');
  refused(await call('recovery.resetPassword', { ...passwords, code: '123456' }), 'code.wrong');

  const code = () => world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  const tell = (typed: string) => call('recovery.tellUserNames', { code: typed });
  refused(await tell('123456'), 'recovery.not_started');
  const { documentType, number, name } = citizen;
  const identify = { documentType, number, name, ticket: await ticket() };
  succeeded(await call('recovery.identify', identify));
  refused(await tell('123456'), 'code.expired');
  succeeded(await call('recovery.sendCode', { ticket: await ticket(), by: 'mobile' }));
  succeeded(await tell(code()));
  world.advance(minute);
  succeeded(await call('recovery.sendCode', { ticket: await ticket(), by: 'mobile' }));
  const wrong = code() === '000000' ? '000001' : '000000';
  for (const _ of [1, 2, 3, 4]) refused(await tell(wrong), 'code.wrong');
  refused(await tell(wrong), 'code.tries_used_up');
  world.advance(25 * 60 * minute);
}

/** The same by mail: the link opens on any device, and resets once. Ends an hour later. */
async function walkLinks(world: TestWorld, browser: TestBrowser, elsewhere: TestBrowser) {
  const { call, callWhile } = browser;
  const citizen = citizenWith(world, { outcome: 'no_record' });
  await register(elsewhere.call, world, citizen);
  const withTicket = async () => ({ ticket: await ticketFor(call, world, 'recover') });
  const passwords = { password: 'Zhuye-47*stone', passwordAgain: 'Zhuye-47*stone' };
  refused(await call('recovery.sendLink', await withTicket()), 'recovery.not_started');
  succeeded(await call('recovery.identify', await recoveryAnswersOf(call, world, citizen)));
  refused(await call('recovery.sendLink', { ticket: 'made up' }), 'puzzle.ticket_refused');
  for (const _ of [1, 2, 3, 4]) {
    succeeded(await call('recovery.sendLink', await withTicket()));
    world.advance(minute);
  }
  succeeded(await call('recovery.sendLink', await withTicket()));
  refused(await call('recovery.sendLink', await withTicket()), 'code.too_soon');
  world.advance(minute);
  refused(await call('recovery.sendLink', await withTicket()), 'code.day_limit');
  await giveBack(world, 'mail');
  await useUp(world, 'mail.strangers', 10);
  refused(await call('recovery.sendLink', await withTicket()), 'puzzle.work_required');
  await deliverWaiting(world.ctx());

  const mailed = world.sandbox.mail.messages('someone@example.com').flatMap(({ links }) => links);
  const link = mailed.findLast((each) => each.includes('/recovery/link#'))?.split('#')[1] ?? '';
  refused(await elsewhere.call('recovery.openLink', { link: 'x.y' }), 'link.expired');
  refused(await call('recovery.resetByLink', { link: 'x.y', ...passwords }), 'link.expired');
  succeeded(await elsewhere.call('recovery.openLink', { link }));
  const save = () => elsewhere.call('profile.save', profileAnswersOf(citizen));
  const meanwhile = await callWhile('recovery.resetByLink', { link, ...passwords }, save);
  refused(meanwhile, 'request.stale');
  await useUp(world, 'new_password', 10);
  refused(await call('recovery.resetByLink', { link, ...passwords }), 'request.too_many');
  await giveBack(world, 'new_password');
  succeeded(await call('recovery.resetByLink', { link, ...passwords }));
  refused(await elsewhere.call('recovery.openLink', { link }), 'link.used');
  refused(await call('recovery.resetByLink', { link, ...passwords }), 'link.used');
  succeeded(await signIn(call, world, citizen.number, passwords.password));

  const change = {
    current: passwords.password,
    password: 'Shan#Yue_47x',
    passwordAgain: 'Shan#Yue_47x',
  };
  const wrong = { ...change, current: 'Not-the-1-password' };
  const saveHere = () => call('profile.save', profileAnswersOf(citizen));
  refused(await callWhile('login.changePassword', change, saveHere, 2), 'request.stale');
  succeeded(await call('login.changePassword', change));
  await useUp(world, 'password.hash', 30);
  refused(await call('login.changePassword', wrong), 'request.too_many');
  refused(await call('proof.byPassword', { password: change.password }), 'request.too_many');
  await giveBack(world, 'password.hash');
  for (const _ of [1, 2, 3, 4]) refused(await call('login.changePassword', wrong), 'input.invalid');
  refused(await call('login.changePassword', wrong), 'login.locked');
  world.advance(60 * minute);
}

const urlOf = (answer: Answer) => {
  const drawn = succeeded(answer) as { url: string } | { scene: { url: string } };
  return 'url' in drawn ? drawn.url : drawn.scene.url;
};

/** Two people and one WeChat: it registers one, is bound, resets, and is let go. Ends an hour later. */
async function walkWeChat(world: TestWorld, browser: TestBrowser, other: TestBrowser) {
  const { call, callWhile } = browser;
  const citizen = citizenWith(world, { documentType: 'taiwan_travel_permit' });
  const phone = await chatOn(world, citizen.mobile);
  const { wechat } = world.sandbox;
  const contact = contactOf(citizen);
  const toRegister = async () => ({ ...contact, ticket: await ticketFor(call, world, 'register') });
  const toRecover = async () => ({ ticket: await ticketFor(call, world, 'recover') });
  const prove = () => world.ctx().db.run(`update session set proved_at_ms = ${world.nowMs()}`);

  const draw = async () => call('registration.sendWeChatCode', await toRegister());
  refused(await draw(), 'registration.not_started');
  succeeded(await call('registration.saveDocument', documentAnswersOf(citizen)));
  refused(await draw(), 'registration.out_of_order');
  const savePassword = () => call('registration.savePassword', passwordAnswers);
  succeeded(await savePassword());
  const refusedTicket = { ...contact, ticket: 'made up' };
  refused(await call('registration.sendWeChatCode', refusedTicket), 'puzzle.ticket_refused');
  wechat.setMode('down');
  refused(await draw(), 'wechat.unavailable');
  wechat.setMode('working');
  const overtaken = await toRegister();
  const stale = await callWhile('registration.sendWeChatCode', overtaken, savePassword, 2);
  refused(stale, 'request.stale');
  await phone.scan(urlOf(await draw()));
  await phone.follow();
  const { text } = await phone.type(citizen.number);
  expect(succeeded(await call('registration.current'))).toMatchObject({
    channel: 'wechat',
    scene: { isScanned: true, isAnswered: true },
  });
  succeeded(await call('registration.proveContact', { code: codeIn(text) }));
  succeeded(await call('registration.submit', { hasAgreed: true }));
  expect(succeeded(await call('wechat.current'))).toMatchObject({ scene: null });

  refused(await call('recovery.sendWeChatScene', await toRecover()), 'recovery.not_started');
  succeeded(await call('recovery.identify', await recoveryAnswersOf(call, world, citizen)));
  // T-REG-13a: the code in the chat has proved no telephone.
  refused(await call('recovery.sendCode', await toRecover()), 'contact.not_proved');
  const bySms = { channel: 'sms', ticket: await ticketFor(call, world, 'contact') };
  refused(await call('proof.sendCode', bySms), 'contact.not_proved');
  refused(await call('recovery.sendWeChatScene', { ticket: 'made up' }), 'puzzle.ticket_refused');
  wechat.setMode('busy');
  refused(await call('recovery.sendWeChatScene', await toRecover()), 'wechat.unavailable');
  wechat.setMode('working');
  await phone.scan(urlOf(await call('recovery.sendWeChatScene', await toRecover())));
  const link = new URL(
    /https:\S+/.exec((await phone.press('RESET_PASSWORD')).text ?? '')?.[0] ?? '',
  );
  succeeded(await call('recovery.openLink', { link: link.hash.slice(1) }));

  refused(await call('wechat.unbind'), 'proof.required');
  refused(await call('wechat.begin'), 'proof.required');
  refused(await call('wechat.bind', { code: '123456' }), 'proof.required');
  await prove();
  succeeded(await call('wechat.unbind'));
  refused(await call('wechat.unbind'), 'wechat.not_bound');
  succeeded(await call('recovery.identify', await recoveryAnswersOf(call, world, citizen)));
  refused(await call('recovery.sendWeChatScene', await toRecover()), 'wechat.not_bound');
  wechat.setMode('down');
  refused(await call('wechat.begin'), 'wechat.unavailable');
  wechat.setMode('working');
  refused(await call('wechat.bind', { code: '123456' }), 'code.expired');
  const code = codeIn((await phone.scan(urlOf(await call('wechat.begin')))).text);
  const wrong = { code: code === '000000' ? '000001' : '000000' };
  for (const _ of [1, 2, 3, 4]) refused(await call('wechat.bind', wrong), 'code.wrong');
  refused(await call('wechat.bind', wrong), 'code.tries_used_up');
  const again = codeIn((await phone.press('GET_CODE')).text);
  succeeded(await call('wechat.bind', { code: again }));

  const friend = citizenWith(world, { name: '欧阳若澄' });
  await register(other.call, world, friend);
  await prove();
  const theirs = codeIn((await phone.scan(urlOf(await other.call('wechat.begin')))).text);
  refused(await other.call('wechat.bind', { code: theirs }), 'wechat.bound_elsewhere');

  await useUp(world, 'wechat.scene', 2_000);
  refused(await other.call('wechat.begin'), 'request.too_many');
  succeeded(await call('recovery.identify', await recoveryAnswersOf(call, world, citizen)));
  refused(await call('recovery.sendWeChatScene', await toRecover()), 'request.too_many');
  succeeded(await other.call('registration.saveDocument', documentAnswersOf(friend)));
  succeeded(await other.call('registration.savePassword', passwordAnswers));
  const ticket = await ticketFor(other.call, world, 'register');
  const toOther = { ...contact, ticket };
  refused(await other.call('registration.sendWeChatCode', toOther), 'request.too_many');
  world.advance(61 * minute);
}

/** T-REG-13a: two people who register by one WeChat; it becomes that of the first who submits. */
async function walkOneWeChat(world: TestWorld, first: TestBrowser, second: TestBrowser) {
  const phone = await chatOn(world, '19900000097');
  await phone.follow();
  const permit = citizenWith(world, { documentType: 'taiwan_travel_permit' });
  const codeFor = async ({ call }: TestBrowser, number: string) => {
    const citizen = { ...permit, number };
    const ticket = await ticketFor(call, world, 'register');
    const drawn = await call('registration.sendWeChatCode', { ...contactOf(citizen), ticket });
    await phone.scan(urlOf(drawn));
    return { code: codeIn((await phone.type(citizen.number)).text) };
  };
  for (const [browser, number] of [
    [first, '20000001'],
    [second, '20000002'],
  ] as const) {
    const citizen = { ...permit, number };
    succeeded(await browser.call('registration.saveDocument', documentAnswersOf(citizen)));
    succeeded(await browser.call('registration.savePassword', passwordAnswers));
    succeeded(await browser.call('registration.proveContact', await codeFor(browser, number)));
  }
  succeeded(await first.call('registration.submit', { hasAgreed: true }));
  refused(await second.call('registration.submit', { hasAgreed: true }), 'wechat.bound_elsewhere');
  const again = await codeFor(second, '20000002');
  refused(await second.call('registration.proveContact', again), 'wechat.bound_elsewhere');
}

/** T-PWD-05: somebody of the old system who is too early for a reset. */
async function walkOld(world: TestWorld, { call }: TestBrowser) {
  const citizen = citizenWith(world, { name: '沈秀兰' });
  await importAccounts(world.ctx(), [
    {
      identity: {
        type: citizen.documentType,
        number: citizen.number,
        birthDate: null,
        sex: null,
        region: null,
        name: citizen.name,
        validity: { ...citizen.validity, term: 'long_term' },
      },
      contact: contactOf(citizen),
      registeredAtMs: 0,
    },
  ]);
  const answers = await recoveryAnswersOf(call, world, citizen);
  refused(await call('recovery.identify', answers), 'recovery.registered_too_early');
}

async function walkPermits(world: TestWorld, { call }: TestBrowser, { call: callAs }: TestBrowser) {
  const permit = citizenWith(world, { documentType: 'hk_macao_travel_permit' });
  await register(call, world, permit);
  succeeded(await call('profile.save', profileAnswersOf(permit)));
  const asked = await call('verification.verify', correctionOf(permit));
  refused(asked, 'verification.no_authority');
  refused(await call('proof.byAuthority', correctionOf(permit)), 'verification.no_authority');
  const holderId = await whoseLast(world);

  const resident = citizenWith(world, { documentType: 'hmt_residence_permit' });
  await register(callAs, world, resident);
  const profile = profileAnswersOf(resident);
  succeeded(await callAs('profile.save', profile));
  const permitAsked = () => callAs('verification.verify', correctionOf(resident));
  await attestFor(world, holderId, 'travel_permit', resident.travelPermitNumber);
  refused(await permitAsked(), 'verification.permit_taken');
  await attestFor(world, await whoseLast(world));
  const other = { ...profile, travelPermitNumber: 'H00000020' };
  refused(await callAs('profile.save', other), 'profile.fixed_after_verification');
  const corrected = { ...profile, localDocumentNumber: 'AB987654(3)' };
  refused(await callAs('profile.save', corrected), 'proof.required');
}

/** The account of the newest session. */
async function whoseLast(world: TestWorld): Promise<string> {
  const [row] = await world
    .ctx()
    .db.all<{ id: string }>(
      'select account_id as id from session order by created_at_ms desc, rowid desc limit 1',
    );
  return row?.id ?? '';
}

/** A child's registration with the consent of a guardian, who takes it back. Ends an hour later. */
async function walkGuardian(world: TestWorld, guardian: TestBrowser, child: TestBrowser) {
  const adult = citizenWith(world, { name: '秦望舒' });
  const minor = citizenWith(world, { name: '江小树' });
  const { documentType, number, name } = minor;
  const answers = { documentType, number, name, relation: 'father', hasConsented: true };
  const give = async (change = {}) => {
    const answer = await guardian.call('guardian.give', { ...answers, ...change });
    return (succeeded(answer) as { code: string }).code;
  };
  const withdraw = async () => {
    const current = succeeded(await guardian.call('guardian.current'));
    const { consents } = current as {
      consents: { consentId: string; endedAtMs: number | null }[];
    };
    const open = consents.find(({ endedAtMs }) => endedAtMs === null);
    return guardian.call('guardian.withdraw', { consentId: open?.consentId });
  };
  const prove = () => world.ctx().db.run(`update session set proved_at_ms = ${world.nowMs()}`);
  const begin = (guardianCode?: string) =>
    child.call('registration.saveDocument', { ...documentAnswersOf(minor), guardianCode });
  const submit = () => child.call('registration.submit', { hasAgreed: true });

  const { hasConsented: _, ...refusal } = answers;
  const refuse = () => guardian.call('guardian.refuse', refusal);
  await register(guardian.call, world, adult);
  refused(await guardian.call('guardian.give', answers), 'proof.required');
  refused(await refuse(), 'proof.required');
  await prove();
  refused(await guardian.call('guardian.give', answers), 'guardian.not_entitled');
  refused(await refuse(), 'guardian.not_entitled');
  await attestFor(world, await whoseLast(world));
  refused(await guardian.call('guardian.withdraw', { consentId: 'none' }), 'request.stale');

  refused(await begin(), 'guardian.required');
  refused(await begin('0000'), 'guardian.code_refused');
  succeeded(await begin(await give()));
  succeeded(await child.call('registration.savePassword', passwordAnswers));
  const ticket = await ticketFor(child.call, world, 'register');
  succeeded(await child.call('registration.sendCode', { ...contactOf(minor), ticket }));
  const code = world.sandbox.phone.lastCode(minor.mobile) ?? '';
  succeeded(await child.call('registration.proveContact', { code }));
  succeeded(await withdraw());
  refused(await submit(), 'guardian.required');
  succeeded(await child.call('registration.discard'));
  world.advance(minute);
  await prove();
  const second = await give();
  succeeded(await begin(second));
  succeeded(await child.call('registration.savePassword', passwordAnswers));
  const again = await ticketFor(child.call, world, 'register');
  succeeded(await child.call('registration.sendCode', { ...contactOf(minor), ticket: again }));
  const newer = { code: world.sandbox.phone.lastCode(minor.mobile) ?? '' };
  succeeded(await child.call('registration.proveContact', newer));
  await useUp(world, 'registration', 2_000);
  const third = await give();
  succeeded(await submit());
  // A cookie of a registration that is over.
  child.cookies.set('registration', 'over.secret');
  refused(await begin(third), 'request.too_many');
  await giveBack(world, 'registration');

  succeeded(await child.call('profile.save', profileAnswersOf(minor)));
  succeeded(await withdraw());
  succeeded(await withdraw());
  const agreed = { kind: 'document_number', hasAgreed: true };
  refused(await child.call('data.giveConsent', agreed), 'guardian.required');
  const wrong = { ...agreed, guardianCode: '0000' };
  refused(await child.call('data.giveConsent', wrong), 'guardian.code_refused');
  succeeded(await child.call('data.giveConsent', { ...agreed, guardianCode: await give() }));
  await useUp(world, 'consent', 10);
  succeeded(await child.call('data.withdrawConsent', { kind: 'document_number' }));
  const fifth = await give();
  refused(
    await child.call('data.giveConsent', { ...agreed, guardianCode: fifth }),
    'request.too_many',
  );
  refused(await guardian.call('guardian.give', answers), 'request.too_many');
  refused(await refuse(), 'request.too_many');

  await giveBack(world, 'guardian');
  succeeded(await refuse());
  const other = { number: '12345679', mobile: '19900000079' };
  const permit = { ...citizenWith(world, { name: '范语桐' }), ...other };
  succeeded(await child.call('session.signOut'));
  await register(child.call, world, permit);
  const profile = {
    ...profileAnswersOf(permit),
    birthDate: { year: '2020', month: '1', day: '1' },
  };
  refused(await child.call('profile.save', profile), 'guardian.required');
  const guessed = { ...profile, guardianCode: '0000' };
  refused(await child.call('profile.save', guessed), 'guardian.code_refused');
  const own = { documentType: permit.documentType, number: permit.number };
  succeeded(await child.call('profile.save', { ...profile, guardianCode: await give(own) }));
  world.advance(60 * minute);
}

/** Somebody who is verified looks at what is held, takes it along, and nearly leaves. Ends an hour later. */
async function walkData(world: TestWorld, { call, callWhile }: TestBrowser, other: TestBrowser) {
  const citizen = citizenWith(world, { outcome: 'match' });
  const correction = correctionOf(citizen);
  const enter = () => call('entry.enter', { serviceId: 'certification' });
  const kind = { kind: 'document_number' };
  const prove = () => world.ctx().db.run(`update session set proved_at_ms = ${world.nowMs()}`);
  succeeded(await signIn(call, world, citizen.number, passwordAnswers.password));
  succeeded(await call('data.view'));
  world.advance(10 * minute);
  refused(await call('data.export'), 'proof.required');
  refused(await call('data.requestCancellation'), 'proof.required');
  refused(await call('data.closeAtOnce'), 'proof.required');
  await prove();
  refused(await call('data.closeAtOnce'), 'account.was_verified');
  succeeded(await call('data.export'));
  await useUp(world, 'data.export', 9);
  refused(await call('data.export'), 'request.too_many');

  const nowhere = { kind: 'service', serviceId: 'nowhere' };
  refused(await call('data.withdrawConsent', nowhere), 'request.not_found');
  refused(await call('data.giveConsent', { ...nowhere, hasAgreed: true }), 'request.not_found');
  succeeded(await call('data.withdrawConsent', kind));
  refused(await call('data.withdrawConsent', kind), 'request.stale');
  refused(await enter(), 'consent.required');
  refused(await call('verification.verify', correction), 'consent.required');
  refused(await call('proof.byAuthority', correction), 'consent.required');
  const agreed = { ...kind, hasAgreed: true };
  succeeded(await call('data.giveConsent', agreed));
  refused(await call('data.giveConsent', agreed), 'request.stale');
  await useUp(world, 'consent', 10);
  refused(await call('data.giveConsent', agreed), 'request.too_many');

  refused(await call('data.stopCancellation'), 'request.stale');
  succeeded(await call('data.requestCancellation'));
  refused(await call('data.requestCancellation'), 'account.closing');
  refused(await enter(), 'account.closing');
  succeeded(await call('data.stopCancellation'));
  succeeded(await call('data.requestCancellation'));
  await deliverWaiting(world.ctx());
  const mails = world.sandbox.mail.messages('someone@example.com').map(({ text }) => text ?? '');
  const link = /\/cancellation#(\S+)/.exec(mails.findLast((text) => text.includes('#')) ?? '')?.[1];
  refused(await other.call('data.stopCancellationByLink', { link: 'x.y' }), 'link.expired');
  succeeded(await other.call('data.stopCancellationByLink', { link }));
  refused(await other.call('data.stopCancellationByLink', { link }), 'link.used');
  succeeded(await enter());
  await useUp(world, 'cancellation', 5);
  refused(await call('data.requestCancellation'), 'request.too_many');
  // As if nothing had ever been attested of them.
  await world.ctx().db.run('delete from attestation');
  const bump = () => world.ctx().db.run('update account set version = version + 1');
  refused(await callWhile('data.closeAtOnce', undefined, bump), 'request.stale');
  succeeded(await call('data.closeAtOnce'));
  world.advance(60 * minute);
}

/** The address of whoever is signed in is proved by its mail, then disowned, then proved as with every registration. */
async function walkMailProof(
  world: TestWorld,
  { call }: TestBrowser,
  stranger: TestBrowser,
  citizen: Citizen,
) {
  const send = () => call('contact.sendMailProof');
  const links = ['contact.openMailProof', 'contact.proveMail', 'contact.disownMail'] as const;
  const link = async () => {
    await deliverWaiting(world.ctx());
    const sent = world.sandbox.mail.messages('someone@example.com').flatMap(({ links }) => links);
    return { link: sent.findLast((url) => url.includes('/mail#'))?.split('#')[1] ?? '' };
  };
  refused(await send(), 'request.stale');
  await setEmailsProved(world, null);
  succeeded(await send());
  refused(await send(), 'code.too_soon');
  world.advance(minute);
  await useUp(world, 'mail.proof', 3);
  refused(await send(), 'code.day_limit');
  await giveBack(world, 'mail.proof');
  await useUp(world, 'mail.address', 2_000);
  refused(await send(), 'request.too_many');
  await giveBack(world, 'mail.address');
  const saveAs = (ethnicity: string) => () =>
    call('profile.save', { ...profileAnswersOf(citizen), ethnicity });
  const first = await link();
  for (const path of links) {
    refused(await stranger.call(path, { link: 'made.up' }), 'link.expired');
  }
  succeeded(await stranger.call('contact.openMailProof', first));
  const late = (path: string, ethnicity: string, sent: { link: string }) =>
    stranger.callWhile(path, sent, saveAs(ethnicity), 1);
  refused(await late('contact.proveMail', '02', first), 'request.stale');
  succeeded(await stranger.call('contact.proveMail', first));
  for (const path of links) refused(await stranger.call(path, first), 'link.used');
  await setEmailsProved(world, null);
  succeeded(await send());
  const second = await link();
  refused(await late('contact.disownMail', '03', second), 'request.stale');
  const twice = () => stranger.call('contact.disownMail', second);
  succeeded(await stranger.callWhile('contact.disownMail', second, twice, 1));
  succeeded(await twice());
}

/** Somebody proves who they are in each way and changes both contacts; the old mobile takes it back. Ends a day later. */
async function walkContact(world: TestWorld, browser: TestBrowser, stranger: TestBrowser) {
  const { call, callWhile } = browser;
  const citizen = citizenWith(world, { name: '沈秀兰' });
  const newMobile = '19900000066';
  const { password } = passwordAnswers;
  const withTicket = async () => ({ ticket: await ticketFor(call, world, 'contact') });
  const codeAt = (mobile: string) => ({ code: world.sandbox.phone.lastCode(mobile) ?? '' });
  const wrongAt = (mobile: string) => ({
    code: codeAt(mobile).code === '000000' ? '000001' : '000000',
  });
  await register(call, world, citizen);
  world.advance(minute);
  succeeded(await call('notice.list'));
  succeeded(await call('notice.markRead', { untilMs: world.nowMs() }));
  succeeded(await call('proof.current'));
  succeeded(await call('contact.current'));
  succeeded(await call('contact.cancel'));

  const begin = async (value = newMobile) =>
    call('contact.begin', { kind: 'mobile', value, ...(await withTicket()) });
  refused(await begin(), 'proof.required');
  const byPassword = () => call('proof.byPassword', { password });
  const provedTwice = () => byPassword().then(byPassword);
  refused(await callWhile('proof.byPassword', { password }, provedTwice, 2), 'request.stale');
  for (const _ of [1, 2, 3, 4]) {
    refused(await call('proof.byPassword', { password: 'wrong' }), 'input.invalid');
  }
  // The one that was too late was counted as well.
  refused(await byPassword(), 'login.locked');

  const sendCode = async () => call('proof.sendCode', { channel: 'sms', ...(await withTicket()) });
  const madeUp = { channel: 'sms', ticket: 'made up' };
  refused(await call('proof.sendCode', madeUp), 'puzzle.ticket_refused');
  refused(await call('proof.byCode', { code: '123456' }), 'code.expired');
  succeeded(await sendCode());
  refused(await sendCode(), 'code.too_soon');
  succeeded(await call('proof.sendCode', { channel: 'mail', ...(await withTicket()) }));
  world.advance(minute);
  succeeded(await sendCode());
  for (const _ of [1, 2, 3, 4]) {
    refused(await call('proof.byCode', wrongAt(citizen.mobile)), 'code.wrong');
  }
  refused(await call('proof.byCode', wrongAt(citizen.mobile)), 'code.tries_used_up');
  world.advance(minute);
  refused(await sendCode(), 'code.day_limit');
  await walkMailProof(world, browser, stranger, citizen);
  world.sandbox.gateway('aliyun').setMode('refusing');
  refused(await begin('1990000006'), 'input.invalid');
  succeeded(await begin('19900000065'));
  world.sandbox.gateway('aliyun').setMode('working');

  refused(
    await call('contact.begin', { kind: 'mobile', value: newMobile, ticket: 'made up' }),
    'puzzle.ticket_refused',
  );
  succeeded(await begin());
  refused(await begin(), 'code.too_soon');
  succeeded(await call('contact.current'));
  for (const _ of [1, 2, 3, 4])
    refused(await call('contact.confirm', wrongAt(newMobile)), 'code.wrong');
  refused(await call('contact.confirm', wrongAt(newMobile)), 'code.tries_used_up');
  world.advance(minute);
  succeeded(await begin());
  world.advance(minute);
  succeeded(await begin());
  world.advance(minute);
  refused(await begin(), 'code.day_limit');
  const save = () => call('profile.save', profileAnswersOf(citizen));
  const late = await callWhile('contact.confirm', codeAt(newMobile), save, 2);
  refused(late, 'request.stale');
  succeeded(await call('contact.confirm', codeAt(newMobile)));
  refused(await call('contact.confirm', codeAt(newMobile)), 'code.expired');
  await deliverWaiting(world.ctx());

  const secret = codeAt(citizen.mobile).code;
  const forged = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
  refused(await stranger.call('contact.openUndo', { secret: forged }), 'link.expired');
  refused(await stranger.call('contact.undo', { secret: forged }), 'link.expired');
  succeeded(await stranger.call('contact.openUndo', { secret }));
  const other = { ...profileAnswersOf(citizen), ethnicity: '02' };
  const saveOther = () => call('profile.save', other);
  refused(await stranger.callWhile('contact.undo', { secret }, saveOther, 2), 'request.stale');
  succeeded(await stranger.call('contact.undo', { secret }));
  refused(await stranger.call('contact.openUndo', { secret }), 'link.used');
  refused(await stranger.call('contact.undo', { secret }), 'link.used');
  refused(await call('contact.current'), 'session.required');
  await useUp(world, 'undo.address', 20);
  refused(await stranger.call('contact.openUndo', { secret }), 'request.too_many');
  refused(await stranger.call('contact.undo', { secret }), 'request.too_many');
  world.advance(24 * 60 * minute);
}

/** Somebody whom the authority knows, who has lost password and contacts. Ends an hour later. */
async function walkProof(world: TestWorld, { call, callWhile }: TestBrowser) {
  const citizen = citizenWith(world, { name: '古丽·买买提' });
  const correction = correctionOf(citizen);
  const misspelt = { ...correction, name: '古丽·买提' };
  await register(call, world, citizen);
  world.advance(minute);
  const ask = (typed = correction) => call('proof.byAuthority', typed);
  let second: Answer | null = null;
  const first = await callWhile(
    'proof.byAuthority',
    misspelt,
    async () => {
      second = await ask();
    },
    2,
  );
  expect(succeeded(first)).toMatchObject({ outcome: 'mismatched', isCounted: true });
  refused(second ?? first, 'verification.in_progress');
  const withTicket = async () => ({
    channel: 'sms',
    ticket: await ticketFor(call, world, 'contact'),
  });
  succeeded(await call('proof.sendCode', await withTicket()));
  const code = { code: world.sandbox.phone.lastCode(citizen.mobile) ?? '' };
  const byPassword = () => call('proof.byPassword', { password: passwordAnswers.password });
  const provedTwice = () => byPassword().then(byPassword);
  refused(await callWhile('proof.byCode', code, provedTwice, 2), 'request.stale');
  world.advance(minute);
  refused(await callWhile('proof.byAuthority', correction, provedTwice, 2), 'request.stale');
  succeeded(await call('proof.byCode', code));
  // Until then the question that nobody waited for stands in the way.
  world.advance(minute);
  expect(succeeded(await ask())).toMatchObject({ outcome: 'matched', isCounted: true });
  refused(await ask(), 'verification.day_limit');
  await useUp(world, 'verification.asked', 10);
  await giveBack(world, 'verification');
  refused(await ask(), 'request.too_many');
  world.advance(minute);
  await useUp(world, 'sms.address', 2_000);
  refused(await call('proof.sendCode', await withTicket()), 'request.too_many');
  const begin = { kind: 'mobile', value: '19900000064', ...(await withTicket()) };
  const { channel: _, ...input } = begin;
  refused(await call('contact.begin', input), 'request.too_many');
  world.advance(61 * minute);
}

/** A manual review: put together, withdrawn, opened, rejected, corrected, sent back, used up, approved. */
async function walkReview(world: TestWorld, { call, callWhile, cookies, sendPhoto }: TestBrowser) {
  const citizen = citizenWith(world, { outcome: 'recently_changed' });
  const correction = correctionOf(citizen);
  const answers = { ...correction, reason: '刚换了新证。', channel: 'inbox' };
  const saveAnswers = () => call('review.saveAnswers', answers);
  const ctx = world.ctx();
  const reasons = [{ code: 'photo_unclear', item: 'a', mark: null, note: null }] as const;
  const removal = { side: 'b' };
  await register(call, world, citizen);
  const enter = async () => {
    succeeded(await signIn(call, world, citizen.number, passwordAnswers.password));
  };
  const whose = async () => {
    const [sessionId = ''] = cookies.get('session')?.split('.') ?? [];
    const sessions = await ctx.db.all<{ id: string; account_id: string }>(
      'select id, account_id from session',
    );
    const id = sessions.find((each) => each.id === sessionId)?.account_id ?? '';
    return { signedIn: { account: { id } } };
  };
  const photos = async () => {
    await call('data.giveConsent', { kind: 'photos', hasAgreed: false });
    for (const [side, file] of Object.entries(testPhotos)) {
      expect(await sendPhoto(side, file)).toMatchObject({ ok: true });
    }
  };

  refused(await call('review.submit'), 'profile.incomplete');
  succeeded(await call('profile.save', profileAnswersOf(citizen)));
  refused(await call('review.submit'), 'review.not_offered');
  refused(await call('review.withdraw'), 'request.not_found');
  refused(await call('review.correct'), 'request.not_found');
  expect(succeeded(await call('verification.verify', correction))).toMatchObject({
    outcome: 'mismatched',
  });
  refused(await call('review.submit'), 'review.incomplete');
  succeeded(await call('review.removePhoto', removal));
  for (let used = 0; used < 30; used += 1) {
    succeeded(await call('review.handOffPhoto', { side: 'b' }));
  }
  refused(await call('review.handOffPhoto', { side: 'b' }), 'request.too_many');
  succeeded(await saveAnswers());
  await photos();
  const { id: accountId } = (await whose()).signedIn.account;
  const setConsent = (atMs: string) =>
    ctx.db.run(`update consent set withdrawn_at_ms = ${atMs} where account_id = '${accountId}'`);
  await setConsent('1');
  refused(await call('review.submit'), 'consent.required');
  await setConsent('null');
  await ctx.db.run(
    `insert into verification (id, account_id, asked_at_ms, status) values ('now', '${accountId}', ${world.nowMs()}, 'asked')`,
  );
  refused(await call('review.submit'), 'verification.in_progress');
  await ctx.db.run("delete from verification where id = 'now'");
  refused(await callWhile('review.submit', undefined, saveAnswers, 2), 'request.stale');
  const submitNow = () => call('review.submit');
  refused(await callWhile('review.saveAnswers', answers, submitNow, 2), 'request.stale');
  refused(await submitNow(), 'review.open');
  refused(await saveAnswers(), 'review.open');
  refused(await call('review.removePhoto', removal), 'review.open');
  refused(await call('review.handOffPhoto', { side: 'b' }), 'review.open');
  await ctx.db.run(`update session set proved_at_ms = ${world.nowMs()}`);
  refused(await call('data.closeAtOnce'), 'review.open');
  refused(await call('review.correct'), 'review.open');
  refused(await call('profile.save', profileAnswersOf(citizen)), 'review.open');
  refused(await call('verification.verify', correction), 'review.open');
  succeeded(await call('review.current'));
  const withdrawNow = () => call('review.withdraw');
  refused(await callWhile('review.withdraw', undefined, withdrawNow, 2), 'request.stale');
  succeeded(await call('review.correct'));
  refused(await callWhile('review.removePhoto', removal, submitNow, 2), 'request.stale');
  await openAs(ctx, await whose());
  refused(await withdrawNow(), 'review.opened');
  for (const _ of [1, 2]) {
    await settleAs(world, ctx, await whose(), 'reject', reasons);
    succeeded(await call('review.correct'));
    await photos();
    succeeded(await submitNow());
  }
  await settleAs(world, ctx, await whose(), 'return', reasons);
  succeeded(await withdrawNow());
  succeeded(await call('review.correct'));
  await photos();
  refused(await submitNow(), 'review.period_limit');
  world.advance(366 * 24 * 60 * minute);
  await enter();
  succeeded(await submitNow());
  await settleAs(world, ctx, await whose(), 'reject', reasons);
  succeeded(await call('review.correct'));
  await photos();
  succeeded(await submitNow());
}

/** At a portal that no other file knows. */
const atFourth: Parameters<typeof createBrowser>[2] = (ctx) => ({ ...ctx, portal: fourthPortal });

const atStudent: typeof atFourth = (ctx) => inPortal(ctx, 'student');

/** What a procedure declares; every one does. */
function declared(path: string) {
  const meta = procedures[path]?.meta;
  if (meta === undefined) throw new Error(`${path} declares nothing`);
  return meta;
}

describe('what every procedure declares holds over a walk through all flows, happy and refused', () => {
  let world: TestWorld;
  const told: Told[] = [];
  const asked = new Set<string>();
  beforeAll(async () => {
    world = await createTestWorld({ asked });
    const browser = (id: string, change?: Parameters<typeof createBrowser>[2]) => {
      const made = createBrowser(world, id, change);
      browsers.push(made);
      return made;
    };
    const browsers: TestBrowser[] = [];
    const ministry = await ministryForTests();
    const first = browser('device-1');
    await walkPublic(world, browser('device-0'));
    const citizen = await walkRegistration(world, first, browser('device-2'));
    await walkLogin(world, first, browser('device-5'), citizen.number);
    await walkAccount(world, first);
    await walkFourth(
      world,
      browser('device-10', atFourth),
      browser('device-11', atFourth),
      citizen.number,
    );
    await walkActivation(
      world,
      browser('device-16', atStudent),
      browser('device-17', atStudent),
      refused,
    );
    await walkIdentity(
      world,
      browser('device-12', (ctx) => inPortal(ctx, 'student')),
      citizen.number,
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    await walkBusiness(
      world,
      browser('device-14', (ctx) => inPortal(ctx, 'business')),
      browser('device-15', (ctx) => ({
        ...inPortal(ctx, 'business'),
        authority: { ...ctx.authority, products: {} },
      })),
      [browser('device-16'), browser('device-17')],
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    await walkPermits(
      world,
      browser('device-3'),
      browser('device-4', (ctx) => ({
        ...ctx,
        authority: withPermits(ctx.authority),
      })),
    );
    await walkRecovery(world, browser('device-6'), browser('device-7'));
    await walkLinks(world, browser('device-8'), browser('device-9'));
    await walkUserName(world, browser('device-12', atFourth), browser('device-13'), citizen);
    await walkOld(world, browser('device-old'));
    await walkWeChat(world, browser('device-wechat-1'), browser('device-wechat-2'));
    await walkMinistry(
      world,
      [
        browser('device-ministry-1', (ctx) => ({ ...ctx, ministry: ministry.ministry })),
        browser('device-ministry-2', (ctx) => ({ ...ctx, ministry: ministry.ministry })),
        browser('device-ministry-3'),
      ],
      ministry,
      (kind, times) => useUp(world, kind, times),
    );
    await walkOneWeChat(world, browser('device-wechat-3'), browser('device-wechat-4'));
    await walkData(world, browser('device-20'), browser('device-21'));
    await walkGuardian(world, browser('device-22'), browser('device-23'));
    await walkContact(world, browser('device-30'), browser('device-31'));
    await walkProof(world, browser('device-32'));
    await walkReview(world, browser('device-40'));
    await walkConsoleDoor(world, browser('device-50'));
    await walkStaff(
      world,
      [browser('device-51'), browser('device-52'), browser('device-53')],
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    await walkDesk(world, [browser('device-60'), browser('device-61'), browser('device-62')]);
    await walkClaims(world, [browser('device-63'), browser('device-64'), browser('device-65')]);
    await walkHelpDesk(world, [browser('device-70'), browser('device-71'), browser('device-72')]);
    await walkTickets(
      world,
      [browser('device-80'), browser('device-81'), browser('device-82')],
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
      heavyTicketFor,
    );
    await walkOrganisations(world, [browser('device-95', atStudent), browser('device-96')], {
      useUp: (kind, times) => useUp(world, kind, times),
      giveBack: (kind) => giveBack(world, kind),
      heavyTicketFor,
      addLetter: async (key) => void (await addTicketFile(world.ctx(), key, testPhotos.a)),
    });
    await walkAgency(
      world,
      [
        browser('device-97'),
        browser('device-98', (ctx) => inPortal(ctx, 'student')),
        browser('device-99', (ctx) => ({ ...ctx, doors: [ctx.doors[0]] })),
      ],
      {
        useUp: (kind, times) => useUp(world, kind, times),
        giveBack: (kind) => giveBack(world, kind),
        heavyTicketFor,
      },
    );
    // Sets the clock back.
    await walkPhotoCheck(
      world,
      [
        browser('device-90', (ctx) => inPortal(ctx, 'student')),
        browser('device-91'),
        browser('device-92'),
      ],
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    await walkAuthorisation(
      world,
      [
        browser('device-97', (ctx) => inPortal(ctx, 'business')),
        browser('device-98'),
        browser('device-99'),
      ],
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    const ofFace = await walkFace(
      world,
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
    );
    const ofBinding = await walkBinding(
      world,
      (kind, times) => useUp(world, kind, times),
      (kind) => giveBack(world, kind),
      refused,
    );
    told.push(...browsers.flatMap((each) => each.told), ...ofBinding, ...ofFace);
  });
  afterAll(() => world.close());

  const paths = Object.keys(procedures);

  test('every statement finds its rows by an index, or in a table that stays small, and every index is needed', async () => {
    const { db } = world.ctx();
    const found: string[] = [];
    const used = new Set<string>();
    // Those of the walk itself have no parameters. Where nothing is looked for, nothing is looked at.
    const statements = [...asked].filter(
      (statement) => statement.includes('?') && !/\bin \(\)|\bfalse\b/.test(statement),
    );
    for (const statement of statements) {
      const plan = await db.all<{ detail: string }>(`explain query plan ${statement}`);
      for (const { detail } of plan) {
        const index = /INDEX (\w+)/.exec(detail)?.[1];
        if (index !== undefined) used.add(index);
        if (!/^SCAN (?!.*(?:CONSTANT|VIRTUAL))\w/.test(detail)) continue;
        if (small.test(detail) || limited.test(detail)) continue;
        found.push(`${detail}: ${statement}`);
      }
    }
    expect(found).toEqual([]);
    const indexes = await db.all<{ name: string }>(
      "select name from sqlite_master where type = 'index' and sql like 'create index%'",
    );
    const idle = indexes.map(({ name }) => name).filter((name) => !used.has(name));
    expect(idle.toSorted()).toEqual(Object.keys(askedElsewhere).toSorted());
  });

  test('ARCHITECTURE 6: each procedure of more than two round trips has its reason, and no other', () => {
    const long = paths.filter((path) => declared(path).roundTrips > 2);
    expect(Object.keys(reasons).toSorted()).toEqual(long.toSorted());
    for (const reason of Object.values(reasons)) expect(reason).toMatch(/\w+ \w+/);
  });

  test.each(paths)('ARCHITECTURE 6: %s never makes more round trips than it declares', (path) => {
    const calls = told.filter((call) => call.path === path);
    expect(calls.some(({ outcome }) => outcome === 'ok')).toBe(true);
    const most = Math.max(...calls.map(({ roundTrips }) => roundTrips));
    const over = calls.filter(({ roundTrips }) => roundTrips > declared(path).roundTrips);
    expect(over).toEqual([]);
    // A declaration that is too high would hide a slip.
    expect(most).toBe(declared(path).roundTrips);
  });

  test.each(paths)(
    'ARCHITECTURE 7: %s refuses with what it declares, and with all of it',
    (path) => {
      const met = new Set(told.filter((call) => call.path === path).map(({ outcome }) => outcome));
      const own = [...met].filter((code) => code !== 'ok' && !commonErrors.includes(code));
      expect(own.toSorted()).toEqual([...declared(path).errors].toSorted());
      expect(met).not.toContain('internal.unexpected');
    },
  );
});
