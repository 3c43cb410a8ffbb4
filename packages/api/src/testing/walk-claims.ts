import { type AppErrorCode, caseRule } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { submitNumberClaim } from '@shiming/services/claim/submit';
import { runJobs } from '@shiming/services/run-jobs';
import type { TestWorld } from '@shiming/services/testing';
import { claimantOf } from '@shiming/services/testing/claims';
import { citizenNamed, registerCompletely } from '@shiming/services/testing/people';
import { madeUpNumber } from '@shiming/services/testing/staff';
import type { TestBrowser } from './browser.ts';
import type { Answer } from './caller.ts';
import { succeeded } from './journey.ts';
import { callWithoutNumber, signInStaff } from './staff.ts';

function refused(answer: Answer, code: AppErrorCode): void {
  if (answer.app?.code !== code) {
    throw new Error(`not ${code}: ${JSON.stringify(answer.app ?? answer.data)}`);
  }
}

/** A claim on a number at the desk, happy and refused. */
export async function walkClaims(
  world: TestWorld,
  [anna, bo, senior]: readonly [TestBrowser, TestBrowser, TestBrowser],
): Promise<void> {
  const { db } = world.ctx();
  // Nobody else in the walk.
  const citizen = { ...citizenNamed('林知远'), number: madeUpNumber(), mobile: '19900000095' };
  await registerCompletely(world, citizen);
  world.advance(61_000);
  const { ctx, signedIn } = await claimantOf(world, citizen, '19900000096');
  const accountId = signedIn.account.id;
  await submitNumberClaim(ctx, signedIn, { file: jpegOf(), agrees: true });
  const [row] = await db.all<{ id: string }>(`select id from "case" where kind = 'number_claim'`);
  const caseId = row?.id ?? '';
  const it = { caseId };
  const said = { ...it, outcome: 'approve', text: '核对了照片和资料' };
  const bump = () => db.run(`update "case" set version = version + 1 where id = '${caseId}'`);
  await signInStaff(anna, world, 'reviewer');
  await signInStaff(bo, world, 'reviewer');
  await signInStaff(senior, world, 'senior', { number: citizen.number });
  const objected = (atMs: string) => db.run(`update number_claim set objected_at_ms = ${atMs}`);
  await objected('1');
  const looks = ['desk.claim', 'desk.revealClaim'] as const;
  const withCase: readonly [path: string, input: object][] = [
    ...looks.map((path) => [path, it] as [string, object]),
    ['desk.decideClaim', { ...said, version: 1 }],
  ];
  for (const [path, input] of withCase) {
    refused(await anna.call(path, { ...input, caseId: 'none' }), 'request.not_found');
    refused(await senior.call(path, input), 'desk.own_case');
    refused(await anna.call(path, input), 'desk.not_holder');
  }
  const withdrawn = (atMs: string) =>
    db.run(
      `update consent set withdrawn_at_ms = ${atMs} where kind = 'document_number' and account_id = '${accountId}'`,
    );
  await withdrawn('1');
  for (const [path, input] of withCase) {
    refused(await anna.call(path, input), 'desk.consent_withdrawn');
  }
  await withdrawn('null');
  succeeded(await bo.call('desk.take', it));
  for (const path of looks) refused(await anna.call(path, it), 'desk.held');
  succeeded(await bo.call('desk.release', it));
  const { version } = succeeded(await anna.call('desk.take', it)) as { version: number };
  succeeded(await anna.call('desk.claim', it));
  const decide = (input: object = {}) =>
    anna.call('desk.decideClaim', { ...said, version, ...input });
  await objected('null');
  refused(await decide(), 'number_claim.objection_open');
  await objected('1');
  refused(await decide(), 'desk.look_required');
  succeeded(await anna.call('desk.revealClaim', it));
  refused(
    await callWithoutNumber(anna, world, 'desk.decideClaim', { ...said, version }),
    'staff.number_required',
  );
  refused(await anna.callWhile('desk.decideClaim', { ...said, version }, bump), 'request.stale');
  succeeded(await decide({ version: version + 1, outcome: 'reject' }));
  world.advance(caseRule.undoMs);
  await runJobs(world.ctx());
  for (const [path, input] of withCase) refused(await anna.call(path, input), 'desk.closed');
  refused(await anna.call('desk.decideClaim', { ...said, version }), 'desk.closed');
}
