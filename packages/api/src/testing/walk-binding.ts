import { type AppErrorCode, checkCharacter, studentPortal, teacherPortal } from '@shiming/domain';
import { inPortal } from '@shiming/services/context';
import { documentAnswersOf, testPassword, type TestWorld } from '@shiming/services/testing';
import { registerWithoutIdentity } from '@shiming/services/testing/people';
import { giveStudies } from '@shiming/services/testing/studies';
import { createBrowser, type Told } from './browser.ts';
import type { Answer } from './caller.ts';
import { type Citizen, citizenWith, register, succeeded, ticketFor } from './journey.ts';

const day = 24 * 3_600_000;

/** S-BND-02: somebody asks a classmate at the student portal, in every way in which that ends. Ends months later. */
export async function walkBinding(
  world: TestWorld,
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
  is: (answer: Answer, code: AppErrorCode) => void,
): Promise<Told[]> {
  const person = (name: string, digits: string, mobile: string): Citizen => ({
    ...citizenWith(world, { name: '林知远' }),
    name,
    number: `${digits}${checkCharacter(digits)}`,
    mobile,
  });
  const askerCitizen = person('林一舟', '11019919900101013', '19900000041');
  const helperCitizen = person('沈二川', '11019919900101015', '19900000042');
  let at: string = teacherPortal.id;
  const browserOf = (device: string) => createBrowser(world, device, (ctx) => inPortal(ctx, at));
  const [asker, helper, newcomer] = [
    browserOf('device-90'),
    browserOf('device-91'),
    browserOf('device-92'),
  ];
  const { db } = world.ctx();
  const idOf = async (browser: typeof asker) =>
    (succeeded(await browser.call('session.current')) as { drawnFrom: string }).drawnFrom;
  const proveMobile = (accountId: string, atMs: number | null) =>
    db.run(
      `update identifier set proved_at_ms = ${atMs} where account_id = '${accountId}' and kind = 'mobile'`,
    );
  const typed = {
    name: helperCitizen.name,
    mobile: helperCitizen.mobile,
    ownMobile: askerCitizen.mobile,
  };
  const ask = () => asker.call('binding.ask', typed);
  const nobody = { vouchId: 'nobody' };
  const name = askerCitizen.name;
  for (const path of ['binding.current', 'binding.inbox']) {
    is(await newcomer.call(path), 'session.required');
  }
  is(await newcomer.call('binding.ask', typed), 'session.required');
  for (const path of ['binding.withdraw', 'binding.decline', 'binding.takeBack']) {
    is(await newcomer.call(path, nobody), 'session.required');
  }
  is(await newcomer.call('binding.confirm', { ...nobody, name }), 'session.required');

  await register(asker.call, world, askerCitizen);
  await register(helper.call, world, helperCitizen);
  const [askerId, helperId] = [await idOf(asker), await idOf(helper)];
  is(await ask(), 'request.not_found');
  is(await helper.call('binding.inbox'), 'request.not_found');
  at = studentPortal.id;
  const { sessionToken } = await registerWithoutIdentity(
    world,
    { mobile: '19900000031' },
    studentPortal.id,
  );
  newcomer.cookies.set('session', sessionToken);
  is(await newcomer.call('binding.ask', typed), 'identity.required');
  // S-BND-03: the number of the newcomer, whose code another person has.
  succeeded(await asker.call('proof.byPassword', { password: testPassword }));
  const ticket = await ticketFor(asker.call, world, 'contact');
  succeeded(await asker.call('contact.begin', { kind: 'mobile', value: '19900000031', ticket }));
  const code = world.sandbox.phone.lastCode('19900000031') ?? '';
  is(await asker.call('contact.confirm', { code }), 'contact.bound_elsewhere');
  // S-DUP-05: of somebody who claims a number the authority is asked with their consent alone.
  succeeded(
    await newcomer.call('identity.give', {
      ...documentAnswersOf(askerCitizen),
      claimsNumber: true,
    }),
  );
  is(await newcomer.call('binding.ask', typed), 'consent.required');
  is(await ask(), 'request.stale');
  await proveMobile(askerId, null);
  is(await ask(), 'vouch.needs_record');
  await giveStudies(world, askerId);
  succeeded(await asker.call('binding.current'));
  succeeded(await ask());
  is(await ask(), 'vouch.waiting');
  const waiting = async () => {
    const inbox = succeeded(await helper.call('binding.inbox')) as {
      requests: { vouchId: string; status: string }[];
    };
    return { vouchId: inbox.requests.find(({ status }) => status === 'waiting')?.vouchId ?? '' };
  };
  const first = await waiting();
  succeeded(await asker.call('binding.withdraw', first));
  is(await asker.call('binding.withdraw', first), 'vouch.over');
  is(await helper.call('binding.decline', nobody), 'request.not_found');
  is(await helper.call('binding.decline', first), 'vouch.over');
  world.advance(1);
  succeeded(await ask());
  succeeded(await helper.call('binding.decline', await waiting()));
  await useUp('vouch.request', 3);
  is(await ask(), 'request.too_many');
  await giveBack('vouch.request');
  world.advance(1);
  succeeded(await ask());
  const second = await waiting();
  const confirm = (by = second) => helper.call('binding.confirm', { ...by, name });
  is(await confirm(), 'proof.required');
  succeeded(await helper.call('proof.byPassword', { password: testPassword }));
  is(await confirm(nobody), 'request.not_found');
  is(await confirm(first), 'vouch.over');
  is(await confirm(), 'vouch.not_entitled');
  await proveMobile(helperId, world.nowMs() - 31 * day);
  await giveStudies(world, helperId);
  await helper.call('binding.confirm', { ...second, name: '不对' });
  await useUp('vouch.name', 5);
  is(await helper.call('binding.confirm', { ...second, name: '不对' }), 'request.too_many');
  is(await helper.call('binding.takeBack', nobody), 'request.not_found');
  is(await helper.call('binding.takeBack', second), 'vouch.over');
  const renamed = () => db.run(`update account set version = version + 1 where id = '${askerId}'`);
  is(await helper.callWhile('binding.confirm', { ...second, name }, renamed), 'request.stale');
  succeeded(await confirm());
  succeeded(await helper.call('binding.takeBack', second));
  return [...asker.told, ...helper.told, ...newcomer.told];
}
