import { createTestWorld, type TestWorld } from '@shiming/services/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citizenWith, createBrowser, procedures, register, succeeded } from './testing/index.ts';

/** For everybody, signed in or not. */
const forEverybody = [
  'entry.services',
  'login.signIn',
  'puzzle.draw',
  'puzzle.drawProofOfWork',
  'puzzle.solve',
  'puzzle.solveProofOfWork',
  'recovery.current',
  'recovery.identify',
  'recovery.openLink',
  'recovery.resetByLink',
  'recovery.resetPassword',
  'recovery.sendCode',
  'recovery.sendLink',
  'registration.current',
  'registration.discard',
  'registration.proveContact',
  'registration.saveDocument',
  'registration.savePassword',
  'registration.sendCode',
  'registration.submit',
  'session.current',
];

/** For whoever is signed in, about themselves. */
const forApplicants = [
  'entry.enter',
  'login.changePassword',
  'profile.reveal',
  'profile.save',
  'profile.view',
  'session.end',
  'session.endAll',
  'session.extend',
  'session.history',
  'session.list',
  'session.signOut',
  'verification.verify',
  'verification.view',
];

describe('X-01: who may call what', () => {
  let world: TestWorld;
  const sessions = new Map<string, string | null>();

  beforeAll(async () => {
    world = await createTestWorld();
    const { call, cookies } = createBrowser(world, 'device-1');
    await register(call, world, citizenWith(world, { outcome: 'match' }));
    const ended = cookies.get('session') ?? '';
    succeeded(await call('session.signOut'));
    const other = createBrowser(world, 'device-2');
    await register(other.call, world, citizenWith(world, { outcome: 'mismatch' }));
    const [id = '', secret = ''] = other.cookies.get('session')?.split('.') ?? [];
    sessions.set('no session', null);
    sessions.set('an ended session', ended);
    sessions.set('a forged secret', `${id}.${'A'.repeat(secret.length)}`);
    sessions.set("one session's id with another's secret", `${id}.${ended.split('.')[1]}`);
    sessions.set('an id without a secret', id);
    sessions.set('a secret that is empty', `${id}.`);
    sessions.set('a cookie that is no session', "' or 1=1 --.x");
    sessions.set('an empty cookie', '');
  }, 60_000);
  afterAll(() => world.close());

  test('every procedure stands in one of the two lists', () => {
    expect(Object.keys(procedures).toSorted()).toEqual(
      [...forEverybody, ...forApplicants].toSorted(),
    );
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
