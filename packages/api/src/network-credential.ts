import { SaveCredentialGuideInput } from '@shiming/domain';
import {
  currentCredentialGuide,
  saveCredentialGuide,
} from '@shiming/services/network-credential/guide';
import { publicProcedure, router, staffProcedure } from './trpc.ts';

/** What pages say of 网证, for everybody, and the administrators who keep it up to date. */
export const networkCredentialRouter = router({
  current: publicProcedure
    .meta({ roundTrips: 1, errors: [] })
    .query(({ ctx }) => currentCredentialGuide(ctx.ctx)),
  save: staffProcedure('guides.edit')
    .meta({
      roundTrips: 3,
      errors: ['staff.session_required', 'staff.forbidden', 'request.stale'],
    })
    .input(SaveCredentialGuideInput)
    .mutation(({ ctx, input }) => saveCredentialGuide(ctx.ctx, ctx.staff, input)),
});
