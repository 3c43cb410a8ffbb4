import { type AppErrorCode, caseRule } from '@shiming/domain';
import { deliverWaiting } from '@shiming/services/outbox/outbox';
import { runJobs } from '@shiming/services/run-jobs';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded, ticketFor } from './journey.ts';
import { signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

const code = '12110199PDY00001XT';
const typed = {
  name: '县第一中学',
  code,
  person: '林知远',
  mobile: '19900000031',
  email: 'office@example.org',
  text: '申请开通单位账号，附申请函。',
  agreesToPhotos: true,
};

/** A letter of an organisation from its form to its password and sign-in, happy and refused. */
export async function walkOrganisations(
  world: TestWorld,
  [asker, agent]: readonly [TestBrowser, TestBrowser],
  limits: {
    useUp: (kind: string, times: number) => Promise<void>;
    giveBack: (kind: string) => Promise<void>;
    heavyTicketFor: (call: TestBrowser['call'], purpose: string) => Promise<string>;
    addLetter: (key: { number: string; code: string }) => Promise<void>;
  },
): Promise<void> {
  const { useUp, giveBack, heavyTicketFor, addLetter } = limits;
  const begin = async (change: object = {}) =>
    asker.call('organisation.begin', {
      ...typed,
      ticket: await ticketFor(asker.call, world, 'ticket'),
      ...change,
    });
  refused(await begin({ ticket: 'none' }), 'puzzle.ticket_refused');
  const key = succeeded(await begin()) as { number: string; code: string };
  await useUp('ticket', 20);
  refused(await begin(), 'puzzle.work_required');
  await useUp('ticket', 2_000);
  refused(await begin({ ticket: await heavyTicketFor(asker.call, 'ticket') }), 'request.too_many');
  await giveBack('ticket');
  refused(await asker.call('ticket.submit', key), 'organisation.letter_required');
  await addLetter(key);
  succeeded(await asker.call('ticket.submit', key));
  await deliverWaiting(world.ctx());

  await signInStaff(agent, world, 'reviewer');
  const caseId = key.number;
  const { version } = succeeded(await agent.call('desk.take', { caseId })) as { version: number };
  succeeded(await agent.call('helpDesk.ticket', { caseId }));
  succeeded(await agent.call('helpDesk.revealTicket', { caseId }));
  const approval = { caseId, version, outcome: 'approve', text: '已核对。', freesNumber: false };
  refused(await agent.call('helpDesk.decideTicket', approval), 'contact.not_proved');
  const texts = world.sandbox.mail.messages(typed.email).map(({ text }) => text);
  const link = new RegExp(`/tickets#(${caseId}\\.\\S+)$`, 'm').exec(texts.join('\n'))?.[1];
  succeeded(await asker.call('ticket.prove', { link }));
  const again = succeeded(await agent.call('desk.take', { caseId })) as { version: number };
  succeeded(await agent.call('helpDesk.revealTicket', { caseId }));
  const decision = { ...approval, version: again.version };
  succeeded(await agent.call('helpDesk.decideTicket', decision));
  world.advance(caseRule.undoMs);
  await runJobs(world.ctx());

  const password = { password: testPassword, passwordAgain: testPassword };
  const set = (change: object = {}) =>
    asker.call('organisation.setPassword', { ...key, ...password, ...change });
  refused(await set({ code: 'wrong' }), 'request.not_found');
  const bump = () => world.ctx().db.run('update organisation set version = version + 1');
  const input = { ...key, ...password };
  refused(await asker.callWhile('organisation.setPassword', input, bump, 3), 'request.stale');
  await useUp('new_password', 10);
  refused(await set(), 'request.too_many');
  await giveBack('new_password');
  succeeded(await set());

  const signIn = async (change: object = {}) =>
    asker.call('organisation.signIn', {
      code,
      password: testPassword,
      ticket: await ticketFor(asker.call, world, 'login'),
      ...change,
    });
  refused(await signIn({ ticket: 'none' }), 'puzzle.ticket_refused');
  refused(await signIn({ password: 'wrong' }), 'login.refused');
  await useUp('login', 5);
  refused(await signIn(), 'login.locked');
  await giveBack('login');
  await useUp('login.strangers', 30);
  refused(await signIn(), 'puzzle.work_required');
  await useUp('login.strangers', 270);
  const ticket = await heavyTicketFor(asker.call, 'login');
  refused(await signIn({ ticket }), 'login.strangers_locked');
  await giveBack('login.strangers');
  await useUp('login.address', 400);
  refused(await signIn(), 'request.too_many');
  await giveBack('login.address');
  succeeded(await signIn());
  succeeded(await asker.call('organisation.current'));
  succeeded(await asker.call('organisation.signOut'));
}
