import { ArriveInput, BeginVisitInput } from '@shiming/domain';
import { arrive } from '@shiming/services/ministry/arrive';
import { beginVisit } from '@shiming/services/ministry/begin';
import {
  currentArrival,
  currentLink,
  linkMinistry,
  unlinkMinistry,
} from '@shiming/services/ministry/link';
import { leaveMinistry } from '@shiming/services/ministry/visit';
import { keepDeviceMark } from './device-cookie.ts';
import { cookieSeconds, publicProcedure, router, signedInProcedure } from './trpc.ts';

/** Signing in with an account of the ministry (T-REG-15). */
export const ministryRouter = router({
  begin: publicProcedure
    .meta({
      at: 'ministry',
      roundTrips: 2,
      errors: ['ministry.unavailable', 'request.too_many', 'request.not_found'],
    })
    .input(BeginVisitInput)
    .mutation(async ({ ctx, input }) => {
      const { token, url } = await beginVisit(ctx.ctx, input);
      ctx.cookies.write('ministry', token, cookieSeconds.ministry);
      return { url };
    }),
  arrive: publicProcedure
    .meta({
      at: 'ministry',
      roundTrips: 3,
      errors: [
        'ministry.refused',
        'ministry.denied',
        'ministry.unavailable',
        'ministry.linked_elsewhere',
        'request.not_found',
        'request.stale',
      ],
    })
    .input(ArriveInput)
    .mutation(async ({ ctx, input }) => {
      const arrived = await arrive(ctx.ctx, ctx.cookies.read('ministry'), input);
      if (arrived.outcome === 'signed_in') {
        ctx.cookies.clear('ministry');
        ctx.cookies.write('session', arrived.sessionToken, cookieSeconds.session);
        keepDeviceMark(ctx, arrived.deviceMark);
      } else {
        ctx.cookies.write('ministry', ctx.cookies.read('ministry') ?? '', cookieSeconds.ministry);
      }
      return { outcome: arrived.outcome };
    }),
  arrival: publicProcedure
    .meta({ at: 'ministry', roundTrips: 1, errors: [] })
    .query(({ ctx }) => currentArrival(ctx.ctx, ctx.cookies.read('ministry'))),
  leave: publicProcedure
    .meta({ at: 'ministry', roundTrips: 2, errors: [] })
    .mutation(async ({ ctx }) => {
      await leaveMinistry(ctx.ctx, ctx.cookies.read('ministry'));
      ctx.cookies.clear('ministry');
    }),
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => currentLink(ctx.ctx, ctx.signedIn)),
  link: signedInProcedure
    .meta({
      at: 'ministry',
      roundTrips: 3,
      errors: [
        'session.required',
        'proof.required',
        'ministry.refused',
        'ministry.name_differs',
        'ministry.linked_elsewhere',
      ],
    })
    .mutation(async ({ ctx }) => {
      await linkMinistry(ctx.ctx, ctx.signedIn, ctx.cookies.read('ministry'));
      ctx.cookies.clear('ministry');
    }),
  unlink: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'proof.required', 'ministry.not_linked'] })
    .mutation(({ ctx }) => unlinkMinistry(ctx.ctx, ctx.signedIn)),
});
