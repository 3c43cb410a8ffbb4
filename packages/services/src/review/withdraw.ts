import { commit } from '@shiming/db';
import { AppError, reviewAfter } from '@shiming/domain';
import { release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { activeOf, loadReviews } from './load.ts';
import { keepPhotos } from './photo-store.ts';
import { isOverdue, moveReview, stateOf } from './state.ts';

/**
 * T-REV-04: takes a request back while nobody has opened it, or once it is overdue; the attempt is given back. What was
 * sent back can be given up too, and has cost its attempt.
 *
 * @throws AppError request.not_found, review.opened, request.stale
 */
export async function withdrawReview(ctx: Ctx, { account }: SignedIn): Promise<void> {
  const review = activeOf(await loadReviews(ctx, account.id));
  refuseUnless(review !== null && review.row.status !== 'draft', { code: 'request.not_found' });
  const { row } = review;
  const state = reviewAfter(stateOf(row), { type: 'withdraw', atMs: ctx.now() });
  if (typeof state === 'string') throw new AppError({ code: 'review.opened' });
  const isFree = row.openedAtMs === null || isOverdue(row, ctx.now());
  const attemptId = isFree ? row.attemptId : null;
  await commit(ctx.db, [
    ...moveReview(ctx, row, state),
    ...(attemptId === null ? [] : [release(ctx.db, attemptId, 'withdrawn')]),
    keepPhotos(ctx, account.id),
    record(ctx, 'review.withdrawn', account.id, { review: row.id, isFree: attemptId !== null }),
  ]);
}
