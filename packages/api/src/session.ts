import { EndSessionInput } from '@shiming/domain';
import { listHistory } from '@shiming/services/data/history';
import {
  endAllSessions,
  endSession,
  listSessions,
  signOut,
} from '@shiming/services/login/end-sessions';
import { describeSession } from '@shiming/services/standing/describe';
import { cookieSeconds, publicProcedure, router, signedInProcedure } from './trpc.ts';

export const sessionRouter = router({
  /** Who is signed in, for the header and the warning before the end; `null` for nobody. */
  current: publicProcedure.meta({ roundTrips: 2, errors: [] }).query(async ({ ctx }) => {
    const described = await describeSession(ctx.ctx, ctx.cookies.read('session'));
    if (described === null) return null;
    const { session, sessionToken } = described;
    if (sessionToken !== null) ctx.cookies.write('session', sessionToken, cookieSeconds.session);
    return session;
  }),
  /** A sign of life: 「继续使用」. Answers the new end. */
  extend: signedInProcedure
    .meta({ roundTrips: 1, errors: ['session.required'] })
    .mutation(({ ctx }) => ({ endsAtMs: ctx.signedIn.endsAtMs })),
  list: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => listSessions(ctx.ctx, ctx.signedIn)),
  history: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => listHistory(ctx.ctx, ctx.signedIn)),
  signOut: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .mutation(async ({ ctx }) => {
      await signOut(ctx.ctx, ctx.signedIn);
      ctx.cookies.clear('session');
    }),
  end: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .input(EndSessionInput)
    .mutation(({ ctx, input }) => endSession(ctx.ctx, ctx.signedIn, input)),
  endAll: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .mutation(async ({ ctx }) => {
      await endAllSessions(ctx.ctx, ctx.signedIn);
      ctx.cookies.clear('session');
    }),
});
