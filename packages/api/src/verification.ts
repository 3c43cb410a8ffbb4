import { VerifyInput } from '@shiming/domain';
import { viewLevels } from '@shiming/services/verification/levels';
import { verify } from '@shiming/services/verification/verify';
import { viewVerification } from '@shiming/services/verification/view';
import { cookieSeconds, router, signedInProcedure } from './trpc.ts';

export const verificationRouter = router({
  view: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewVerification(ctx.ctx, ctx.signedIn)),
  levels: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewLevels(ctx.ctx, ctx.signedIn)),
  verify: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'profile.incomplete',
        'verification.no_authority',
        'verification.permit_taken',
        'consent.required',
        'review.open',
        'verification.in_progress',
        'verification.day_limit',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(VerifyInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, ...result } = await verify(ctx.ctx, ctx.signedIn, input);
      if (sessionToken !== null) ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      return result;
    }),
});
