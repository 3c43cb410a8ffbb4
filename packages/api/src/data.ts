import {
  GiveConsentInput,
  StopCancellationByLinkInput,
  WithdrawConsentInput,
} from '@shiming/domain';
import {
  requestCancellation,
  stopCancellation,
  stopCancellationByLink,
} from '@shiming/services/data/cancellation';
import { closeAtOnce } from '@shiming/services/data/close-at-once';
import { giveConsent, withdrawConsent } from '@shiming/services/data/consents';
import { exportData } from '@shiming/services/data/export';
import { viewData } from '@shiming/services/data/view';
import { publicProcedure, router, signedInProcedure } from './trpc.ts';

/** 我的数据: what is held about the person, and what the person may do about it. */
export const dataRouter = router({
  view: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewData(ctx.ctx, ctx.signedIn)),
  /** A mutation, because that it was taken is recorded. Answers the shape of `AccountExport`. */
  export: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'proof.required', 'request.too_many'],
    })
    .mutation(({ ctx }) => exportData(ctx.ctx, ctx.signedIn)),
  withdrawConsent: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'request.not_found', 'request.stale'] })
    .input(WithdrawConsentInput)
    .mutation(({ ctx, input }) => withdrawConsent(ctx.ctx, ctx.signedIn, input)),
  giveConsent: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'session.required',
        'request.not_found',
        'guardian.required',
        'guardian.code_refused',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(GiveConsentInput)
    .mutation(({ ctx, input }) => giveConsent(ctx.ctx, ctx.signedIn, input)),
  requestCancellation: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'proof.required', 'account.closing', 'request.too_many'],
    })
    .mutation(({ ctx }) => requestCancellation(ctx.ctx, ctx.signedIn)),
  closeAtOnce: signedInProcedure
    .meta({
      roundTrips: 2,
      errors: [
        'session.required',
        'proof.required',
        'account.was_verified',
        'review.open',
        'request.stale',
      ],
    })
    .mutation(async ({ ctx }) => {
      await closeAtOnce(ctx.ctx, ctx.signedIn);
      ctx.cookies.clear('session');
    }),
  stopCancellation: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'request.stale'] })
    .mutation(({ ctx }) => stopCancellation(ctx.ctx, ctx.signedIn)),
  stopCancellationByLink: publicProcedure
    .meta({ roundTrips: 2, errors: ['link.used', 'link.expired'] })
    .input(StopCancellationByLinkInput)
    .mutation(({ ctx, input }) => stopCancellationByLink(ctx.ctx, input)),
});
