import { isWindowOpen } from '@shiming/domain';
import { type Ctx, today } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { checkQueries, checksIn, openRecordId } from './load.ts';
import { openDispute } from './state.ts';

/**
 * S-REC-02: the photo checks of a person, each with both photos, its window and what was answered; `null` where the portal
 * has none. What the authority answers otherwise is said by `records.refresh` and kept with the record.
 */
export async function viewPhotoChecks(ctx: Ctx, signedIn: SignedIn) {
  if (ctx.records === null || !ctx.portal.records?.photoCheck) return null;
  const [[row], answers] = await ctx.db.batch(checkQueries(ctx, signedIn.account.id));
  const checks = await checksIn(ctx, signedIn, row);
  const answered = await Promise.all(
    answers.map(async ({ answer, dispute }) => ({
      recordId: await openRecordId(ctx, answer),
      answer: answer.answer,
      stars: answer.stars,
      answeredAtMs: answer.answeredAtMs,
      isFinal: answer.reopenedAtMs === null,
      dispute: dispute && {
        caseNumber: dispute.caseNumber ?? '',
        status: dispute.status === 'deciding' ? ('waiting' as const) : dispute.status,
        dueAtMs: dispute.dueAtMs,
        said: (await openDispute(ctx, dispute)).statement,
        report: answer.reportStatus,
      },
    })),
  );
  return {
    outcome: row?.outcome ?? null,
    answeredAtMs: row?.answeredAtMs ?? null,
    checks: checks.map((check) => ({
      ...check,
      isOpen: isWindowOpen(check, today(ctx)),
      /** The newest answer first; one that is not final any longer shows what came of a dispute. */
      answers: answered.filter(({ recordId }) => recordId === check.recordId),
    })),
  };
}
