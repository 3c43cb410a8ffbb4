import {
  AccountInput,
  ChangeInput,
  FindAccountInput,
  RequestChangeInput,
  RevealItemInput,
} from '@shiming/domain';
import {
  approveChange,
  findAccount,
  listChanges,
  openChangeRequest,
  refuseChange,
  requestChange,
  revealAccountItem,
  viewAccount,
} from '@shiming/services';
import { router, staffProcedure } from './trpc.ts';

const door = ['staff.session_required', 'staff.forbidden'] as const;
const whose = ['request.not_found', 'help_desk.own_account'] as const;
const second = [...door, ...whose, 'help_desk.same_person', 'help_desk.change_closed'] as const;

/** T-CON-08. Looks are mutations, because they are recorded, and because a number must not stand in an address. */
export const helpDeskRouter = router({
  find: staffProcedure('help_desk.change')
    .meta({ roundTrips: 3, why: 'that somebody looked is recorded for the account', errors: door })
    .input(FindAccountInput)
    .mutation(({ ctx, input }) => findAccount(ctx.ctx, ctx.staff, input)),
  account: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: [...door, ...whose] })
    .input(AccountInput)
    .mutation(({ ctx, input }) => viewAccount(ctx.ctx, ctx.staff, input)),
  reveal: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 3,
      why: 'whose account it is, and whether it has the item, is known before the look is recorded',
      errors: [...door, ...whose],
    })
    .input(RevealItemInput)
    .mutation(({ ctx, input }) => revealAccountItem(ctx.ctx, ctx.staff, input)),
  requestChange: staffProcedure('help_desk.change')
    .meta({
      roundTrips: 3,
      why: 'what is there now is sealed in the row of the account',
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
    .input(RequestChangeInput)
    .mutation(({ ctx, input }) => requestChange(ctx.ctx, ctx.staff, input)),
  changes: staffProcedure('help_desk.change')
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => listChanges(ctx.ctx, ctx.staff)),
  openChange: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 3,
      why: 'whose account it is, and who asked, is known before the look is recorded',
      errors: second,
    })
    .input(ChangeInput)
    .mutation(({ ctx, input }) => openChangeRequest(ctx.ctx, ctx.staff, input)),
  approve: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 3,
      why: 'the correction, and what is there now, are sealed in their rows',
      errors: [...second, 'staff.proof_required', 'staff.number_required', 'request.stale'],
    })
    .input(ChangeInput)
    .mutation(({ ctx, input }) => approveChange(ctx.ctx, ctx.staff, input)),
  refuse: staffProcedure('help_desk.approve')
    .meta({
      roundTrips: 3,
      why: 'whose account it is, and who asked, decides whether this member may',
      errors: [...second, 'staff.number_required'],
    })
    .input(ChangeInput)
    .mutation(({ ctx, input }) => refuseChange(ctx.ctx, ctx.staff, input)),
});
