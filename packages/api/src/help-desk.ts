import {
  type AppErrorCode,
  AccountInput,
  CaseInput,
  CorrectionInput,
  DecideTicketInput,
  FindAccountInput,
  FollowedKindInput,
  RequestCorrectionInput,
  RevealItemInput,
  TicketCaseInput,
} from '@shiming/domain';
import { viewQueue } from '@shiming/services/desk/queue';
import { takeNext } from '@shiming/services/desk/take-next';
import { listCorrections } from '@shiming/services/help-desk/corrections';
import {
  approveCorrection,
  revealCorrection,
  refuseCorrection,
} from '@shiming/services/help-desk/decide';
import { findAccount } from '@shiming/services/help-desk/find';
import { requestCorrection } from '@shiming/services/help-desk/request';
import { revealAccountItem } from '@shiming/services/help-desk/reveal';
import { decideTicket, revealTicket, viewTicketCase } from '@shiming/services/help-desk/ticket';
import { viewAccount } from '@shiming/services/help-desk/view';
import { router, staffProcedure } from './trpc.ts';

const door = ['staff.session_required', 'staff.forbidden'] as const;
const whose = ['request.not_found', 'help_desk.own_account'] as const;
const second = [...door, ...whose, 'help_desk.same_person', 'help_desk.change_closed'] as const;

const sight: readonly AppErrorCode[] = [
  ...door,
  'request.not_found',
  'desk.own_case',
  'desk.held',
  'desk.not_holder',
  'desk.closed',
];

/** T-CON-08. Looks are mutations, because they are recorded, and because a number must not stand in an address. */
export const helpDeskRouter = router({
  find: staffProcedure('help_desk.change')
    .meta({ roundTrips: 3, errors: door })
    .input(FindAccountInput)
    .mutation(({ ctx, input }) => findAccount(ctx.ctx, ctx.staff, input)),
  account: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: [...door, ...whose] })
    .input(AccountInput)
    .mutation(({ ctx, input }) => viewAccount(ctx.ctx, ctx.staff, input)),
  reveal: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 3,
      errors: [...door, ...whose],
    })
    .input(RevealItemInput)
    .mutation(({ ctx, input }) => revealAccountItem(ctx.ctx, ctx.staff, input)),
  requestCorrection: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 3,
      errors: [
        ...door,
        ...whose,
        'staff.proof_required',
        'staff.number_required',
        'help_desk.change_waiting',
        'review.open',
        'request.stale',
      ],
    })
    .input(RequestCorrectionInput)
    .mutation(({ ctx, input }) => requestCorrection(ctx.ctx, ctx.staff, input)),
  tickets: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: door })
    .input(FollowedKindInput)
    .query(({ ctx, input }) => viewQueue(ctx.ctx, ctx.staff, input)),
  takeNextTicket: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: [...door, 'staff.number_required', 'desk.too_many'] })
    .input(FollowedKindInput)
    .mutation(({ ctx, input }) => takeNext(ctx.ctx, ctx.staff, input)),
  ticket: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 5,
      errors: sight,
    })
    .input(TicketCaseInput)
    .mutation(({ ctx, input }) => viewTicketCase(ctx.ctx, ctx.staff, input)),
  revealTicket: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 3,
      errors: sight,
    })
    .input(CaseInput)
    .mutation(({ ctx, input }) => revealTicket(ctx.ctx, ctx.staff, input)),
  decideTicket: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 5,
      errors: [
        ...door,
        'request.not_found',
        'staff.number_required',
        'staff.proof_required',
        'contact.not_proved',
        'desk.own_case',
        'desk.not_holder',
        'desk.look_required',
        'desk.closed',
        'request.stale',
      ],
    })
    .input(DecideTicketInput)
    .mutation(({ ctx, input }) => decideTicket(ctx.ctx, ctx.staff, input)),
  corrections: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => listCorrections(ctx.ctx, ctx.staff)),
  revealCorrection: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 3,
      errors: second,
    })
    .input(CorrectionInput)
    .mutation(({ ctx, input }) => revealCorrection(ctx.ctx, ctx.staff, input)),
  approve: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 4,
      errors: [
        ...second,
        'staff.proof_required',
        'staff.number_required',
        'request.stale',
        'account.number_taken',
      ],
    })
    .input(CorrectionInput)
    .mutation(({ ctx, input }) => approveCorrection(ctx.ctx, ctx.staff, input)),
  refuse: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 3,
      errors: [...second, 'staff.number_required'],
    })
    .input(CorrectionInput)
    .mutation(({ ctx, input }) => refuseCorrection(ctx.ctx, ctx.staff, input)),
});
