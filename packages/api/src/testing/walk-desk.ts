import { type AppErrorCode, caseRule } from '@shiming/domain';
import { runJobs } from '@shiming/services/run-jobs';
import type { TestWorld } from '@shiming/services/testing';
import { citizenNamed } from '@shiming/services/testing/people';
import { fillQueue, waitingFor } from '@shiming/services/testing/reviews';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

/** Whom the authority cannot answer for, and nobody else in the walk is. */
const name = '许静姝';
const lease = (answer: Answer) => succeeded(answer) as { version: number };
const approval = { outcome: 'approve', reasons: [], isFaceDoubtful: false };

/** The reviewer's desk: a reviewer, another one, and a senior, happy and refused. */
export async function walkDesk(
  world: TestWorld,
  [anna, bo, senior]: readonly [TestBrowser, TestBrowser, TestBrowser],
): Promise<void> {
  const { caseId } = await waitingFor(world, name);
  const it = { caseId };
  const [other = ''] = await fillQueue(world, 1, { dueAtMs: world.nowMs() + 1 });
  await signInStaff(anna, world, 'reviewer');
  const boId = await signInStaff(bo, world, 'reviewer');
  const bump = () =>
    world.ctx().db.run(`update "case" set version = version + 1 where id = '${caseId}'`);
  const refusedWithoutNumber = async (browser: TestBrowser, path: string, input?: object) =>
    refused(await callWithoutNumber(browser, world, path, input), 'staff.number_required');
  const decide = (browser: TestBrowser, version: number) =>
    browser.call('desk.decide', { ...it, ...approval, version });

  succeeded(await anna.call('desk.queue', {}));
  succeeded(await anna.call('desk.counts'));
  succeeded(await anna.call('desk.reviewers'));
  succeeded(await anna.call('desk.search', { search: name }));
  for (const path of ['desk.peekNext', 'desk.takeNext']) await refusedWithoutNumber(anna, path);
  succeeded(await anna.call('desk.peekNext'));
  succeeded(await anna.call('desk.takeNext'));
  succeeded(await anna.call('desk.heartbeat', { caseId: other }));
  succeeded(await anna.call('desk.release', { caseId: other }));
  for (const path of ['desk.heartbeat', 'desk.release']) {
    refused(await anna.call(path, { caseId: other }), 'desk.not_holder');
  }

  const many = await fillQueue(world, caseRule.heldAtMost + 1, { dueAtMs: world.nowMs() + 2 });
  for (const each of many.slice(1)) succeeded(await anna.call('desk.take', { caseId: each }));
  refused(await anna.call('desk.takeNext'), 'desk.too_many');
  refused(await anna.call('desk.take', { caseId: many[0] }), 'desk.too_many');
  for (const each of many.slice(1)) succeeded(await anna.call('desk.release', { caseId: each }));

  const setWithdrawn = (atMs: string) =>
    world.ctx().db.run(
      `update consent set withdrawn_at_ms = ${atMs} where kind = 'document_number' and account_id =
         (select account_id from "case" where id = '${caseId}')`,
    );
  const withCase: readonly [path: string, input: object][] = [
    ['desk.take', it],
    ['desk.case', it],
    ['desk.reveal', it],
    ['desk.decide', { ...it, ...approval, version: 1 }],
    ['desk.undo', it],
    ['desk.reopen', { ...it, reason: 'complaint' }],
    ['desk.assign', { ...it, staffId: boId }],
  ];
  await signInStaff(senior, world, 'senior', { number: citizenNamed(name).number });
  for (const [path, input] of withCase) {
    refused(await senior.call(path, { ...input, caseId: 'none' }), 'request.not_found');
    refused(await senior.call(path, input), 'desk.own_case');
  }
  const seniorId = await signInStaff(senior, world, 'senior');
  const giving = { ...it, staffId: boId };
  refused(await senior.call('desk.assign', giving), 'desk.not_stuck');
  refused(await senior.call('desk.assign', { ...it, staffId: 'nobody' }), 'desk.cannot_assign');

  await setWithdrawn('1');
  for (const [path, input] of withCase.slice(0, 4)) {
    refused(await anna.call(path, input), 'desk.consent_withdrawn');
  }
  await setWithdrawn('null');
  for (const [path, input] of withCase.slice(1, 4)) {
    refused(await anna.call(path, input), 'desk.not_holder');
  }
  await refusedWithoutNumber(anna, 'desk.take', it);
  lease(await anna.callWhile('desk.take', it, bump, 2));
  for (const [path, input] of withCase.slice(0, 3)) {
    refused(await bo.call(path, input), 'desk.held');
  }
  refused(await senior.call('desk.assign', giving), 'desk.held');
  succeeded(await anna.call('desk.case', it));
  succeeded(await senior.call('desk.case', it));
  succeeded(await anna.call('desk.reveal', it));
  refused(await anna.call('desk.undo', it), 'desk.closed');
  const { version } = lease(await anna.call('desk.take', it));
  refused(await decide(anna, version), 'desk.look_required');
  refused(
    await anna.callWhile('desk.decide', { ...it, ...approval, version }, bump, 2),
    'request.stale',
  );
  succeeded(await anna.call('desk.reveal', it));
  await refusedWithoutNumber(anna, 'desk.decide', { ...it, ...approval, version: version + 1 });
  succeeded(await decide(anna, version + 1));
  refused(await decide(anna, version + 1), 'desk.closed');
  refused(await bo.call('desk.undo', it), 'desk.not_holder');
  await refusedWithoutNumber(anna, 'desk.undo', it);
  for (const each of many.slice(1)) succeeded(await anna.call('desk.take', { caseId: each }));
  refused(await anna.call('desk.undo', it), 'desk.too_many');
  for (const each of many.slice(1)) succeeded(await anna.call('desk.release', { caseId: each }));
  lease(await anna.callWhile('desk.undo', it, bump, 2));

  // In doubt of the face it takes a second person.
  const again = lease(await anna.call('desk.take', it));
  const doubtful = { ...it, ...approval, isFaceDoubtful: true, version: again.version };
  succeeded(await anna.call('desk.reveal', it));
  succeeded(await anna.call('desk.decide', doubtful));
  for (const [path, input] of withCase.slice(0, 3)) {
    refused(await bo.call(path, input), 'desk.closed');
  }
  refused(await senior.call('desk.reopen', { ...it, reason: 'complaint' }), 'desk.closed');
  refused(await senior.call('desk.assign', giving), 'desk.closed');
  world.advance(10_000);
  await runJobs(world.ctx());
  refused(await anna.call('desk.take', it), 'desk.same_person');
  const { version: second } = lease(await bo.call('desk.take', it));
  succeeded(await bo.call('desk.reveal', it));
  succeeded(await decide(bo, second));
  world.advance(10_000);
  await runJobs(world.ctx());

  // Where two disagree and the only senior is one of them, a colleague is given the last word.
  const { db } = world.ctx();
  const [dispute = ''] = await fillQueue(world, 1, { stage: 'senior' });
  const others = `role = 'senior' and status = 'active' and id <> '${seniorId}'`;
  const rows = await db.all<{ id: string }>(`select id from staff where ${others}`);
  await db.run(`update staff set status = 'disabled' where ${others}`);
  await db.run(
    `insert into case_decision (id, case_id, round, stage, reviewer_id, outcome, case_version, taken_at_ms, decided_at_ms)
     values ('${dispute}', '${dispute}', 1, 'second', '${seniorId}', 'reject', 1, 0, 0)`,
  );
  const disputed = { caseId: dispute, staffId: boId };
  const bumpDispute = () =>
    db.run(`update "case" set version = version + 1 where id = '${dispute}'`);
  await refusedWithoutNumber(senior, 'desk.assign', disputed);
  succeeded(await senior.callWhile('desk.assign', disputed, bumpDispute, 3));
  for (const { id } of rows) await db.run(`update staff set status = 'active' where id = '${id}'`);

  const [account] = await world
    .ctx()
    .db.all<{ id: string }>(`select account_id as id from "case" where id = '${caseId}'`);
  const setDraft = (id: string) =>
    world
      .ctx()
      .db.run(`update "case" set account_id = '${id}', status = 'draft' where id = '${other}'`);
  const reopening = { ...it, reason: 'wrong_decision' };
  await setDraft(account?.id ?? '');
  refused(await senior.call('desk.reopen', reopening), 'review.open');
  await setDraft('nobody');
  world.advance(10 * 60_000);
  refused(await senior.call('desk.reopen', reopening), 'staff.proof_required');
  refused(await senior.call('desk.assign', disputed), 'staff.proof_required');
  await signInStaff(senior, world, 'senior');
  await refusedWithoutNumber(senior, 'desk.reopen', reopening);
  succeeded(await senior.callWhile('desk.reopen', reopening, bump, 2));
}
