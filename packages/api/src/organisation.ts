import {
  BeginLetterInput,
  SetOrganisationPasswordInput,
  SignInOrganisationInput,
} from '@shiming/domain';
import { beginLetter } from '@shiming/services/organisation/letter';
import { viewOrganisation } from '@shiming/services/organisation/session';
import {
  setOrganisationPassword,
  signInOrganisation,
  signOutOrganisation,
} from '@shiming/services/organisation/sign-in';
import { publicProcedure, router } from './trpc.ts';

const sessionMaxAgeSeconds = 12 * 3_600;

/** S-USR-02, S-USR-03: organisations. Their letters are followed, completed and answered as tickets are. */
export const organisationRouter = router({
  begin: publicProcedure
    .meta({
      at: 'organisations',
      roundTrips: 2,
      errors: ['puzzle.ticket_refused', 'puzzle.work_required', 'request.too_many'],
    })
    .input(BeginLetterInput)
    .mutation(({ ctx, input }) => beginLetter(ctx.ctx, input)),
  setPassword: publicProcedure
    .meta({
      at: 'organisations',
      roundTrips: 4,
      why: 'the letter and its organisation are read, and a hash is claimed, before it is made and written',
      errors: ['request.not_found', 'request.stale', 'request.too_many'],
    })
    .input(SetOrganisationPasswordInput)
    .mutation(({ ctx, input }) => setOrganisationPassword(ctx.ctx, input)),
  signIn: publicProcedure
    .meta({
      at: 'organisations',
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
    .input(SignInOrganisationInput)
    .mutation(async ({ ctx, input }) => {
      const held = ctx.cookies.read('organisation');
      const { sessionToken } = await signInOrganisation(ctx.ctx, input, held);
      ctx.cookies.write('organisation', sessionToken, sessionMaxAgeSeconds);
    }),
  current: publicProcedure
    .meta({ at: 'organisations', roundTrips: 1, errors: [] })
    .query(({ ctx }) => viewOrganisation(ctx.ctx, ctx.cookies.read('organisation'))),
  signOut: publicProcedure
    .meta({ at: 'organisations', roundTrips: 2, errors: [] })
    .mutation(async ({ ctx }) => {
      await signOutOrganisation(ctx.ctx, ctx.cookies.read('organisation'));
      ctx.cookies.clear('organisation');
    }),
});
