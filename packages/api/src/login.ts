import { ChangePasswordInput, SignInInput } from '@shiming/domain';
import { changePassword } from '@shiming/services/login/change-password';
import { signIn } from '@shiming/services/login/sign-in';
import { keepDeviceMark } from './device-cookie.ts';
import { cookieSeconds, publicProcedure, router, signedInProcedure } from './trpc.ts';

export const loginRouter = router({
  changePassword: signedInProcedure
    .meta({
      roundTrips: 4,
      errors: ['session.required', 'login.locked', 'request.stale', 'request.too_many'],
    })
    .input(ChangePasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await changePassword(ctx.ctx, ctx.signedIn, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
    }),
  signIn: publicProcedure
    .meta({
      roundTrips: 2,
      errors: [
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'login.refused',
        'login.locked',
        'login.strangers_locked',
        'request.too_many',
      ],
    })
    .input(SignInInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, deviceMark } = await signIn(ctx.ctx, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      keepDeviceMark(ctx, deviceMark);
    }),
});
