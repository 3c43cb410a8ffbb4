import { isWindowOpen } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { hasLiveConsent } from '../account/live-consent.ts';
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
  const { id } = signedIn.account;
  const [[row], answers, [consent]] = await ctx.db.batch([
    ...checkQueries(ctx, id),
    ctx.db
      .select({ isGiven: hasLiveConsent(ctx, id, 'own_photo').mapWith(Boolean) })
      .from(sql`(select 1)`),
  ]);
  const checks = await checksIn(ctx, signedIn, row);
  const answered = await Promise.all(
    answers.map(async ({ answer, dispute, hasConsent }) => ({
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
        /** Without a consent that it rests on it is paused, and ends then. */
        pausedUntilMs: hasConsent ? null : dispute.expiresAtMs,
      },
    })),
  );
  const shown = new Set(checks.map(({ recordId }) => recordId));
  return {
    /** X-06a: whether the person consents to hand in a photo of their own. */
    takesOwnPhoto: consent?.isGiven ?? false,
    /** Disputes that are open although their record is not shown, as after a consent was withdrawn. */
    elsewhere: answered.filter(
      ({ recordId, isFinal, dispute }) => isFinal && dispute !== null && !shown.has(recordId),
    ),
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
