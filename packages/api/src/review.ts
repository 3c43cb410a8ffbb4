import { HandOffPhotoInput, RemoveReviewPhotoInput, SaveReviewAnswersInput } from '@shiming/domain';
import { correctReview } from '@shiming/services/review/correct';
import { currentReview } from '@shiming/services/review/current';
import { handOffPhoto } from '@shiming/services/review/hand-off';
import { removePhoto } from '@shiming/services/review/remove-photo';
import { saveReviewAnswers } from '@shiming/services/review/save-answers';
import { submitReview } from '@shiming/services/review/submit';
import { withdrawReview } from '@shiming/services/review/withdraw';
import { router, signedInProcedure } from './trpc.ts';

/** The applicant's side of a manual review. Photos are no JSON and go their own way: see photos.ts. */
export const reviewRouter = router({
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => currentReview(ctx.ctx, ctx.signedIn)),
  saveAnswers: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'review.open', 'request.stale'],
    })
    .input(SaveReviewAnswersInput)
    .mutation(({ ctx, input }) => saveReviewAnswers(ctx.ctx, ctx.signedIn, input)),
  removePhoto: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'review.open', 'request.stale'],
    })
    .input(RemoveReviewPhotoInput)
    .mutation(({ ctx, input }) => removePhoto(ctx.ctx, ctx.signedIn, input)),
  handOffPhoto: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: ['session.required', 'review.open', 'request.too_many'],
    })
    .input(HandOffPhotoInput)
    .mutation(({ ctx, input }) => handOffPhoto(ctx.ctx, ctx.signedIn, input)),
  submit: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'session.required',
        'profile.incomplete',
        'consent.required',
        'verification.in_progress',
        'review.not_offered',
        'review.open',
        'review.incomplete',
        'review.period_limit',
        'request.stale',
      ],
    })
    .mutation(({ ctx }) => submitReview(ctx.ctx, ctx.signedIn)),
  withdraw: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'request.not_found', 'review.opened', 'request.stale'],
    })
    .mutation(({ ctx }) => withdrawReview(ctx.ctx, ctx.signedIn)),
  correct: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'request.not_found', 'review.open'],
    })
    .mutation(({ ctx }) => correctReview(ctx.ctx, ctx.signedIn)),
});
