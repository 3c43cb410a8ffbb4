import { SignInInput } from '@shiming/domain';
import { signIn } from '@shiming/services';
import { cookieSeconds, publicProcedure, router } from './trpc.ts';

/** A browser keeps the marks of the last few accounts that signed in on it. */
const marksKept = 5;

export const loginRouter = router({
  signIn: publicProcedure
    .meta({
      roundTrips: 2,
      errors: ['puzzle.ticket_refused', 'login.refused', 'login.locked', 'request.too_many'],
    })
    .input(SignInInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, deviceMark } = await signIn(ctx.ctx, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      const { deviceId, deviceMarks } = ctx.ctx.visitor;
      const marks = [deviceMark, ...deviceMarks.filter((mark) => mark !== deviceMark)];
      const device = [deviceId, ...marks.slice(0, marksKept)].join('.');
      ctx.cookies.write('device', device, cookieSeconds.device);
    }),
});
