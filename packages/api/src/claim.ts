import { objectToClaim } from '@shiming/services/claim/object';
import { withdrawNumberClaim } from '@shiming/services/claim/submit';
import { viewNumberClaims } from '@shiming/services/claim/view';
import { router, signedInProcedure } from './trpc.ts';

/** Claims on a document number that another account has (T-REG-16a, S-DUP). */
export const claimRouter = router({
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewNumberClaims(ctx.ctx, ctx.signedIn)),
  object: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'number_claim.none', 'request.stale'],
    })
    .mutation(({ ctx }) => objectToClaim(ctx.ctx, ctx.signedIn)),
  withdraw: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'number_claim.none', 'request.stale'],
    })
    .mutation(({ ctx }) => withdrawNumberClaim(ctx.ctx, ctx.signedIn)),
});
