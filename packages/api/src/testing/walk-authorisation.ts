import { answersOfClient, type AppErrorCode, shanghaiDate } from '@shiming/domain';
import { answerOffice } from '@shiming/services/authorisation/office';
import { giveOnly } from '@shiming/services/challenge/challenge';
import { inPortal } from '@shiming/services/context';
import { proofCode } from '@shiming/services/proof/proof';
import type { SignedIn } from '@shiming/services/session/session';
import { officeRequestOf, officeWithKey } from '@shiming/services/testing/office';
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

  await walkMatters(world, { person, elsewhere, signedIn, useUp, giveBack });

  const key = {
    office: '沙箱市市场监督管理局',
    algorithm: 'ed25519',
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
  await walkServiceClients(world, staff);
}

/** The registration of a service, by two administrators. */
async function walkServiceClients(world: TestWorld, staff: TestBrowser): Promise<void> {
  const which = { portal: 'teacher', service: 'periodic-registration' };
  const x = 'a'.repeat(43);
  const typed = answersOfClient({
    redirectUris: ['https://service.example.cn/callback'],
    jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'a', x }] },
  });
  const propose = (version: number) =>
    ['serviceClient.propose', { ...which, version, typed }] as const;
  const decide = (version: number, agrees = true) =>
    ['serviceClient.decide', { ...which, version, agrees }] as const;
  const end = ['serviceClient.end', { ...which, version: 1, isForGood: true }] as const;
  const acts = [propose(-1), decide(0), end];
  const all = [...acts, ['serviceClient.list', undefined]] as const;
  staff.cookies.delete('staff');
  for (const [path, input] of all) refused(await staff.call(path, input), 'staff.session_required');
  await signInStaff(staff, world, 'reviewer');
  for (const [path, input] of all) refused(await staff.call(path, input), 'staff.forbidden');
  await signInStaff(staff, world, 'administrator');
  for (const [path, input] of acts) {
    refused(await callWithoutNumber(staff, world, path, input), 'staff.number_required');
  }
  const nowhere = { ...which, service: 'nowhere', version: -1, typed };
  refused(await staff.call('serviceClient.propose', nowhere), 'request.not_found');
  succeeded(await staff.call(...propose(-1)));
  refused(await staff.call(...decide(0)), 'service.same_person');
  succeeded(await staff.call('serviceClient.list'));
  await signInStaff(staff, world, 'administrator');
  succeeded(await staff.call(...decide(0)));
  succeeded(await staff.call(...end));
  for (const [path, input] of acts) refused(await staff.call(path, input), 'request.stale');
  await world.ctx().db.run('update staff_session set proved_at_ms = 1');
  for (const [path, input] of acts) refused(await staff.call(path, input), 'staff.proof_required');
}

/** A matter that an office has asked, answered by the person. */
async function walkMatters(
  world: TestWorld,
  {
    person,
    elsewhere,
    signedIn,
    useUp,
    giveBack,
  }: {
    person: TestBrowser;
    elsewhere: TestBrowser;
    signedIn: SignedIn;
    useUp: (kind: string, times: number) => Promise<void>;
    giveBack: (kind: string) => Promise<void>;
  },
): Promise<void> {
  const ctx = inPortal(world.ctx(), 'business');
  const origin = 'https://id.example.cn';
  const office = await officeWithKey(ctx, {
    url: `${origin}/office/v1/authorisation.check`,
    keysUrl: `${origin}/office/v1/keys`,
    keyId: 'office-walk',
    now: () => world.nowMs(),
    async fetch(request) {
      const asked = await officeRequestOf(request, origin);
      const { status, body } = await answerOffice(ctx, asked, 'authorisation.request');
      return new Response(body, { status });
    },
  });
  const citizen = citizenNamed('古丽·买买提');
  const request = await office.matterRequest({
    idNumber: citizen.number,
    company: '沙箱市晴川茶叶有限公司',
    role: 'shareholder',
    purpose: 'establish',
  });
  await answerOffice(ctx, await officeRequestOf(request, origin), 'authorisation.request');
  const view = succeeded(await person.call('authorisation.view')) as { matters: { id: string }[] };
  const matterId = view.matters[0]?.id ?? '';
  const { db } = ctx;
  async function setCode(code: string): Promise<void> {
    const life = { validMs: 60_000, tries: 2 };
    for (const statement of await giveOnly(ctx, proofCode(signedIn), code, life)) await statement;
  }
  const answer = {
    matterId,
    answer: 'yes',
    by: 'password_and_code',
    password: testPassword,
    code: '123456',
  };
  const call = (change: object = {}) =>
    person.call('authorisation.answerMatter', { ...answer, ...change });
  refused(await elsewhere.call('authorisation.answerMatter', answer), 'request.not_found');
  refused(await call({ matterId: 'none' }), 'matter.over');
  refused(await call({ by: 'face' }), 'proof.required');
  refused(await call({ password: 'not-the-1-password' }), 'input.invalid');
  await useUp('password', 5);
  refused(await call(), 'login.locked');
  await giveBack('password');
  await useUp('password.hash', 30);
  refused(await call(), 'request.too_many');
  await giveBack('password.hash');
  refused(await call(), 'code.expired');
  await setCode('654321');
  refused(await call(), 'code.wrong');
  refused(await call(), 'code.tries_used_up');
  const underAge = world.nowMs() - Date.parse('2013-08-14T12:00:00+08:00');
  world.advance(-underAge);
  refused(await call(), 'authorisation.under_age');
  world.advance(underAge);
  const of = `where account_id = '${signedIn.account.id}' and revoked_at_ms is`;
  await db.run(`update attestation set revoked_at_ms = 1 ${of} null`);
  refused(await call(), 'service.not_verified');
  await db.run(`update attestation set revoked_at_ms = null ${of} 1`);
  await setCode('123456');
  succeeded(await call());
}
