import { type AppErrorCode, caseRule } from '@shiming/domain';
import { deliverWaiting } from '@shiming/services/outbox/outbox';
import { runJobs } from '@shiming/services/run-jobs';
import type { TestWorld } from '@shiming/services/testing';
import { citizenNamed } from '@shiming/services/testing/people';
import { fillQueue } from '@shiming/services/testing/reviews';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded, ticketFor } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

type Key = { number: string; code: string };

/** A ticket from its form to its answer, happy and refused: who asks, an agent of the help desk, and a senior. */
export async function walkTickets(
  world: TestWorld,
  [asker, agent, senior]: readonly [TestBrowser, TestBrowser, TestBrowser],
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
  heavyTicketFor: (call: TestBrowser['call'], purpose: string) => Promise<string>,
): Promise<void> {
  const { number } = citizenNamed('罗建民');
  const asked = {
    topic: 'other',
    text: '我的问题是这样的。',
    name: '',
    number,
    email: 'asker@example.com',
    agreesToPhotos: false,
  };
  const begin = async (change: object = {}) =>
    asker.call('ticket.begin', {
      ...asked,
      ticket: await ticketFor(asker.call, world, 'ticket'),
      ...change,
    });
  refused(await begin({ ticket: 'none' }), 'puzzle.ticket_refused');
  const draft = succeeded(await begin()) as Key;
  await useUp('ticket', 20);
  refused(await begin(), 'puzzle.work_required');
  await useUp('ticket', 2_000);
  const heavy = await heavyTicketFor(asker.call, 'ticket');
  refused(await begin({ ticket: heavy }), 'request.too_many');
  await giveBack('ticket');
  const key = { number: draft.number, code: draft.code };
  const caseId = draft.number;
  const bump = () =>
    world.ctx().db.run(`update "case" set version = version + 1 where id = '${caseId}'`);
  const withKey = [
    ['ticket.submit', {}],
    ['ticket.view', {}],
    ['ticket.answer', { text: '补充的情况。' }],
    ['ticket.withdraw', {}],
  ] as const;
  for (const [path, input] of withKey) {
    refused(await asker.call(path, { ...key, ...input, code: 'wrong' }), 'request.not_found');
  }
  refused(await asker.call('ticket.answer', { ...key, text: '补充的情况。' }), 'request.stale');
  refused(await asker.callWhile('ticket.submit', key, bump, 2), 'request.stale');
  succeeded(await asker.call('ticket.submit', key));
  succeeded(await asker.call('ticket.view', key));
  await deliverWaiting(world.ctx());
  const mail = world.sandbox.mail.messages(asked.email).at(-1)?.text ?? '';
  const link = /\/tickets#(\S+)$/m.exec(mail)?.[1] ?? '';
  refused(await asker.call('ticket.prove', { link: `${link}x` }), 'link.expired');
  refused(await asker.callWhile('ticket.prove', { link }, bump), 'request.stale');
  succeeded(await asker.call('ticket.prove', { link }));
  refused(await asker.call('ticket.prove', { link }), 'link.used');

  await signInStaff(agent, world, 'reviewer');
  succeeded(await agent.call('helpDesk.tickets', { kind: 'ticket' }));
  const next = 'helpDesk.takeNextTicket';
  refused(await callWithoutNumber(agent, world, next, { kind: 'ticket' }), 'staff.number_required');
  const many = await fillQueue(world, caseRule.heldAtMost, { dueAtMs: world.nowMs() + 2 });
  for (const each of many) succeeded(await agent.call('desk.take', { caseId: each }));
  refused(await agent.call(next, { kind: 'ticket' }), 'desk.too_many');
  for (const each of many) succeeded(await agent.call('desk.release', { caseId: each }));
  const it = { caseId };
  const decision = { ...it, version: 1, outcome: 'return', text: '请补充。', freesNumber: false };
  const ofTicket = [
    ['helpDesk.ticket', it],
    ['helpDesk.revealTicket', it],
    ['helpDesk.decideTicket', decision],
  ] as const;
  await signInStaff(senior, world, 'senior', { number });
  for (const [path, input] of ofTicket) {
    refused(await senior.call(path, { ...input, caseId: 'none' }), 'request.not_found');
    refused(await senior.call(path, input), 'desk.own_case');
    refused(await agent.call(path, input), 'desk.not_holder');
  }
  await signInStaff(senior, world, 'senior');
  succeeded(await senior.call('helpDesk.ticket', it));
  succeeded(await senior.call('desk.take', it));
  for (const [path, input] of ofTicket.slice(0, 2)) {
    refused(await agent.call(path, input), 'desk.held');
  }
  succeeded(await senior.call('desk.release', it));
  succeeded(await agent.call(next, { kind: 'ticket' }));
  succeeded(await agent.call('helpDesk.ticket', it));
  succeeded(await agent.call('helpDesk.revealTicket', it));
  const { version } = succeeded(await agent.call('desk.take', it)) as { version: number };
  const path = 'helpDesk.decideTicket';
  refused(
    await callWithoutNumber(agent, world, path, { ...decision, version }),
    'staff.number_required',
  );
  refused(await agent.callWhile(path, { ...decision, version }, bump, 2), 'request.stale');
  const freeing = { ...decision, outcome: 'approve', freesNumber: true, version: version + 1 };
  refused(await agent.call(path, freeing), 'desk.look_required');
  succeeded(await agent.call(path, { ...decision, version: version + 1 }));
  refused(await agent.call(path, { ...decision, version: version + 1 }), 'desk.closed');
  await signInStaff(agent, world, 'reviewer');
  for (const [each, input] of ofTicket.slice(0, 2)) {
    refused(await agent.call(each, input), 'desk.closed');
  }
  world.advance(caseRule.undoMs);
  await runJobs(world.ctx());
  const reply = { ...key, text: '补充的情况。' };
  refused(await asker.callWhile('ticket.answer', reply, bump, 2), 'request.stale');
  succeeded(await asker.call('ticket.answer', reply));
  refused(await asker.callWhile('ticket.withdraw', key, bump, 2), 'request.stale');
  succeeded(await asker.call('ticket.withdraw', key));
  world.advance(10 * 60_000);
  refused(await agent.call(path, freeing), 'staff.proof_required');
}
