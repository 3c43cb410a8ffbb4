import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  citizenWith,
  createBrowser,
  forbidden,
  forEverybodyAtConsole,
  forPermission,
  forStaff,
  proceduresFor,
  register,
  signInStaff,
  succeeded,
} from './testing/index.ts';

/** For everybody, signed in or not. */
const forEverybody = [
  'agency.takeUp',
  'contact.disownMail',
  'contact.openMailProof',
  'contact.openUndo',
  'contact.proveMail',
  'contact.undo',
  'data.stopCancellationByLink',
  'entry.services',
  'face.activate',
  'face.beginActivation',
  'face.beginRecovery',
  'face.beginSignIn',
  'face.offer',
  'face.proveRecovery',
  'face.signIn',
  'login.signIn',
  'ministry.arrival',
  'ministry.arrive',
  'ministry.begin',
  'ministry.leave',
  'operator.current',
  'organisation.begin',
  'organisation.current',
  'organisation.setPassword',
  'organisation.signIn',
  'organisation.signOut',
  'organisation.stopClosingByLink',
  'puzzle.draw',
  'puzzle.drawProofOfWork',
  'puzzle.solve',
  'puzzle.solveProofOfWork',
  'recovery.begin',
  'recovery.current',
  'recovery.identify',
  'recovery.openLink',
  'recovery.resetByFace',
  'recovery.resetByLink',
  'recovery.resetPassword',
  'recovery.sendCode',
  'recovery.sendLink',
  'recovery.sendWeChatScene',
  'recovery.tellUserNames',
  'registration.activate',
  'registration.current',
  'registration.discard',
  'registration.openActivation',
  'registration.proveContact',
  'registration.saveDocument',
  'registration.savePassword',
  'registration.sendCode',
  'registration.sendWeChatCode',
  'registration.submit',
  'networkCredential.current',
  'registration.takeTicket',
  'registration.verify',
  'session.current',
  'ticket.answer',
  'ticket.begin',
  'ticket.prove',
  'ticket.submit',
  'ticket.view',
  'ticket.withdraw',
];

/** For whoever is signed in, about themselves. */
const forApplicants = proceduresFor('applicant');

/** For the organisation that is signed in. */
const forOrganisations = proceduresFor('organisation');

describe('X-01: who may call what', () => {
  let world: TestWorld;
  const sessions = new Map<string, string | null>();
  /** The session of somebody who is signed in. */
  let living = '';

  beforeAll(async () => {
    world = await createTestWorld();
    const { call, cookies } = createBrowser(world, 'device-1');
    await register(call, world, citizenWith(world, { outcome: 'match' }));
    const ended = cookies.get('session') ?? '';
    succeeded(await call('session.signOut'));
    const other = createBrowser(world, 'device-2');
    await register(other.call, world, citizenWith(world, { outcome: 'mismatch' }));
    living = other.cookies.get('session') ?? '';
    const [id = '', secret = ''] = living.split('.');
    sessions.set('no session', null);
    sessions.set('an ended session', ended);
    sessions.set('a forged secret', `${id}.${'A'.repeat(secret.length)}`);
    sessions.set("one session's id with another's secret", `${id}.${ended.split('.')[1]}`);
    sessions.set('an id without a secret', id);
    sessions.set('a secret that is empty', `${id}.`);
    sessions.set('a cookie that is no session', "' or 1=1 --.x");
    sessions.set('an empty cookie', '');
  });
  afterAll(() => world.close());

  test('what is open to everybody is in a list that is written by hand', () => {
    expect(proceduresFor('everybody').toSorted()).toEqual(
      [...forEverybody, ...forEverybodyAtConsole].toSorted(),
    );
    for (const paths of [
      forApplicants,
      forOrganisations,
      forStaff,
      ...Object.values(forPermission),
    ]) {
      expect(paths).not.toEqual([]);
    }
  });

  test.each(forApplicants)(
    '%s refuses all but the holder of a session, before it looks at the input',
    async (path) => {
      const answers = [];
      for (const [who, session] of sessions) {
        const { call, cookies } = createBrowser(world, 'device-3');
        if (session !== null) cookies.set('session', session);
        const { status, app } = await call(path, { not: 'an input' });
        answers.push([who, status, app]);
      }
      const refusal = { code: 'session.required' };
      expect(answers).toEqual([...sessions.keys()].map((who) => [who, 401, refusal]));
    },
  );

  test.each(forOrganisations)(
    '%s refuses all but an organisation that is signed in, people and staff too, before it looks at the input',
    async (path) => {
      const staff = createBrowser(world, 'device-8');
      await signInStaff(staff, world, 'administrator');
      for (const cookie of [...sessions.values(), living, staff.cookies.get('staff') ?? '']) {
        const { call, cookies } = createBrowser(world, 'device-3');
        if (cookie !== null) {
          cookies.set('session', cookie);
          cookies.set('organisation', cookie);
        }
        const { status, app } = await call(path, { not: 'an input' });
        expect([status, app]).toEqual([401, { code: 'organisation.session_required' }]);
      }
    },
  );

  test('ARCHITECTURE 11: a session that was idle for half an hour is nobody any more', async () => {
    const { call } = createBrowser(world, 'device-4');
    await register(call, world, citizenWith(world, { outcome: 'no_record' }));
    world.advance(29 * 60_000);
    succeeded(await call('session.list'));
    await world.settle();
    world.advance(29 * 60_000);
    succeeded(await call('session.list'));
    await world.settle();
    world.advance(30 * 60_000);
    expect((await call('session.list')).app).toEqual({ code: 'session.required' });
  });

  test("X-01: nobody ends somebody else's session", async () => {
    const [mine, theirs] = [createBrowser(world, 'device-5'), createBrowser(world, 'device-6')];
    await register(mine.call, world, citizenWith(world, { outcome: 'slow' }));
    await register(theirs.call, world, citizenWith(world, { outcome: 'down' }));
    const sessionId = theirs.cookies.get('session')?.split('.')[0] ?? '';
    succeeded(await mine.call('session.end', { sessionId }));
    succeeded(await theirs.call('session.list'));
  });
});

