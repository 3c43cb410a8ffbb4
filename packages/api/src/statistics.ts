import { StatisticsInput } from '@shiming/domain';
import { viewStatistics } from '@shiming/services/statistics/statistics';
import { router, staffProcedure } from './trpc.ts';

/** T-CON-07. */
export const statisticsRouter = router({
  view: staffProcedure('statistics.view')
    .meta({ roundTrips: 2, errors: ['staff.session_required', 'staff.forbidden'] })
    .input(StatisticsInput)
    .query(({ ctx, input }) => viewStatistics(ctx.ctx, ctx.staff, input)),
});
