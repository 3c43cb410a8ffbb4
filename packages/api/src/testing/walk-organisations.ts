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
  contactAgrees: true,
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
  // It is known there now, and strangers’ limits do not count.
  asker.cookies.delete('device');

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
  await walkSignedIn(world, asker, { useUp, giveBack });
  succeeded(await asker.call('organisation.signOut'));
}

/** What an organisation does that is signed in: its contact person, its copy, its closing. */
async function walkSignedIn(
  world: TestWorld,
  { call, callWhile, cookies }: TestBrowser,
  {
    useUp,
    giveBack,
  }: {
    useUp: (kind: string, times: number) => Promise<void>;
    giveBack: (kind: string) => Promise<void>;
  },
): Promise<void> {
  const password = { password: testPassword };
  const contact = {
    person: '林知近',
    mobile: '19900000032',
    email: 'other@example.org',
    contactAgrees: true,
  };
  const send = async (change: object = {}) =>
    call('organisation.sendContactCode', {
      ...contact,
      ...password,
      ticket: await ticketFor(call, world, 'contact'),
      ...change,
    });
  const held = cookies.get('organisation') ?? '';
  cookies.delete('organisation');
  const ticket = 'made up';
  const another = 'Another#47-brook';
  const change = { current: testPassword, password: another, passwordAgain: another };
  const acts = [
    ['organisation.sendContactCode', { ...contact, ...password, ticket }],
    ['organisation.changeContact', { ...contact, code: '123456' }],
    ['organisation.changePassword', change],
    ['organisation.export', password],
    ['organisation.requestClosing', password],
    ['organisation.stopClosing', undefined],
  ] as const;
  for (const [path, input] of acts) {
    refused(await call(path, input), 'organisation.session_required');
  }
  cookies.set('organisation', held);
  const byPassword = [
    acts[0],
    ['organisation.export', password],
    ['organisation.requestClosing', password],
  ] as const;
  for (const [path, input] of byPassword) {
    const wrong = { ...input, password: 'wrong' };
    refused(await call(path, wrong), 'input.invalid');
    await useUp('password', 5);
    refused(await call(path, input), 'login.locked');
    await giveBack('password');
    await useUp('password.hash', 30);
    refused(await call(path, input), 'request.too_many');
    await giveBack('password.hash');
  }
  refused(await send({ ticket }), 'puzzle.ticket_refused');
  const bump = () => world.ctx().db.run('update organisation set version = version + 1');
  const code = async () => {
    await deliverWaiting(world.ctx());
    const text = world.sandbox.mail.messages(contact.email).at(-1)?.text ?? '';
    return { ...contact, code: /\b\d{6}\b/.exec(text)?.[0] ?? '' };
  };
  refused(await call('organisation.changeContact', { ...contact, code: '123456' }), 'code.expired');
  succeeded(await send());
  refused(await send(), 'code.too_soon');
  const first = await code();
  const wrong = { ...contact, code: first.code === '000000' ? '000001' : '000000' };
  refused(await call('organisation.changeContact', wrong), 'code.wrong');
  refused(await callWhile('organisation.changeContact', first, bump, 2), 'request.stale');
  succeeded(await call('organisation.changeContact', first));
  world.advance(61_000);
  succeeded(await send());
  for (const _ of [1, 2, 3, 4]) {
    refused(await call('organisation.changeContact', wrong), 'code.wrong');
  }
  refused(await call('organisation.changeContact', wrong), 'code.tries_used_up');
  await useUp('mail.code', 20);
  world.advance(61_000);
  refused(await send(), 'code.day_limit');
  await giveBack('mail.code');

  const changing = (run: () => Promise<unknown>) =>
    callWhile('organisation.changePassword', change, run, 3);
  refused(await call('organisation.changePassword', { ...change, current: 'x' }), 'input.invalid');
  await useUp('password', 5);
  refused(await call('organisation.changePassword', change), 'login.locked');
  await giveBack('password');
  refused(await changing(bump), 'request.stale');
  await useUp('new_password', 10);
  refused(await call('organisation.changePassword', change), 'request.too_many');
  await giveBack('new_password');
  succeeded(await call('organisation.changePassword', change));
  password.password = another;

  succeeded(await call('organisation.export', password));
  await useUp('organisation.export', 10);
  refused(await call('organisation.export', password), 'request.too_many');

  refused(await call('organisation.stopClosing'), 'request.stale');
  const close = (run: () => Promise<unknown>) =>
    callWhile('organisation.requestClosing', password, run, 2);
  refused(await close(bump), 'request.stale');
  succeeded(await call('organisation.requestClosing', password));
  refused(await call('organisation.requestClosing', password), 'account.closing');
  const link = async () => {
    await deliverWaiting(world.ctx());
    const links = world.sandbox.mail.messages(contact.email).flatMap((mail) => mail.links);
    const found = links.findLast((each) => each.includes('/organisation/keep#'));
    return { link: found?.split('#')[1] ?? '' };
  };
  const byLink = await link();
  refused(await callWhile('organisation.stopClosing', undefined, bump), 'request.stale');
  const late = await callWhile('organisation.stopClosingByLink', byLink, bump);
  refused(late, 'request.stale');
  succeeded(await call('organisation.stopClosingByLink', byLink));
  refused(await call('organisation.stopClosingByLink', byLink), 'link.used');
  refused(await call('organisation.stopClosingByLink', { link: 'a.b' }), 'link.expired');
  succeeded(await call('organisation.requestClosing', password));
  succeeded(await call('organisation.stopClosing'));
  await useUp('organisation.closing', 5);
  refused(await call('organisation.requestClosing', password), 'request.too_many');
}