describe('T-CON-01: who may call what of the console', () => {
  let world: TestWorld;
  const sessions = new Map<string, { session?: string; staff?: string }>();
  const ofConsole = [...forStaff, ...Object.values(forPermission).flat()];

  beforeAll(async () => {
    world = await createTestWorld();
    const applicant = createBrowser(world, 'device-1');
    await register(applicant.call, world, citizenWith(world, { outcome: 'match' }));
    const session = applicant.cookies.get('session') ?? '';
    const member = createBrowser(world, 'device-2');
    await signInStaff(member, world, 'administrator');
    const ended = member.cookies.get('staff') ?? '';
    succeeded(await member.call('staff.signOut'));
    await signInStaff(member, world, 'administrator');
    const live = member.cookies.get('staff') ?? '';
    const [id = '', secret = ''] = live.split('.');
    const disabled = createBrowser(world, 'device-3');
    const staffId = await signInStaff(disabled, world, 'senior');
    succeeded(await member.call('staff.disable', { staffId }));
    sessions.set('nobody', {});
    sessions.set('an applicant', { session });
    sessions.set("an applicant's session as the console's", { session, staff: session });
    sessions.set("the console's session as an applicant's", { session: live });
    sessions.set('an ended session', { staff: ended });
    sessions.set('somebody disabled', { staff: disabled.cookies.get('staff') ?? '' });
    sessions.set('a forged secret', { staff: `${id}.${'A'.repeat(secret.length)}` });
    sessions.set('no secret', { staff: `${id}.` });
    sessions.set('no session', { staff: "' or 1=1 --.x" });
  });
  afterAll(() => world.close());

  test.each(ofConsole)(
    '%s refuses all but staff who are signed in, before it looks at the input',
    async (path) => {
      const answers = [];
      for (const [who, held] of sessions) {
        const { call, cookies } = createBrowser(world, 'device-4');
        if (held.session !== undefined) cookies.set('session', held.session);
        if (held.staff !== undefined) cookies.set('staff', held.staff);
        const { status, app } = await call(path, { not: 'an input' });
        answers.push([who, status, app]);
      }
      const refusal = { code: 'staff.session_required' };
      expect(answers).toEqual([...sessions.keys()].map((who) => [who, 401, refusal]));
    },
  );

  test.each(forbidden)('%s refuses %s, before it looks at the input', async (path, roles) => {
    const answers = [];
    for (const role of roles) {
      const browser = createBrowser(world, 'device-5');
      await signInStaff(browser, world, role);
      const { status, app } = await browser.call(path, { not: 'an input' });
      answers.push([role, status, app]);
    }
    expect(answers).toEqual(roles.map((role) => [role, 403, { code: 'staff.forbidden' }]));
  });

  test.each(forApplicants)(
    'X-01: %s is nothing that staff may do by their session',
    async (path) => {
      const browser = createBrowser(world, 'device-6');
      await signInStaff(browser, world, 'administrator');
      browser.cookies.set('session', browser.cookies.get('staff') ?? '');
      expect((await browser.call(path, { not: 'an input' })).app).toEqual({
        code: 'session.required',
      });
    },
  );
});
