import { EnterServiceInput } from '@shiming/domain';
import { listDoors } from '@shiming/services/entry/doors';
import { listServices } from '@shiming/services/entry/services';
import { openService, viewTerms } from '@shiming/services/oidc/open';
import { authenticate } from '@shiming/services/session/session';
import { publicProcedure, router, signedInProcedure } from './trpc.ts';

export const entryRouter = router({
  services: publicProcedure.meta({ roundTrips: 1, errors: [] }).query(async ({ ctx }) => {
    const signedIn = await authenticate(ctx.ctx, ctx.cookies.read('session'));
    return listServices(ctx.ctx, signedIn);
  }),
  /** 一个账号: the portals that it opens, and what each was given. */
  doors: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => listDoors(ctx.ctx, ctx.signedIn)),
  /** What a service is told, before a person agrees to it and afterwards. */
  terms: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required', 'request.not_found'] })
    .input(EnterServiceInput)
    .query(({ ctx, input }) => viewTerms(ctx.ctx, ctx.signedIn, input)),
  enter: signedInProcedure
    .meta({
      roundTrips: 2,
      errors: [
        'session.required',
        'request.not_found',
        'profile.incomplete',
        'service.not_verified',
        'consent.required',
        'account.closing',
      ],
    })
    .input(EnterServiceInput)
    .query(({ ctx, input }) => openService(ctx.ctx, ctx.signedIn, input)),
});
