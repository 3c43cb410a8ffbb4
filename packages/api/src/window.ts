import {
  DecideWindowTicketInput,
  OpenWindowTicketInput,
  RevokeWindowPassInput,
} from '@shiming/domain';
import { decideWindowTicket } from '@shiming/services/window/decide';
import { listWindowDecisions } from '@shiming/services/window/list';
import { openWindowTicket } from '@shiming/services/window/open';
import { revokeWindowPass } from '@shiming/services/window/revoke';
import { takeAccountTicket } from '@shiming/services/verification/take-ticket';
import { router, signedInProcedure, staffProcedure } from './trpc.ts';

/** Tickets for a registration window (E-WIN-01): the person's side, and the clerk's. */
export const windowRouter = router({
  take: signedInProcedure
    .meta({
      at: 'window',
      roundTrips: 4,
      errors: ['session.required', 'window.not_needed', 'consent.required', 'request.too_many'],
    })
    .mutation(({ ctx }) => takeAccountTicket(ctx.ctx, ctx.signedIn)),
  open: staffProcedure('window.decide')
    .meta({
      roundTrips: 4,
      errors: [
        'staff.session_required',
        'staff.forbidden',
        'window.ticket_over',
        'window.own_ticket',
        'request.too_many',
      ],
    })
    .input(OpenWindowTicketInput)
    .mutation(({ ctx, input }) => openWindowTicket(ctx.ctx, ctx.staff, input)),
  decide: staffProcedure('window.decide')
    .meta({
      roundTrips: 3,
      errors: [
        'staff.session_required',
        'staff.forbidden',
        'staff.number_required',
        'window.ticket_over',
        'window.own_ticket',
        'consent.required',
        'review.open',
        'request.stale',
      ],
    })
    .input(DecideWindowTicketInput)
    .mutation(({ ctx, input }) => decideWindowTicket(ctx.ctx, ctx.staff, input)),
  revoke: staffProcedure('window.revoke')
    .meta({
      roundTrips: 3,
      errors: [
        'staff.session_required',
        'staff.forbidden',
        'staff.proof_required',
        'staff.number_required',
        'window.ticket_over',
        'window.own_ticket',
        'window.second_person',
        'request.stale',
      ],
    })
    .input(RevokeWindowPassInput)
    .mutation(({ ctx, input }) => revokeWindowPass(ctx.ctx, ctx.staff, input)),
  list: staffProcedure('window.revoke')
    .meta({
      roundTrips: 3,
      errors: ['staff.session_required', 'staff.forbidden'],
    })
    .query(({ ctx }) => listWindowDecisions(ctx.ctx, ctx.staff)),
});
