import { FindHandoversInput, HandOverInput, HandoverInput, TakeUpInput } from '@shiming/domain';
import { handOver, revokeHandover } from '@shiming/services/agency/hand-over';
import { findHandovers, listHandovers } from '@shiming/services/agency/list';
import { takeUp } from '@shiming/services/agency/take-up';
import { keepDeviceMark } from './device-cookie.ts';
import { cookieSeconds, publicProcedure, router, staffProcedure } from './trpc.ts';

const door = ['staff.session_required', 'staff.forbidden'] as const;

/** S-REG-09: first passwords of people without a mobile number, for staff of agencies, and for those people. */
export const agencyRouter = router({
  handOver: staffProcedure('agency.hand_over')
    .meta({
      roundTrips: 3,
      errors: [
        ...door,
        'staff.proof_required',
        'staff.number_required',
        'help_desk.own_account',
        'guardian.required',
        'request.too_many',
        'request.not_found',
      ],
    })
    .input(HandOverInput)
    .mutation(({ ctx, input }) => handOver(ctx.ctx, ctx.staff, input)),
  list: staffProcedure('agency.hand_over')
    .meta({ roundTrips: 2, errors: door })
    .query(({ ctx }) => listHandovers(ctx.ctx, ctx.staff)),
  /** A look is a mutation, because it is recorded, and because a number must not stand in an address. */
  find: staffProcedure('agency.hand_over')
    .meta({ roundTrips: 2, errors: door })
    .input(FindHandoversInput)
    .mutation(({ ctx, input }) => findHandovers(ctx.ctx, ctx.staff, input)),
  revoke: staffProcedure('agency.hand_over')
    .meta({ roundTrips: 2, errors: [...door, 'staff.number_required', 'request.stale'] })
    .input(HandoverInput)
    .mutation(({ ctx, input }) => revokeHandover(ctx.ctx, ctx.staff, input)),
  takeUp: publicProcedure
    .meta({
      at: 'agency_help',
      roundTrips: 3,
      errors: [
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'login.refused',
        'login.locked',
        'login.strangers_locked',
        'request.too_many',
        'request.stale',
        'registration.number_taken',
      ],
    })
    .input(TakeUpInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, deviceMark } = await takeUp(ctx.ctx, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      keepDeviceMark(ctx, deviceMark);
    }),
});
