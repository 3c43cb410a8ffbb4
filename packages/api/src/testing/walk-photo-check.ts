import { type AppErrorCode, caseRule } from '@shiming/domain';
import { saveProfile } from '@shiming/services/profile/save';
import { runJobs } from '@shiming/services/run-jobs';
import { testPassword, type TestWorld } from '@shiming/services/testing';
import { attestFor } from '@shiming/services/testing/attestations';
import {
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  signInAs,
} from '@shiming/services/testing/people';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

const recordId = 'XJ-99901-20243001';
const day = 24 * 3_600_000;

/**
 * A photo check from its page to the school's answer, happy and refused: a student, who has an account already, and
 * two of the school.
 */
export async function walkPhotoCheck(
  world: TestWorld,
  [student, clerk, colleague]: readonly [TestBrowser, TestBrowser, TestBrowser],
  useUp: (kind: string, times: number) => Promise<void>,
  giveBack: (kind: string) => Promise<void>,
): Promise<void> {
  const citizen = citizenNamed('古丽·买买提');
  // The window of the sandbox's photo checks may have closed meanwhile.
  world.advance(Math.min(0, Date.UTC(2027, 1, 1) - world.nowMs()));
  const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  await saveProfile(ctx, signedIn, profileAnswersOf(citizen));
  await attestFor(world, signedIn.account.id);
  student.cookies.set('session', (await applicantOf(world, sessionToken)).sessionToken);
  const { call, callWhile } = student;
  const run = (sql: string) => world.ctx().db.run(sql);
  const consent = (kind: string) => call('data.giveConsent', { kind, hasAgreed: true });
  const it = { recordId };
  const wrong = { reason: 'field_wrong', field: 'name', value: '古丽', note: '', photo: null };
  const dispute = { ...it, ...wrong };
  const answering = [
    ['photoCheck.confirm', it],
    ['photoCheck.dispute', dispute],
  ] as const;

  succeeded(await call('photoCheck.view'));
  for (const [path, input] of answering) refused(await call(path, input), 'request.not_found');
  succeeded(await consent('document_number'));
  succeeded(await consent('records'));
  succeeded(await call('records.refresh', { kind: 'photo_check' }));
  succeeded(await call('photoCheck.view'));
  const bound = { enrolmentId: recordId, qualificationIds: ['XL-99901-2017-0127'] };
  refused(await call('records.bind', bound), 'request.not_found');
  succeeded(await call('records.refresh', { kind: 'enrolment' }));
  succeeded(await call('records.refresh', { kind: 'qualification' }));
  const changed = () => run('update record set answered_at_ms = answered_at_ms + 1');
  const withdrawn = () => run("update consent set withdrawn_at_ms = 1 where kind = 'records'");
  for (const [path, input] of answering) {
    refused(await callWhile(path, input, changed, 2), 'request.stale');
    refused(await callWhile(path, input, withdrawn, 2), 'consent.required');
    await run("update consent set withdrawn_at_ms = null where kind = 'records'");
  }
  refused(await callWhile('records.bind', bound, changed), 'request.stale');
  refused(await callWhile('records.bind', bound, withdrawn), 'consent.required');
  await run("update consent set withdrawn_at_ms = null where kind = 'records'");
  succeeded(await call('records.bind', bound));
  refused(await call('photoCheck.dispute', { ...dispute, photo: 'x' }), 'photo.refused');
  refused(await call('photoCheck.rate', { ...it, stars: 5 }), 'request.stale');
  const { caseNumber } = succeeded(await call('photoCheck.dispute', dispute)) as {
    caseNumber: string;
  };
  for (const [path, input] of answering) refused(await call(path, input), 'photo_check.answered');
  const back = { caseNumber };
  refused(await call('photoCheck.withdraw', { caseNumber: '0' }), 'request.not_found');
  const bump = () =>
    run(`update "case" set version = version + 1 where case_number = '${caseNumber}'`);
  refused(await callWhile('photoCheck.withdraw', back, bump), 'request.stale');
  succeeded(await call('photoCheck.withdraw', back));
  await useUp('photo_check', 10);
  refused(await call('photoCheck.dispute', dispute), 'request.too_many');
  await giveBack('photo_check');
  succeeded(await call('photoCheck.dispute', dispute));
  const [found] = await world
    .ctx()
    .db.all<{ id: string }>(
      `select id from "case" where kind = 'record_dispute' and status = 'waiting'`,
    );
  const of = { caseId: found?.id ?? '' };

  const scope = '99901';
  const decision = { ...of, version: 1, outcome: 'approve', text: '已经更正。' };
  const sighted = [
    ['dispute.view', of],
    ['dispute.reveal', of],
  ] as const;
  const acts = [
    ['dispute.take', of],
    ['dispute.decide', decision],
    ['dispute.undo', of],
  ] as const;
  await signInStaff(colleague, world, 'school', { scope, number: citizen.number });
  for (const [path, input] of [...sighted, ...acts]) {
    refused(await colleague.call(path, { ...input, caseId: 'none' }), 'request.not_found');
    refused(await colleague.call(path, input), 'desk.own_case');
  }
  await signInStaff(clerk, world, 'reviewer');
  const others = [
    ...['queue', 'statistics', 'heartbeat', 'release'].map(
      (name) => [`dispute.${name}`, of] as const,
    ),
    ['dispute.search', { search: 'x' }],
    ['dispute.findConfirmed', { search: 'x' }],
    ['dispute.reopen', { answerId: 'x' }],
  ] as const;
  for (const [path, input] of [...others, ...sighted, ...acts]) {
    refused(await clerk.call(path, input), 'staff.forbidden');
  }
  const given = { ...of, scope };
  for (const [path, input] of [
    ['dispute.unclaimed', undefined],
    ['dispute.assign', given],
  ] as const) {
    refused(await clerk.call(path, input), 'staff.forbidden');
  }
  // Its school has no staff but its student.
  await signInStaff(clerk, world, 'administrator');
  succeeded(await clerk.call('dispute.unclaimed'));
  refused(await clerk.call('dispute.assign', { ...given, caseId: 'none' }), 'request.not_found');
  refused(await clerk.call('dispute.assign', { ...given, scope: '99902' }), 'desk.cannot_assign');
  refused(await callWithoutNumber(clerk, world, 'dispute.assign', given), 'staff.number_required');
  const moveIt = () => run(`update "case" set version = version + 1 where id = '${of.caseId}'`);
  refused(await clerk.callWhile('dispute.assign', given, moveIt), 'request.stale');
  await run(`update "case" set scope = '99909' where id = '${of.caseId}'`);
  await signInStaff(colleague, world, 'school', { scope });
  succeeded(await clerk.call('dispute.assign', given));
  refused(await clerk.call('dispute.assign', given), 'desk.not_stuck');
  await run('update staff_session set proved_at_ms = 1');
  refused(await clerk.call('dispute.assign', given), 'staff.proof_required');
  await signInStaff(clerk, world, 'school', { scope });
  await signInStaff(colleague, world, 'school', { scope });
  succeeded(await clerk.call('dispute.queue'));
  succeeded(await clerk.call('dispute.search', { search: citizen.name }));
  succeeded(await clerk.call('dispute.statistics'));
  for (const path of ['dispute.heartbeat', 'dispute.release']) {
    refused(await clerk.call(path, of), 'desk.not_holder');
  }
  refused(await callWithoutNumber(clerk, world, 'dispute.take', of), 'staff.number_required');
  const held = (id: string) =>
    `insert into "case" (id, kind, portal, status, stage, channel, flags, created_at_ms, key_id, holder_id, lease_ends_at_ms, taken_at_ms, scope) select 'held' || value, 'record_dispute', 'student', 'waiting', 'first', 'inbox', '[]', 1, 'v1', (select holder_id from "case" where id = '${id}'), ${world.nowMs() + caseRule.leaseMs}, 1, '${scope}' from json_each('[1,2,3]')`;
  succeeded(await clerk.call('dispute.take', of));
  await run(held(of.caseId));
  succeeded(await clerk.call('dispute.release', of));
  refused(await clerk.call('dispute.take', of), 'desk.too_many');
  await run(`update "case" set lease_ends_at_ms = 0 where id like 'held%'`);
  for (const [path, input] of sighted) succeeded(await colleague.call(path, input));
  succeeded(await colleague.call('dispute.take', of));
  refused(await clerk.call('dispute.take', of), 'desk.held');
  succeeded(await colleague.call('dispute.heartbeat', of));
  succeeded(await colleague.call('dispute.release', of));
  const bumpIt = () => run(`update "case" set version = version + 1 where id = '${of.caseId}'`);
  const taken = succeeded(await clerk.callWhile('dispute.take', of, bumpIt, 2)) as {
    version: number;
  };
  const now = { ...decision, version: taken.version };
  refused(await colleague.call('dispute.decide', now), 'desk.not_holder');
  refused(await clerk.call('dispute.decide', now), 'desk.look_required');
  refused(await clerk.callWhile('dispute.decide', now, bumpIt, 2), 'request.stale');
  const later = { ...now, version: taken.version + 1 };
  succeeded(await clerk.call('dispute.reveal', of));
  const withoutConsent = async (path: string, input: object) => {
    await withdrawn();
    refused(await clerk.call(path, input), 'desk.consent_withdrawn');
    await run("update consent set withdrawn_at_ms = null where kind = 'records'");
  };
  for (const [path, input] of [...sighted, ...acts.slice(0, 2)]) await withoutConsent(path, input);
  refused(await callWithoutNumber(clerk, world, 'dispute.decide', later), 'staff.number_required');
  succeeded(await clerk.call('dispute.decide', later));
  refused(await callWithoutNumber(clerk, world, 'dispute.undo', of), 'staff.number_required');
  refused(await colleague.call('dispute.undo', of), 'desk.not_holder');
  await run(`update "case" set lease_ends_at_ms = ${world.nowMs() + 1_000} where id like 'held%'`);
  refused(await clerk.call('dispute.undo', of), 'desk.too_many');
  await run(`delete from "case" where id like 'held%'`);
  succeeded(await clerk.callWhile('dispute.undo', of, bumpIt, 2));
  succeeded(await clerk.call('dispute.reveal', of));
  const [row] = await world
    .ctx()
    .db.all<{ version: number }>(`select version from "case" where id = '${of.caseId}'`);
  succeeded(await clerk.call('dispute.decide', { ...decision, version: row?.version }));
  refused(await clerk.call('dispute.take', of), 'desk.closed');
  world.advance(caseRule.undoMs);
  await runJobs(world.ctx());
  for (const [path, input] of acts.slice(1)) refused(await clerk.call(path, input), 'desk.closed');
  succeeded(await call('photoCheck.confirm', it));
  succeeded(await call('photoCheck.rate', { ...it, stars: 5 }));
  succeeded(await clerk.call('dispute.findConfirmed', { search: citizen.number }));
  const [answer] = await world
    .ctx()
    .db.all<{ id: string }>('select id from photo_check where reopened_at_ms is null');
  const reopened = { answerId: answer?.id ?? '' };
  const [forbidden, none] = [{ answerId: 'none' }, 'request.not_found'] as const;
  refused(await clerk.call('dispute.reopen', forbidden), none);
  refused(
    await callWithoutNumber(clerk, world, 'dispute.reopen', reopened),
    'staff.number_required',
  );
  const opened = () => run('update photo_check set reopened_at_ms = 1');
  refused(await clerk.callWhile('dispute.reopen', reopened, opened), 'request.stale');
  await run(`update photo_check set reopened_at_ms = null where id = '${reopened.answerId}'`);
  succeeded(await clerk.call('dispute.reopen', reopened));
  await run('update staff_session set proved_at_ms = 1');
  refused(await clerk.call('dispute.reopen', reopened), 'staff.proof_required');
  await run('delete from photo_check');
  world.advance(200 * day);
  await run(
    'update session set created_at_ms = created_at_ms + 17280000000, last_seen_at_ms = last_seen_at_ms + 17280000000',
  );
  for (const [path, input] of answering) refused(await call(path, input), 'photo_check.closed');
}
