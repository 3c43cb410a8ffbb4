import { commit } from '@shiming/db';
import { parseReviewAnswers, type ReviewAnswers } from '@shiming/domain';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { openIdentity } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { changeEditable, editableReview } from './draft.ts';
import { returnedOf } from './load.ts';
import { openAnswers, sealedAnswers } from './answers.ts';

/**
 * T-REV-01: keeps name, validity and reason, and how the person wants to be told. Of a request that was sent back,
 * name and validity change only where they were asked for.
 *
 * @throws AppError input.invalid, review.open, request.stale
 */
export async function saveReviewAnswers(
  ctx: Ctx,
  signedIn: SignedIn,
  input: ReviewAnswers,
): Promise<void> {
  const identity = await openIdentity(ctx, signedIn.account);
  const parsed = accepted(parseReviewAnswers(input, identity, today(ctx)));
  const { statement, channel } = parsed;
  const review = await editableReview(ctx, signedIn);
  const returned = returnedOf(review);
  if (returned !== null) {
    const before = await openAnswers(ctx, review.row);
    const fixed = (['name', 'validity'] as const).filter((item) => !returned.includes(item));
    const isKept = fixed.every(
      (item) => JSON.stringify(statement[item]) === JSON.stringify(before?.[item]),
    );
    refuseUnless(isKept, { code: 'review.open' });
  }
  const answers = await sealedAnswers(ctx, review.row.id, statement);
  await commit(ctx.db, [...changeEditable(ctx, review.row, { ...answers, channel })]);
}
