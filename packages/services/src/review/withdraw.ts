import { commit } from '@shiming/db';
import { AppError, caseAfter } from '@shiming/domain';
import { release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { activeOf, consentQuery, openReviews, reviewQueries } from './load.ts';
import { keepPhotos } from './photo-store.ts';
import { isOverdue, moveCase, stateOf } from '../cases/state.ts';

/**
 * T-REV-04: takes a request back while nobody has opened it, or once it is overdue; the attempt is given back. What was
 * sent back, or stopped because the consent was withdrawn, can be given up too, and has cost its attempt.
 *
 * @throws AppError request.not_found, review.opened, request.stale
 */
export async function withdrawReview(ctx: Ctx, { account }: SignedIn): Promise<void> {
  const [[consent], ...found] = await ctx.db.batch([
    consentQuery(ctx, account.id),
    ...reviewQueries(ctx, account.id),
  ]);
  const hasConsent = consent?.isLive ?? false;
  const review = activeOf(await openReviews(ctx, found));
  refuseUnless(review !== null && review.row.status !== 'draft', { code: 'request.not_found' });
  const { row } = review;
  const state = caseAfter(stateOf(row), { type: 'withdraw', hasConsent, atMs: ctx.now() });
  if (typeof state === 'string') throw new AppError({ code: 'review.opened' });
  const isFree = row.openedAtMs === null || isOverdue(row, ctx.now());
  const attemptId = isFree ? row.attemptId : null;
  await commit(ctx.db, [
    ...moveCase(ctx, row, state),
    ...(attemptId === null ? [] : [release(ctx.db, attemptId, 'withdrawn')]),
    keepPhotos(ctx, row),
    record(ctx, 'review.withdrawn', account.id, { case: row.id, isFree: attemptId !== null }),
  ]);
}
