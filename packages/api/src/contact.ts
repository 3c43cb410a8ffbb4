import {
  BeginContactChangeInput,
  ConfirmContactChangeInput,
  MailProofInput,
  UndoContactChangeInput,
} from '@shiming/domain';
import { beginContactChange } from '@shiming/services/contact/begin';
import { cancelContactChange } from '@shiming/services/contact/cancel';
import { confirmContactChange } from '@shiming/services/contact/confirm';
import { currentContact } from '@shiming/services/contact/current';
import {
  disownMail,
  openMailProof,
  proveMail,
  sendMailProof,
} from '@shiming/services/contact/prove-mail';
import { openUndo, undoContactChange } from '@shiming/services/contact/undo';
import { publicProcedure, router, signedInProcedure } from './trpc.ts';

export const contactRouter = router({
  current: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required'],
    })
    .query(({ ctx }) => currentContact(ctx.ctx, ctx.signedIn)),
  begin: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'proof.required',
        'puzzle.ticket_refused',
        'code.too_soon',
        'code.day_limit',
        'request.too_many',
      ],
    })
    .input(BeginContactChangeInput)
    .mutation(({ ctx, input }) => beginContactChange(ctx.ctx, ctx.signedIn, input)),
  confirm: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'session.required',
        'contact.bound_elsewhere',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
        'request.stale',
      ],
    })
    .input(ConfirmContactChangeInput)
    .mutation(({ ctx, input }) => confirmContactChange(ctx.ctx, ctx.signedIn, input)),
  cancel: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .mutation(({ ctx }) => cancelContactChange(ctx.ctx, ctx.signedIn)),
  sendMailProof: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'code.too_soon',
        'code.day_limit',
        'request.stale',
        'request.too_many',
      ],
    })
    .mutation(({ ctx }) => sendMailProof(ctx.ctx, ctx.signedIn)),
  /** A mutation, though it changes nothing: the secret must not stand in an address. */
  openMailProof: publicProcedure
    .meta({ roundTrips: 1, errors: ['link.used', 'link.expired'] })
    .input(MailProofInput)
    .mutation(({ ctx, input }) => openMailProof(ctx.ctx, input)),
  proveMail: publicProcedure
    .meta({ roundTrips: 2, errors: ['link.used', 'link.expired', 'request.stale'] })
    .input(MailProofInput)
    .mutation(({ ctx, input }) => proveMail(ctx.ctx, input)),
  disownMail: publicProcedure
    .meta({
      roundTrips: 3,
      errors: ['link.used', 'link.expired', 'request.stale'],
    })
    .input(MailProofInput)
    .mutation(({ ctx, input }) => disownMail(ctx.ctx, input)),
  /** A mutation, though it changes nothing but a count: the secret must not stand in an address. */
  openUndo: publicProcedure
    .meta({ roundTrips: 2, errors: ['link.used', 'link.expired', 'request.too_many'] })
    .input(UndoContactChangeInput)
    .mutation(({ ctx, input }) => openUndo(ctx.ctx, input)),
  undo: publicProcedure
    .meta({
      roundTrips: 2,
      errors: ['link.used', 'link.expired', 'request.stale', 'request.too_many'],
    })
    .input(UndoContactChangeInput)
    .mutation(async ({ ctx, input }) => {
      await undoContactChange(ctx.ctx, input);
      ctx.cookies.clear('session');
      ctx.cookies.clear('recovery');
    }),
});
