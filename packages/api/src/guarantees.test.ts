import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import type { AppErrorCode } from '@shiming/domain';
import { deliverMail } from '@shiming/services';
import { createTestWorld, documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  citizenWith,
  contactOf,
  correctionOf,
  createBrowser,
  passwordAnswers,
  procedures,
  profileAnswersOf,
  puzzleX,
  recoverUntilCode,
  recoveryAnswersOf,
  register,
  registerUntilCode,
  signIn,
  succeeded,
  type TestBrowser,
  ticketFor,
  type Told,
} from './testing/index.ts';
import { commonErrors } from './trpc.ts';

const minute = 60_000;

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
       (select kind, subject, at_ms from allowance where kind = '${kind}' order by at_ms desc limit 1)`,
  );
}

async function walkPublic(world: TestWorld, { call }: TestBrowser) {
  succeeded(await call('entry.services'));
  expect(succeeded(await call('session.current'))).toBeNull();
  expect(succeeded(await call('registration.current'))).toBeNull();
  expect(succeeded(await call('recovery.current'))).toBeNull();
  for (const path of Object.keys(procedures)) {
    const answer = await call(path, {});
    if (procedures[path]?.meta?.errors.includes('session.required')) {
      refused(answer, 'session.required');
    }
  }

  const drawn = succeeded(await call('puzzle.draw', { purpose: 'login' }));
  const { puzzleId } = drawn as { puzzleId: string };
  const x = await puzzleX(world, puzzleId);
  refused(await call('puzzle.solve', { puzzleId, x: x > 150 ? 0 : 4000 }), 'puzzle.wrong');
  refused(await call('puzzle.solve', { puzzleId, x }), 'puzzle.expired');
  await useUp(world, 'puzzle', 300);
  refused(await call('puzzle.draw', { purpose: 'login' }), 'request.too_many');
  world.advance(11 * minute);

  const challenge = succeeded(await call('puzzle.drawProofOfWork')) as Challenge;
  const solution = await solveChallenge({ challenge, deriveKey });
  const work = { purpose: 'login', solution: btoa(JSON.stringify({ challenge, solution })) };
  succeeded(await call('puzzle.solveProofOfWork', work));
  refused(await call('puzzle.solveProofOfWork', work), 'puzzle.expired');
  refused(await call('puzzle.solveProofOfWork', { ...work, solution: '' }), 'puzzle.wrong');
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
      remainingToday: 3,
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

  await useUp(world, 'sms.address', 60);
  const ticket = await ticketFor(other.call, world, 'register');
  const again = { email: 'a@example.com', mobile: '19900000097', ticket };
  refused(await other.call('registration.sendCode', again), 'request.too_many');
  await useUp(world, 'registration', 200);
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
  const made = { number, password: 'x', ticket: 'made up' };
  refused(await call('login.signIn', made), 'puzzle.ticket_refused');
  refused(await signIn(call, world, number, 'wrong'), 'login.refused');
  refused(await signIn(call, world, '110199199001010002', 'wrong'), 'login.refused');
  for (const _ of [1, 2]) refused(await signIn(call, world, number, 'wrong'), 'login.refused');
  refused(await signIn(call, world, number, 'wrong'), 'login.locked');
  world.advance(minute);
  succeeded(await signIn(call, world, number, passwordAnswers.password));
  succeeded(await signIn(call, world, number, passwordAnswers.password));
  succeeded(await signIn(stranger.call, world, number, passwordAnswers.password));
  await useUp(world, 'login.address', 100);
  refused(await signIn(call, world, '110199197001010038', 'wrong'), 'request.too_many');
  world.advance(16 * minute);
  expect(cookies.has('session')).toBe(true);
}

async function walkAccount(world: TestWorld, { call, callWhile, cookies }: TestBrowser) {
  const citizen = citizenWith(world, { outcome: 'match' });
  const profile = profileAnswersOf(citizen);
  const correction = correctionOf(citizen);
  const misspelt = { ...correction, name: '林知近' };
  const enter = { serviceId: 'certification' };
  succeeded(await call('entry.services'));
  succeeded(await call('session.current'));
  succeeded(await call('session.extend'));
  succeeded(await call('profile.view'));
  succeeded(await call('profile.reveal'));
  refused(await call('verification.verify', correction), 'profile.incomplete');
  refused(await call('entry.enter', enter), 'profile.incomplete');
  const save = () => call('profile.save', profile);
  refused(await callWhile('profile.save', profile, save), 'request.stale');
  succeeded(await save());
  refused(await call('entry.enter', { serviceId: 'nowhere' }), 'request.not_found');
  refused(await call('entry.enter', enter), 'service.not_verified');

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
  world.advance(24 * 60 * minute);
  succeeded(await signIn(call, world, citizen.number, passwordAnswers.password));
  expect(succeeded(await call('verification.verify', correction))).toMatchObject({
    outcome: 'matched',
  });
  succeeded(await call('verification.view'));
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
      remainingToday: 2,
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
  cookies.set('session', elsewhere.cookies.get('session') ?? '');
  succeeded(await call('session.list'));
  succeeded(await call('recovery.resetPassword', reset(code())));
  expect([cookies.has('recovery'), cookies.has('session')]).toEqual([false, false]);
  refused(await elsewhere.call('session.list'), 'session.required');
  succeeded(await signIn(call, world, citizen.number, newPassword));

  for (const _ of [1, 2, 3]) succeeded(await call('recovery.identify', await answers()));
  refused(await call('recovery.identify', await answers()), 'recovery.day_limit');
  world.advance(24 * 60 * minute);
  await recoverUntilCode(call, world, citizen);
  await useUp(world, 'recovery.address', 30);
  refused(await call('recovery.identify', await answers()), 'request.too_many');
  world.advance(minute);
  await useUp(world, 'sms.address', 60);
  refused(await call('recovery.sendCode', await withTicket()), 'request.too_many');
  world.advance(61 * minute);
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
  await deliverMail(world.ctx());

  const mailed = new URL(world.sandbox.mail.lastLink('someone@example.com') ?? '');
  const link = mailed.hash.slice(1);
  refused(await elsewhere.call('recovery.openLink', { link: 'x.y' }), 'link.expired');
  refused(await call('recovery.resetByLink', { link: 'x.y', ...passwords }), 'link.expired');
  succeeded(await elsewhere.call('recovery.openLink', { link }));
  const save = () => elsewhere.call('profile.save', profileAnswersOf(citizen));
  const meanwhile = await callWhile('recovery.resetByLink', { link, ...passwords }, save);
  refused(meanwhile, 'request.stale');
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
  for (const _ of [1, 2, 3, 4]) refused(await call('login.changePassword', wrong), 'input.invalid');
  refused(await call('login.changePassword', wrong), 'login.locked');
  world.advance(60 * minute);
}

async function walkPermits(world: TestWorld, { call }: TestBrowser, { call: callAs }: TestBrowser) {
  const permit = citizenWith(world, { outcome: 'unchecked' });
  await register(call, world, permit);
  succeeded(await call('profile.save', profileAnswersOf(permit)));
  const asked = await call('verification.verify', correctionOf(permit));
  refused(asked, 'verification.no_authority');

  const resident = citizenWith(world, { documentType: 'hmt_residence_permit' });
  await register(callAs, world, resident);
  const profile = profileAnswersOf(resident);
  succeeded(await callAs('profile.save', profile));
  succeeded(await callAs('verification.verify', correctionOf(resident)));
  const other = { ...profile, travelPermitNumber: 'H00000020' };
  refused(await callAs('profile.save', other), 'profile.fixed_after_verification');
}

/** What a procedure declares; every one does. */
function declared(path: string) {
  const meta = procedures[path]?.meta;
  if (meta === undefined) throw new Error(`${path} declares nothing`);
  return meta;
}

describe('what every procedure declares holds over a walk through all flows, happy and refused', () => {
  let world: TestWorld;
  const told: Told[] = [];
  beforeAll(async () => {
    world = await createTestWorld();
    const browser = (id: string) => {
      const made = createBrowser(world, id);
      browsers.push(made);
      return made;
    };
    const browsers: TestBrowser[] = [];
    const first = browser('device-1');
    await walkPublic(world, browser('device-0'));
    const citizen = await walkRegistration(world, first, browser('device-2'));
    await walkLogin(world, first, browser('device-5'), citizen.number);
    await walkAccount(world, first);
    await walkPermits(world, browser('device-3'), browser('device-4'));
    await walkRecovery(world, browser('device-6'), browser('device-7'));
    await walkLinks(world, browser('device-8'), browser('device-9'));
    told.push(...browsers.flatMap((each) => each.told));
  }, 120_000);
  afterAll(() => world.close());

  const paths = Object.keys(procedures);

  test.each(paths)(
    'ARCHITECTURE 6: %s declares its round trips, and why if more than two',
    (path) => {
      const { roundTrips, why } = declared(path);
      expect(why !== undefined).toBe(roundTrips > 2);
      expect(why ?? 'no more than two').toMatch(/\w+ \w+/);
    },
  );

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
