import type { AppErrorCode } from '@shiming/domain';
import { documentAnswersOf, type TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { citizenWith, passwordAnswers, succeeded, ticketFor } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

type Slip = { handoverId: string; firstPassword: string };

/** First passwords of an agency, from its console to the account and back into it, happy and refused. */
export async function walkAgency(
  world: TestWorld,
  [clerk, person, elsewhere]: readonly [TestBrowser, TestBrowser, TestBrowser],
  limits: {
    useUp: (kind: string, times: number) => Promise<void>;
    giveBack: (kind: string) => Promise<void>;
    heavyTicketFor: (call: TestBrowser['call'], purpose: string) => Promise<string>;
  },
): Promise<void> {
  const { useUp, giveBack, heavyTicketFor } = limits;
  const document = {
    ...documentAnswersOf(citizenWith(world, { outcome: 'match' })),
    number: '110199198805060043',
  };
  const typed = { name: document.name, number: document.number, hasSeenCard: true };
  const run = (sql: string) => world.ctx().db.run(sql);
  const make = async () => succeeded(await clerk.call('agency.handOver', typed)) as Slip;

  await signInStaff(clerk, world, 'reviewer');
  const all = [
    ['agency.handOver', typed],
    ['agency.list', undefined],
    ['agency.find', { search: typed.number }],
    ['agency.revoke', { handoverId: 'none' }],
  ] as const;
  for (const [path, input] of all) refused(await clerk.call(path, input), 'staff.forbidden');
  const scope = '110199';
  await signInStaff(clerk, world, 'agency', { scope, number: typed.number });
  refused(await clerk.call('agency.handOver', typed), 'help_desk.own_account');
  await signInStaff(clerk, world, 'agency', { scope });
  await signInStaff(elsewhere, world, 'agency', { scope });
  refused(await elsewhere.call('agency.handOver', typed), 'request.not_found');
  const child = { ...typed, number: '110199201805050018' };
  refused(await clerk.call('agency.handOver', child), 'guardian.required');
  refused(await callWithoutNumber(clerk, world, 'agency.handOver', typed), 'staff.number_required');
  const none = { handoverId: 'none' };
  refused(await callWithoutNumber(clerk, world, 'agency.revoke', none), 'staff.number_required');
  refused(await clerk.call('agency.revoke', none), 'request.stale');
  const dismissed = () => run(`update staff set role = 'auditor' where role = 'agency'`);
  refused(await clerk.callWhile('agency.handOver', typed, dismissed), 'staff.forbidden');
  await run(`update staff set role = 'agency' where role = 'auditor' and scope is not null`);
  const unused = await make();
  succeeded(await clerk.call('agency.revoke', { handoverId: unused.handoverId }));
  const slip = await make();
  succeeded(await clerk.call('agency.list'));
  succeeded(await clerk.call('agency.find', { search: typed.number }));
  await useUp('agency', 300);
  refused(await clerk.call('agency.handOver', typed), 'request.too_many');
  await giveBack('agency');

  const answers = { ...document, ...passwordAnswers, hasAgreed: true };
  const take = async ({ firstPassword }: Pick<Slip, 'firstPassword'>, change: object = {}) => ({
    ...answers,
    firstPassword,
    ticket: await ticketFor(person.call, world, 'login'),
    ...change,
  });
  const call = async (...of: Parameters<typeof take>) =>
    person.call('agency.takeUp', await take(...of));
  refused(await call(slip, { ticket: 'none' }), 'puzzle.ticket_refused');
  refused(await call({ firstPassword: 'ABCD-2345-WXYZ' }), 'login.refused');
  await useUp('login', 5);
  refused(await call(slip), 'login.locked');
  await giveBack('login');
  await useUp('login.strangers', 30);
  refused(await call(slip), 'puzzle.work_required');
  await useUp('login.strangers', 270);
  const ticket = await heavyTicketFor(person.call, 'login');
  refused(await call(slip, { ticket }), 'login.strangers_locked');
  await giveBack('login.strangers');
  await useUp('login.address', 400);
  refused(await call(slip), 'request.too_many');
  await giveBack('login.address');
  const revoked = () =>
    run(`update handover set revoked_at_ms = 1 where id = '${slip.handoverId}'`);
  refused(await person.callWhile('agency.takeUp', await take(slip), revoked, 3), 'request.stale');
  await run(`update handover set revoked_at_ms = null where id = '${slip.handoverId}'`);
  succeeded(await call(slip));
  const again = await make();
  succeeded(await call(again, { password: 'Another#47-brook', passwordAgain: 'Another#47-brook' }));
  // Another agency opens nothing of it.
  await signInStaff(clerk, world, 'agency', { scope: '110198' });
  refused(await call(await make()), 'registration.number_taken');
  await run('update staff_session set proved_at_ms = 1');
  refused(await clerk.call('agency.handOver', typed), 'staff.proof_required');
}
