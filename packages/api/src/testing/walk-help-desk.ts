import type { AppErrorCode } from '@shiming/domain';
import type { TestWorld } from '@shiming/services/testing';
import { citizenNamed, registerCompletely } from '@shiming/services/testing/people';
import { fillQueue } from '@shiming/services/testing/reviews';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

/** Somebody who is nobody else in the walk. */
const name = '杜若溪';

/** Help desk, statistics and audit, happy and refused: a reviewer, a senior, and an auditor. */
export async function walkHelpDesk(
  world: TestWorld,
  [agent, senior, auditor]: readonly [TestBrowser, TestBrowser, TestBrowser],
): Promise<void> {
  const citizen = citizenNamed(name);
  const { number } = citizen;
  await registerCompletely(world, citizen);
  await signInStaff(agent, world, 'reviewer');
  await signInStaff(senior, world, 'senior');
  const asSenior = senior.cookies.get('staff') ?? '';
  const { accountId } = succeeded(await agent.call('helpDesk.find', { search: number })) as {
    accountId: string;
  };
  const it = { accountId };
  const correction = { ...it, value: 'nova@example.org', evidence: '看过身份证原件' };
  const mail = { ...correction, kind: 'email' };
  const withAccount: readonly [path: string, input: object][] = [
    ['helpDesk.account', it],
    ['helpDesk.reveal', { ...it, item: 'mobile', reason: 'caller_check', note: '核对来电人' }],
    ['helpDesk.requestCorrection', mail],
  ];
  for (const [path, input] of withAccount) {
    refused(await agent.call(path, { ...input, accountId: 'none' }), 'request.not_found');
  }
  const [caseId = ''] = await fillQueue(world, 1);
  const belongTo = (id: string) =>
    world.ctx().db.run(`update "case" set account_id = '${id}' where id = '${caseId}'`);
  await belongTo(accountId);
  refused(
    await agent.call('helpDesk.requestCorrection', {
      ...correction,
      kind: 'name',
      value: '杜若曦',
    }),
    'review.open',
  );
  await belongTo('nobody');
  const bump = () =>
    world.ctx().db.run(`update account set version = version + 1 where id = '${accountId}'`);
  const refusedWithoutNumber = async (browser: TestBrowser, path: string, input: object) =>
    refused(await callWithoutNumber(browser, world, path, input), 'staff.number_required');
  await refusedWithoutNumber(agent, 'helpDesk.requestCorrection', mail);
  refused(await agent.callWhile('helpDesk.requestCorrection', mail, bump, 2), 'request.stale');
  for (const [path, input] of withAccount) succeeded(await agent.call(path, input));
  refused(await agent.call('helpDesk.requestCorrection', mail), 'help_desk.change_waiting');

  const [first] = succeeded(await senior.call('helpDesk.corrections')) as {
    correctionId: string;
  }[];
  const change = { correctionId: first?.correctionId ?? '' };
  const decisions = ['helpDesk.revealCorrection', 'helpDesk.refuse', 'helpDesk.approve'] as const;
  for (const path of decisions) {
    refused(await senior.call(path, { correctionId: 'none' }), 'request.not_found');
  }
  await signInStaff(senior, world, 'senior', { number });
  for (const path of decisions) {
    refused(await senior.call(path, change), 'help_desk.own_account');
  }
  for (const [path, input] of withAccount) {
    refused(await senior.call(path, input), 'help_desk.own_account');
  }
  senior.cookies.set('staff', asSenior);
  succeeded(await senior.call('helpDesk.revealCorrection', change));
  refused(await senior.callWhile('helpDesk.approve', change, bump), 'request.stale');
  await refusedWithoutNumber(senior, 'helpDesk.approve', change);
  await refusedWithoutNumber(senior, 'helpDesk.refuse', change);
  succeeded(await senior.call('helpDesk.approve', change));
  for (const path of decisions) {
    refused(await senior.call(path, change), 'help_desk.change_closed');
  }
  const mobile = { ...correction, kind: 'mobile', value: '19900000066' };
  succeeded(await senior.call('helpDesk.requestCorrection', mobile));
  const [own] = succeeded(await senior.call('helpDesk.corrections')) as { correctionId: string }[];
  const ownChange = { correctionId: own?.correctionId ?? '' };
  for (const path of decisions) {
    refused(await senior.call(path, ownChange), 'help_desk.same_person');
  }
  await signInStaff(senior, world, 'senior');
  succeeded(await senior.call('helpDesk.refuse', ownChange));
  const status = { ...correction, value: 'misuse' };
  succeeded(await agent.call('helpDesk.requestCorrection', { ...status, kind: 'suspend' }));
  const { db } = world.ctx();
  const isOwn = `account_id = '${accountId}'`;
  // Closed, and its number opens another account meanwhile.
  await db.run(`update account set status = 'closed' where id = '${accountId}'`);
  await db.run(`update identifier set signs_in = 0 where ${isOwn}`);
  const [borrowed] = await db.all<{ id: string; index: string }>(
    `select id, "index" from identifier where not ${isOwn} and kind = 'document_number' and signs_in limit 1`,
  );
  const { id, index } = borrowed ?? { id: '', index: '' };
  await db.run(
    `update identifier set "index" = (select "index" from identifier where ${isOwn} and kind = 'document_number') where id = '${id}'`,
  );
  succeeded(await agent.call('helpDesk.requestCorrection', { ...status, kind: 'restore' }));
  const [restoring] = succeeded(await senior.call('helpDesk.corrections')) as {
    correctionId: string;
  }[];
  const restore = { correctionId: restoring?.correctionId ?? '' };
  refused(await senior.call('helpDesk.approve', restore), 'account.number_taken');
  // Whoever lent the number is signed in to by later walks.
  await db.run(`update identifier set "index" = '${index}' where id = '${id}'`);
  world.advance(10 * 60_000);
  refused(await agent.call('helpDesk.requestCorrection', mail), 'staff.proof_required');
  refused(await senior.call('helpDesk.approve', change), 'staff.proof_required');

  succeeded(await agent.call('statistics.view', { from: '2026-11-01', to: '2026-11-30' }));
  await signInStaff(auditor, world, 'auditor');
  const anything = { accountId: '', actor: '', action: '', from: '', to: '', cursor: '' };
  succeeded(await auditor.call('auditTrail.search', anything));
  succeeded(await auditor.call('auditTrail.export', anything));
  succeeded(await auditor.call('auditTrail.findAccount', { search: number }));
  succeeded(await auditor.call('auditTrail.staff'));
  succeeded(await auditor.call('auditTrail.check', { fromBlock: 0 }));
}
