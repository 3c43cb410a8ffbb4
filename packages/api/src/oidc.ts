import { DecideServiceInput, EndServiceInput, ProposeServiceInput } from '@shiming/domain';
import {
  decideService,
  endService,
  listServiceClients,
  proposeService,
} from '@shiming/services/oidc/registrations';
import { router, staffProcedure } from './trpc.ts';

const administrator = staffProcedure('staff.manage');
const act = [
  'staff.session_required',
  'staff.forbidden',
  'staff.proof_required',
  'staff.number_required',
  'request.stale',
] as const;

/** The registrations of services at the OpenID provider. */
export const serviceClientRouter = router({
  list: administrator
    .meta({ roundTrips: 2, errors: ['staff.session_required', 'staff.forbidden'] })
    .query(({ ctx }) => listServiceClients(ctx.ctx, ctx.staff)),
  propose: administrator
    .meta({
      roundTrips: 3,
      errors: [...act, 'request.not_found'],
    })
    .input(ProposeServiceInput)
    .mutation(({ ctx, input }) => proposeService(ctx.ctx, ctx.staff, input)),
  decide: administrator
    .meta({
      roundTrips: 3,
      errors: [...act, 'service.same_person'],
    })
    .input(DecideServiceInput)
    .mutation(({ ctx, input }) => decideService(ctx.ctx, ctx.staff, input)),
  end: administrator
    .meta({ roundTrips: 2, errors: act })
    .input(EndServiceInput)
    .mutation(({ ctx, input }) => endService(ctx.ctx, ctx.staff, input)),
});
