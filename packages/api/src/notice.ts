import { MarkNoticesReadInput } from '@shiming/domain';
import { listNotices, markNoticesRead } from '@shiming/services/notice/list';
import { router, signedInProcedure } from './trpc.ts';

export const noticeRouter = router({
  list: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => listNotices(ctx.ctx, ctx.signedIn)),
  markRead: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .input(MarkNoticesReadInput)
    .mutation(({ ctx, input }) => markNoticesRead(ctx.ctx, ctx.signedIn, input)),
});
