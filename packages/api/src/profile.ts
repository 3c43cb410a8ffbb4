import { SaveProfileInput } from '@shiming/domain';
import { saveProfile } from '@shiming/services/profile/save';
import { revealProfile, viewProfile } from '@shiming/services/profile/view';
import { router, signedInProcedure } from './trpc.ts';

export const profileRouter = router({
  view: signedInProcedure
    .meta({ roundTrips: 1, errors: ['session.required'] })
    .query(({ ctx }) => viewProfile(ctx.ctx, ctx.signedIn)),
  reveal: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'proof.required'] })
    .mutation(({ ctx }) => revealProfile(ctx.ctx, ctx.signedIn)),
  save: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'proof.required',
        'guardian.required',
        'guardian.code_refused',
        'profile.fixed_after_verification',
        'review.open',
        'request.stale',
      ],
    })
    .input(SaveProfileInput)
    .mutation(({ ctx, input }) => saveProfile(ctx.ctx, ctx.signedIn, input)),
});
