import { publicProcedure, router } from './trpc.ts';

export const operatorRouter = router({
  /** Who runs this installation, for the footer, the privacy notice and the help. */
  current: publicProcedure.meta({ roundTrips: 0, errors: [] }).query(({ ctx }) => ctx.ctx.operator),
});
