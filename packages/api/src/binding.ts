import { ConfirmVouchInput, VouchInput, VouchRequestInput } from '@shiming/domain';
import { confirmVouch, declineVouch, takeBackVouch } from '@shiming/services/binding/answer';
import { askClassmate, withdrawVouch } from '@shiming/services/binding/ask';
import { currentBinding } from '@shiming/services/binding/current';
import { viewInbox } from '@shiming/services/binding/inbox';
import { router, signedInProcedure } from './trpc.ts';

const answering = {
  at: 'vouching',
  roundTrips: 3,
  errors: ['session.required', 'request.not_found', 'vouch.over'],
} as const;

/** S-BND, S-DUP-05: what binds real-name information, and the inbox of those who help a classmate. */
export const bindingRouter = router({
  current: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required'],
    })
    .query(({ ctx }) => currentBinding(ctx.ctx, ctx.signedIn)),
  ask: signedInProcedure
    .meta({
      at: 'vouching',
      roundTrips: 5,
      errors: [
        'session.required',
        'request.not_found',
        'consent.required',
        'vouch.needs_record',
        'vouch.waiting',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(VouchRequestInput)
    .mutation(({ ctx, input }) => askClassmate(ctx.ctx, ctx.signedIn, input)),
  withdraw: signedInProcedure
    .meta({ at: 'vouching', roundTrips: 2, errors: ['session.required', 'vouch.over'] })
    .input(VouchInput)
    .mutation(({ ctx, input }) => withdrawVouch(ctx.ctx, ctx.signedIn, input)),
  inbox: signedInProcedure
    .meta({
      at: 'vouching',
      roundTrips: 3,
      errors: ['session.required', 'request.not_found'],
    })
    .query(({ ctx }) => viewInbox(ctx.ctx, ctx.signedIn)),
  confirm: signedInProcedure
    .meta({
      at: 'vouching',
      roundTrips: 5,
      errors: [
        'session.required',
        'proof.required',
        'request.not_found',
        'vouch.over',
        'vouch.not_entitled',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(ConfirmVouchInput)
    .mutation(({ ctx, input }) => confirmVouch(ctx.ctx, ctx.signedIn, input)),
  decline: signedInProcedure
    .meta(answering)
    .input(VouchInput)
    .mutation(({ ctx, input }) => declineVouch(ctx.ctx, ctx.signedIn, input)),
  takeBack: signedInProcedure
    .meta(answering)
    .input(VouchInput)
    .mutation(({ ctx, input }) => takeBackVouch(ctx.ctx, ctx.signedIn, input)),
});
