import { GiveIdentityInput } from '@shiming/domain';
import { giveIdentity } from '@shiming/services/identity/give';
import { router, signedInProcedure } from './trpc.ts';

export const identityRouter = router({
  give: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'session.required',
        'guardian.required',
        'guardian.code_refused',
        'registration.number_taken',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(GiveIdentityInput)
    .mutation(({ ctx, input }) => giveIdentity(ctx.ctx, ctx.signedIn, input)),
});
