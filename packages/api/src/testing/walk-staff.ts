import type { AppErrorCode } from '@shiming/domain';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import {
  appCode,
  madeUpNumber,
  staffLinkIn,
  testAuthenticator,
} from '@shiming/services/testing/staff';
import { forbidden, forPermission, forStaff } from './access.ts';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

const minute = 60_000;

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

const optionsIn = (answer: Answer) =>
  (succeeded(answer) as { options: Record<string, unknown> }).options;

/** What is refused at the door of the console, procedure by procedure. */
export async function walkConsoleDoor(world: TestWorld, browser: TestBrowser): Promise<void> {
  for (const path of [...forStaff, ...Object.values(forPermission).flat()]) {
    refused(await browser.call(path, {}), 'staff.session_required');
  }
  for (const [path, [role]] of forbidden) {
    if (role === undefined) continue;
    await signInStaff(browser, world, role);
    refused(await browser.call(path, {}), 'staff.forbidden');
  }
  browser.cookies.delete('staff');
}

/** Staff accounts and their sign-in, happy and refused. `useUp` uses up a limit, `giveBack` gives it back. Ends some hours later. */
export async function walkStaff(
  world: TestWorld,
  [first, second, third]: readonly [TestBrowser, TestBrowser, TestBrowser],
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const { call, callWhile, cookies } = first;
  const proof = (browser = first) => signInStaff(browser, world, 'administrator');
  const double = await signInStaff(second, world, 'reviewer', { number: null });
  second.cookies.delete('staff');
  await proof();
  succeeded(await call('staff.current'));
  succeeded(await call('staff.extend'));
  succeeded(await call('staff.list'));
  succeeded(await call('staff.sessions.list'));
  succeeded(await call('staff.sessions.end', { sessionId: 'none' }));

  const email = 'rev@staff.example.cn';
  const answers = {
    loginName: 'rev.01',
    name: '审核一',
    email,
    number: madeUpNumber(),
    role: 'reviewer',
  };
  const refusedWithoutNumber = async (path: string, input: object) =>
    refused(await callWithoutNumber(first, world, path, input), 'staff.number_required');
  await refusedWithoutNumber('staff.invite', answers);
  const { staffId } = succeeded(await call('staff.invite', answers)) as { staffId: string };
  const target = { staffId };
  const changes: readonly [path: string, input: object][] = [
    ['staff.changeRole', { ...target, role: 'senior' }],
    ['staff.changePerson', { ...target, email: 'second@staff.example.cn', number: '' }],
    ['staff.changePerson', { ...target, email, number: madeUpNumber() }],
    ['staff.disable', target],
    ['staff.enable', target],
    ['staff.recover', target],
  ];
  const ownId = async () => (succeeded(await call('staff.current')) as { id: string }).id;
  let own = await ownId();
  const bump = () =>
    world.ctx().db.run(`update staff set version = version + 1 where id = '${staffId}'`);
  /** Somebody else has the same document number meanwhile; and no more. */
  const doubled = () =>
    world
      .ctx()
      .db.run(
        `update staff set number_index = (select number_index from staff where id = '${staffId}') where id = '${double}'`,
      );
  const alone = () =>
    world.ctx().db.run(`update staff set number_index = null where id = '${double}'`);
  for (const [path, input] of changes) {
    if (path === 'staff.recover') {
      refused(await call(path, input), 'staff.address_changed');
      await proof();
      own = await ownId();
    }
    refused(await call(path, { ...input, staffId: own }), 'staff.own_account');
    refused(await call(path, { ...input, staffId: 'nobody' }), 'request.not_found');
    refused(await callWhile(path, input, bump, 2), 'request.stale');
    if (path.startsWith('staff.change')) await refusedWithoutNumber(path, input);
    if (path === 'staff.enable') {
      await refusedWithoutNumber(path, input);
      refused(await callWhile(path, input, doubled, 2), 'staff.same_person');
      await alone();
    }
    succeeded(await call(path, input));
  }
  world.advance(10 * minute);
  for (const [path, input] of [...changes, ['staff.invite', answers] as const]) {
    refused(await call(path, input), 'staff.proof_required');
  }
  refused(await call('staff.passkeys.addOptions'), 'staff.proof_required');
  const nothing = { credential: '{}', label: '' };
  refused(await call('staff.passkeys.add', nothing), 'staff.proof_required');
  refused(await call('staff.passkeys.remove', { passkeyId: 'x' }), 'staff.proof_required');
  const otherPassword = { password: `${testPassword}2`, passwordAgain: `${testPassword}2` };
  const anySecret = { secret: 'A'.repeat(32), code: '000000' };
  const ofPassword: readonly [path: string, input: object][] = [
    ['staff.password.change', otherPassword],
    ['staff.password.totpSecret', {}],
    ['staff.password.changeTotp', anySecret],
  ];
  for (const [path, input] of ofPassword) refused(await call(path, input), 'staff.proof_required');
  await proof();
  for (const [path, input] of ofPassword) refused(await call(path, input), 'request.not_found');

  // By passkey: the link, the sign-in, the proof, and another passkey.
  const device = await testAuthenticator(world);
  const link = await staffLinkIn(world, email);
  const accept = async (credential: string) =>
    second.call('staff.acceptByPasskey', { link, credential, label: '' });
  const withLink = [
    ['staff.openInvitation', { link }],
    ['staff.acceptOptions', { link }],
    ['staff.acceptSecret', { link }],
    ['staff.acceptByPasskey', { link, ...nothing }],
    [
      'staff.acceptByPassword',
      { link, password: testPassword, passwordAgain: testPassword, code: '000000' },
    ],
  ] as const;
  for (const [path, input] of withLink) {
    refused(await second.call(path, { ...input, link: 'x.y' }), 'link.expired');
  }
  const byPassword = async () => {
    const { secret } = succeeded(await third.call('staff.acceptSecret', { link })) as {
      secret: string;
    };
    const code = appCode(secret, world.nowMs());
    return { link, password: testPassword, passwordAgain: testPassword, code };
  };
  succeeded(await second.call('staff.openInvitation', { link }));
  refused(await accept('{}'), 'staff.passkey_refused');
  const creation = optionsIn(await second.call('staff.acceptOptions', { link }));
  const credential = await device.create(creation);
  refused(
    await second.callWhile('staff.acceptByPasskey', { link, credential, label: '' }, bump),
    'request.stale',
  );
  refused(
    await second.callWhile('staff.acceptByPasskey', { link, credential, label: '' }, doubled),
    'staff.same_person',
  );
  refused(
    await third.callWhile('staff.acceptByPassword', await byPassword(), doubled),
    'staff.same_person',
  );
  await alone();
  succeeded(await accept(credential));
  for (const [path, input] of withLink) refused(await second.call(path, input), 'link.used');

  succeeded(await second.call('staff.signOut'));
  const signed = async (path: string, browser = second) =>
    device.get(optionsIn(await browser.call(path)));
  const bySignature = { credential: await signed('staff.signInOptions') };
  succeeded(await second.call('staff.signInByPasskey', bySignature));
  refused(await second.call('staff.signInByPasskey', bySignature), 'staff.sign_in_refused');
  refused(await second.call('staff.proveByPasskey', bySignature), 'staff.passkey_refused');
  const { db } = world.ctx();
  const end = () => db.run(`update staff_session set ended_at_ms = 1 where ended_at_ms is null`);
  const goOn = () => db.run(`update staff_session set ended_at_ms = null where ended_at_ms = 1`);
  const late = { credential: await signed('staff.proveOptions') };
  refused(await second.callWhile('staff.proveByPasskey', late, end), 'request.stale');
  await goOn();
  succeeded(
    await second.call('staff.proveByPasskey', { credential: await signed('staff.proveOptions') }),
  );
  const spare = await testAuthenticator(world);
  const make = async () => spare.create(optionsIn(await second.call('staff.passkeys.addOptions')));
  refused(await second.call('staff.passkeys.add', nothing), 'staff.passkey_refused');
  const slow = { credential: await make(), label: '' };
  refused(await second.callWhile('staff.passkeys.add', slow, bump), 'request.stale');
  succeeded(await second.call('staff.passkeys.add', { credential: await make(), label: '' }));
  succeeded(await second.call('staff.passkeys.list'));
  const remove = { passkeyId: spare.id };
  refused(await second.callWhile('staff.passkeys.remove', remove, bump), 'request.stale');
  succeeded(await second.call('staff.passkeys.remove', remove));
  refused(await second.call('staff.passkeys.remove', remove), 'request.not_found');
  const last = { passkeyId: device.id };
  refused(await second.call('staff.passkeys.remove', last), 'staff.last_factor');
  await useUp('staff_login.options', 400);
  refused(await second.call('staff.signInOptions'), 'request.too_many');
  await useUp('staff_login.address', 400);
  refused(await second.call('staff.signInByPasskey', bySignature), 'request.too_many');
  world.advance(15 * minute);

  // By password and code: after a recovery.
  await proof();
  succeeded(await call('staff.recover', target));
  const again = await staffLinkIn(world, email);
  let { secret } = succeeded(await third.call('staff.acceptSecret', { link: again })) as {
    secret: string;
  };
  const code = () => appCode(secret, world.nowMs());
  const withPassword = () => ({
    link: again,
    password: testPassword,
    passwordAgain: testPassword,
    code: code(),
  });
  refused(await third.callWhile('staff.acceptByPassword', withPassword(), bump), 'request.stale');
  await useUp('new_password', 10);
  refused(await third.call('staff.acceptByPassword', withPassword()), 'request.too_many');
  await giveBack('new_password');
  succeeded(await third.call('staff.acceptByPassword', withPassword()));
  const changed = ['staff.password.change', otherPassword] as const;
  refused(await third.callWhile(...changed, bump), 'request.stale');
  await useUp('new_password', 10);
  refused(await third.call(...changed), 'request.too_many');
  await giveBack('new_password');
  succeeded(await third.call(...changed));
  const other = succeeded(await third.call('staff.password.totpSecret')) as { secret: string };
  const withCode = () => ({
    secret: other.secret,
    code: appCode(other.secret, world.nowMs()),
  });
  refused(await third.callWhile('staff.password.changeTotp', withCode(), bump), 'request.stale');
  succeeded(await third.call('staff.password.changeTotp', withCode()));
  ({ secret } = other);
  const typed = () => ({ password: otherPassword.password, code: code() });
  const wrong = () => ({ ...typed(), password: 'wrong' });
  const prove = (input: object) => third.call('staff.proveByPassword', input);
  world.advance(minute);
  refused(await third.callWhile('staff.proveByPassword', typed(), end, 2), 'request.stale');
  await goOn();
  succeeded(await prove(typed()));
  for (const _ of [1, 2, 3, 4]) refused(await prove(wrong()), 'staff.sign_in_refused');
  refused(await prove(wrong()), 'login.locked');

  const signIn = (input: object) =>
    third.call('staff.signInByPassword', { loginName: 'rev.01', ...input });
  world.advance(minute);
  refused(await signIn(wrong()), 'staff.sign_in_refused');
  succeeded(await signIn(typed()));
  for (const _ of [1, 2, 3]) refused(await signIn(wrong()), 'staff.sign_in_refused');
  refused(await signIn(wrong()), 'login.locked');
  await useUp('staff_login.address', 400);
  refused(
    await third.call('staff.signInByPassword', { ...wrong(), loginName: 'rev.02' }),
    'request.too_many',
  );
  cookies.delete('staff');
  world.advance(60 * minute);
}
