import { type AppErrorCode, type FaceOutcome, parseLegacyRow } from '@shiming/domain';
import { inPortal } from '@shiming/services/context';
import { importAccounts } from '@shiming/services/legacy/import-accounts';
import { documentAnswersOf, testPassword, type TestWorld } from '@shiming/services/testing';
import { greyFrames, withFaces } from '@shiming/services/testing/faces';
import { applicantOf, citizenNamed, identifyAs, signInAs } from '@shiming/services/testing/people';
import { madeUpNumber } from '@shiming/services/testing/staff';
import { giveTestTicket, giveTestWork } from '@shiming/services/testing/tickets';
import { createBrowser, type TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { passwordAnswers, succeeded, ticketFor } from './journey.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

type Walker = {
  browser: TestBrowser;
  /** At a portal whose operator compares none. */
  withoutFaces: TestBrowser;
  setOutcome: (outcome: FaceOutcome) => void;
  useUp: (kind: string, times: number) => Promise<void>;
  giveBack: (kind: string) => Promise<void>;
};

const citizen = citizenNamed('古丽·买买提');
const newPasswords = { password: 'Zhuye-47*stone', passwordAgain: 'Zhuye-47*stone' };
const none = () => ({ challenge: 'none', frames: greyFrames() });
const inputFor = (begun: Answer, frames = greyFrames()) => {
  const { challenge } = succeeded(begun) as { challenge: string };
  return { challenge, frames };
};

/** Faces, of a person who has an account already and of somebody whose account was handed over. */
export async function walkFace(
  world: TestWorld,
  useUp: Walker['useUp'],
  giveBack: Walker['giveBack'],
): Promise<TestBrowser['told']> {
  let outcome: FaceOutcome = 'not_same';
  const browser = createBrowser(
    world,
    'device-face',
    (ctx) => withFaces(inPortal(ctx, 'business'), async () => outcome).ctx,
  );
  const withoutFaces = createBrowser(world, 'device-face', (ctx) => ({
    ...inPortal(ctx, 'business'),
    faces: null,
  }));
  const walker: Walker = {
    browser,
    withoutFaces,
    setOutcome: (said) => (outcome = said),
    useUp,
    giveBack,
  };
  await walkLevel(world, walker);
  await walkSignIn(world, walker);
  await walkRecovery(world, walker);
  await walkActivation(world, walker);
  return [...browser.told, ...withoutFaces.told];
}

/** What each way of showing a face may refuse with, once `begin` gives a challenge. */
async function walkShown(
  begin: () => Promise<Answer>,
  [path, more]: readonly [path: string, more: object],
  { browser: { call, callWhile }, setOutcome, useUp, giveBack }: Walker,
): Promise<void> {
  const show = async (frames?: string[]) =>
    call(path, { ...more, ...inputFor(await begin(), frames) });
  setOutcome('not_same');
  const frames = greyFrames();
  succeeded(await show(frames));
  refused(await show(frames), 'face.frame_repeated');
  refused(await show(['%', ...greyFrames().slice(1)]), 'photo.refused');
  refused(await call(path, { ...more, ...none() }), 'face.challenge_over');
  let second: Answer | null = null;
  const first = await callWhile(
    path,
    { ...more, ...inputFor(await begin()) },
    async () => {
      second = await show();
    },
    2,
  );
  refused(second ?? first, 'verification.in_progress');
  await useUp('face', 5);
  refused(await show(), 'face.day_limit');
  await giveBack('face');
  await useUp('face.asked', 15);
  refused(await show(), 'request.too_many');
  await giveBack('face.asked');
  await useUp('face.begun', 30);
  refused(await begin(), 'request.too_many');
  await giveBack('face.begun');
  setOutcome('matched');
}

/** The consent to the number, at this portal. */
const setConsent = (world: TestWorld, atMs: string) =>
  world.ctx().db.run(`update consent set withdrawn_at_ms = ${atMs} where id = 'face-walk'`);

async function walkLevel(world: TestWorld, walker: Walker): Promise<void> {
  const { call, callWhile, cookies } = walker.browser;
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  cookies.set('session', sessionToken);
  const { id } = (await applicantOf(world, sessionToken)).signedIn.account;
  const run = (sql: string) => world.ctx().db.run(sql);
  const level = { purpose: 'level' };
  const begin = () => call('face.begin', { ...level, hasAgreed: true });
  const submit = async () => call('face.submit', { ...level, ...inputFor(await begin()) });

  succeeded(await call('face.offer'));
  succeeded(await call('face.current'));
  refused(await begin(), 'face.not_offered');
  refused(await call('face.submit', { ...level, ...none() }), 'face.not_offered');
  await run(`delete from attestation where account_id = '${id}' and level = 4`);
  refused(await begin(), 'consent.required');
  await run(
    `insert into consent (id, account_id, kind, portal, purpose, receiver, version, given_at_ms) values ('face-walk', '${id}', 'document_number', 'business', 'real_name_check', 'identity_authority', '2026-12', 1)`,
  );
  await walkShown(begin, ['face.submit', level], walker);
  const begun = inputFor(await begin());
  await setConsent(world, '1');
  refused(await call('face.submit', { ...level, ...begun }), 'consent.required');
  await setConsent(world, 'null');
  await run(
    `insert into "case" (id, account_id, portal, status, stage, channel, flags, created_at_ms, key_id) values ('face-walk', '${id}', 'business', 'waiting', 'first', 'inbox', '[]', 1, 'v1')`,
  );
  refused(await submit(), 'review.open');
  await run(`delete from "case" where id = 'face-walk'`);
  const bump = () => run(`update account set version = version + 1 where id = '${id}'`);
  const input = { ...level, ...inputFor(await begin()) };
  refused(await callWhile('face.submit', input, bump, 2), 'request.stale');
  world.advance(61_000);
  succeeded(await submit());
}

/** Signing in by number and face. */
async function walkSignIn(world: TestWorld, walker: Walker): Promise<void> {
  const { browser, withoutFaces, setOutcome, useUp, giveBack } = walker;
  const { call, cookies } = browser;
  cookies.delete('session');
  cookies.delete('device');
  const here = inPortal(world.ctx({ visitor: { deviceId: 'device-face' } }), 'business');
  const name = { name: citizen.number };
  const begin = async (ticket?: string) =>
    call('face.beginSignIn', {
      ...name,
      ticket: ticket ?? (await giveTestTicket(here, 'login')),
      hasAgreed: true,
    });
  const signIn = async (frames?: string[]) =>
    call('face.signIn', { ...name, ...inputFor(await begin(), frames) });

  const asked = { ...name, ticket: 'none', hasAgreed: true };
  refused(await withoutFaces.call('face.beginSignIn', asked), 'face.not_offered');
  refused(await withoutFaces.call('face.signIn', { ...name, ...none() }), 'face.not_offered');
  refused(await begin('none'), 'puzzle.ticket_refused');
  succeeded(await begin());
  await useUp('face.begun', 600);
  refused(await begin(), 'request.too_many');
  await giveBack('face.begun');
  setOutcome('not_same');
  const frames = greyFrames();
  refused(await signIn(frames), 'login.refused');
  refused(await signIn(frames), 'face.frame_repeated');
  refused(await signIn(['%', ...greyFrames().slice(1)]), 'photo.refused');
  refused(await call('face.signIn', { ...name, ...none() }), 'face.challenge_over');
  await useUp('login', 5);
  refused(await signIn(), 'login.locked');
  await giveBack('login');
  await useUp('login.strangers', 30);
  refused(await signIn(), 'puzzle.work_required');
  await useUp('login.strangers', 300);
  const heavy = inputFor(await begin(await giveTestWork(here, 'login', true)));
  refused(await call('face.signIn', { ...name, ...heavy }), 'login.strangers_locked');
  await giveBack('login.strangers');
  await useUp('login.address', 400);
  refused(await signIn(), 'request.too_many');
  await giveBack('login.address');
  setOutcome('matched');
  succeeded(await signIn());
}

/** A password that is reset by face. */
async function walkRecovery(world: TestWorld, walker: Walker): Promise<void> {
  const { browser, withoutFaces, useUp, giveBack } = walker;
  const { call, callWhile, cookies } = browser;
  const agree = { hasAgreed: true };
  const begin = () => call('face.beginRecovery', agree);
  const reset = () => call('recovery.resetByFace', newPasswords);
  cookies.delete('session');
  refused(await begin(), 'recovery.not_started');
  refused(await call('face.proveRecovery', none()), 'recovery.not_started');
  refused(await reset(), 'recovery.not_started');
  const here = inPortal(world.ctx({ visitor: { deviceId: 'device-face' } }), 'business');
  cookies.set('recovery', await identifyAs(here, citizen));
  refused(await withoutFaces.call('face.beginRecovery', agree), 'face.not_offered');
  refused(await withoutFaces.call('face.proveRecovery', none()), 'face.not_offered');
  await setConsent(world, '1');
  refused(await begin(), 'consent.required');
  await setConsent(world, 'null');
  await walkShown(begin, ['face.proveRecovery', {}], walker);
  const begun = inputFor(await begin());
  await setConsent(world, '1');
  refused(await call('face.proveRecovery', begun), 'consent.required');
  await setConsent(world, 'null');
  refused(await reset(), 'proof.required');
  succeeded(await call('face.proveRecovery', inputFor(await begin())));
  const bump = () => world.ctx().db.run('update account set version = version + 1');
  refused(await callWhile('recovery.resetByFace', newPasswords, bump, 2), 'request.stale');
  await useUp('new_password', 10);
  refused(await reset(), 'request.too_many');
  await giveBack('new_password');
  succeeded(await reset());
}

/** An account that was handed over, activated by face. */
async function walkActivation(world: TestWorld, walker: Walker): Promise<void> {
  const { browser, withoutFaces } = walker;
  const { call, callWhile, cookies } = browser;
  const agree = { hasAgreed: true };
  const begin = () => call('face.beginActivation', agree);
  const activate = (input: object) => call('face.activate', input);
  cookies.delete('registration');
  refused(await begin(), 'registration.not_started');
  refused(await activate(none()), 'registration.not_started');
  const number = madeUpNumber();
  const document = { ...documentAnswersOf(citizen), number };
  const mobile = '19900000077';
  succeeded(await call('registration.saveDocument', document));
  refused(await begin(), 'registration.out_of_order');
  refused(await activate(none()), 'registration.out_of_order');
  const ticket = await ticketFor(call, world, 'register');
  succeeded(await call('registration.sendCode', { email: '', mobile, ticket }));
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  succeeded(await call('registration.proveContact', { code }));
  refused(await begin(), 'face.not_offered');
  refused(await withoutFaces.call('face.activate', none()), 'face.not_offered');
  const row = {
    document_type: document.documentType,
    document_number: number,
    name: citizen.name,
    mobile: '',
    registered_at: '2024-05-06T08:30:00+08:00',
  };
  const ctx = inPortal(world.ctx(), 'business');
  const parsed = parseLegacyRow(row, ctx.portal, world.nowMs());
  if (!parsed.ok) throw new Error('the row is refused');
  await importAccounts(ctx, [parsed.value]);
  await walkShown(begin, ['face.activate', {}], walker);
  const change = () => call('registration.saveDocument', document);
  const begun = inputFor(await begin());
  refused(await callWhile('face.activate', begun, change, 2), 'request.stale');
  world.advance(61_000);
  succeeded(await activate(inputFor(await begin())));
  succeeded(await call('registration.savePassword', passwordAnswers));
  succeeded(await call('registration.submit', { hasAgreed: true }));
}
