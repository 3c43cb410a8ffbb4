import { ChangePasswordInput, SignInInput } from '@shiming/domain';
import { changePassword, signIn } from '@shiming/services';
import { cookieSeconds, publicProcedure, router, signedInProcedure } from './trpc.ts';

/** A browser keeps the marks of the last few accounts that signed in on it. */
const marksKept = 5;

export const loginRouter = router({
  changePassword: signedInProcedure
    .meta({
      roundTrips: 3,
      why: 'the try is committed before the current password is looked at',
      errors: ['session.required', 'login.locked', 'request.stale'],
    })
    .input(ChangePasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await changePassword(ctx.ctx, ctx.signedIn, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
    }),
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
