import {
  GiveGuardianConsentInput,
  RefuseGuardianConsentInput,
  WithdrawGuardianConsentInput,
} from '@shiming/domain';
import { currentGuardian } from '@shiming/services/guardian/current';
import { withdrawGuardianConsent } from '@shiming/services/guardian/end';
import { giveGuardianConsent, refuseGuardianConsent } from '@shiming/services/guardian/give';
import { router, signedInProcedure } from './trpc.ts';

const deciding = {
  roundTrips: 3,
  errors: ['session.required', 'proof.required', 'guardian.not_entitled', 'request.too_many'],
} as const;

/** A guardian's consent for a child under 14 (X-06, PIPL 31). */
export const guardianRouter = router({
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => currentGuardian(ctx.ctx, ctx.signedIn)),
  give: signedInProcedure
    .meta(deciding)
    .input(GiveGuardianConsentInput)
    .mutation(({ ctx, input }) => giveGuardianConsent(ctx.ctx, ctx.signedIn, input)),
  refuse: signedInProcedure
    .meta(deciding)
    .input(RefuseGuardianConsentInput)
    .mutation(({ ctx, input }) => refuseGuardianConsent(ctx.ctx, ctx.signedIn, input)),
  withdraw: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'request.stale'],
    })
    .input(WithdrawGuardianConsentInput)
    .mutation(({ ctx, input }) => withdrawGuardianConsent(ctx.ctx, ctx.signedIn, input)),
});
