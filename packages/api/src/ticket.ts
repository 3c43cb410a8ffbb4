import {
  AnswerTicketInput,
  BeginTicketInput,
  ProveTicketInput,
  TicketKeyInput,
} from '@shiming/domain';
import { authenticate } from '@shiming/services/session/session';
import { beginTicket } from '@shiming/services/ticket/begin';
import { answerTicket, proveTicket, submitTicket } from '@shiming/services/ticket/submit';
import { viewTicket, withdrawTicket } from '@shiming/services/ticket/view';
import { publicProcedure, router } from './trpc.ts';

/** The asking side of a ticket, with and without an account. Its code is a secret, so that nothing is a query. */
export const ticketRouter = router({
  begin: publicProcedure
    .meta({
      roundTrips: 2,
      errors: ['puzzle.ticket_refused', 'puzzle.work_required', 'request.too_many'],
    })
    .input(BeginTicketInput)
    .mutation(async ({ ctx, input }) =>
      beginTicket(ctx.ctx, await authenticate(ctx.ctx, ctx.cookies.read('session')), input),
    ),
  submit: publicProcedure
    .meta({
      roundTrips: 3,
      errors: ['request.not_found', 'request.stale', 'organisation.letter_required'],
    })
    .input(TicketKeyInput)
    .mutation(({ ctx, input }) => submitTicket(ctx.ctx, input)),
  view: publicProcedure
    .meta({ roundTrips: 1, errors: ['request.not_found'] })
    .input(TicketKeyInput)
    .mutation(({ ctx, input }) => viewTicket(ctx.ctx, input)),
  answer: publicProcedure
    .meta({ roundTrips: 2, errors: ['request.not_found', 'request.stale'] })
    .input(AnswerTicketInput)
    .mutation(({ ctx, input }) => answerTicket(ctx.ctx, input)),
  withdraw: publicProcedure
    .meta({ roundTrips: 2, errors: ['request.not_found', 'request.stale'] })
    .input(TicketKeyInput)
    .mutation(({ ctx, input }) => withdrawTicket(ctx.ctx, input)),
  prove: publicProcedure
    .meta({ roundTrips: 2, errors: ['link.expired', 'link.used', 'request.stale'] })
    .input(ProveTicketInput)
    .mutation(({ ctx, input }) => proveTicket(ctx.ctx, input)),
});
