import { type AppErrorCode, shanghaiDate } from '@shiming/domain';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import { attestFor } from '@shiming/services/testing/attestations';
import { applicantOf, citizenNamed, signInAs } from '@shiming/services/testing/people';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

/** An authorisation and the keys of offices: of a person who has an account already, and an administrator. */
export async function walkAuthorisation(
  world: TestWorld,
  [person, elsewhere, staff]: readonly [TestBrowser, TestBrowser, TestBrowser],
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const citizen = citizenNamed('古丽·买买提');
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  const { signedIn } = await applicantOf(world, sessionToken);
  const run = (sql: string) => world.ctx().db.run(sql);
  const prove = (atMs: number | null) => run(`update session set proved_at_ms = ${atMs}`);
  const terms = {
    purposes: ['establish'],
    lastDay: shanghaiDate(world.nowMs()),
    uses: 'once',
    count: '',
  };
  for (const { cookies } of [person, elsewhere]) cookies.set('session', sessionToken);
  refused(await elsewhere.call('authorisation.open', terms), 'request.not_found');
  refused(await person.call('authorisation.open', terms), 'service.not_verified');
  await attestFor(world, signedIn.account.id, 'face');
  const underAge = world.nowMs() - Date.parse('2013-08-14T12:00:00+08:00');
  world.advance(-underAge);
  refused(
    await person.call('authorisation.open', { ...terms, lastDay: '2013-08-14' }),
    'authorisation.under_age',
  );
  world.advance(underAge);
  await prove(null);
  refused(await person.call('authorisation.open', terms), 'proof.required');
  await prove(world.nowMs());
  succeeded(await person.call('authorisation.open', terms));
  refused(await person.call('authorisation.open', terms), 'authorisation.open');
  succeeded(await person.call('authorisation.view'));
  succeeded(await person.call('authorisation.close'));
  refused(await person.call('authorisation.close'), 'request.stale');
  await useUp('authorisation', 10);
  refused(await person.call('authorisation.open', terms), 'request.too_many');
  await giveBack('authorisation');

  const key = {
    office: '沙箱市市场监督管理局',
    publicKey: 'JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs',
  };
  const acts = [
    ['office.keys', undefined],
    ['office.addKey', key],
    ['office.revokeKey', { keyId: 'none' }],
  ] as const;
  staff.cookies.delete('staff');
  for (const [path, input] of acts)
    refused(await staff.call(path, input), 'staff.session_required');
  await signInStaff(staff, world, 'reviewer');
  for (const [path, input] of acts) refused(await staff.call(path, input), 'staff.forbidden');
  await signInStaff(staff, world, 'administrator');
  const { keyId } = succeeded(await staff.call('office.addKey', key)) as { keyId: string };
  succeeded(await staff.call('office.keys'));
  const of = { keyId };
  for (const [path, input] of [
    ['office.addKey', key],
    ['office.revokeKey', of],
  ] as const) {
    refused(await callWithoutNumber(staff, world, path, input), 'staff.number_required');
  }
  succeeded(await staff.call('office.revokeKey', of));
  refused(await staff.call('office.revokeKey', of), 'request.stale');
  await run('update staff_session set proved_at_ms = 1');
  for (const [path, input] of [
    ['office.addKey', key],
    ['office.revokeKey', of],
  ] as const) {
    refused(await staff.call(path, input), 'staff.proof_required');
  }
}
