import {
  BeginLetterInput,
  ChangePasswordInput,
  ChangeOrganisationContactInput,
  OrganisationProofInput,
  SendOrganisationCodeInput,
  SetOrganisationPasswordInput,
  SignInOrganisationInput,
  StopCancellationByLinkInput,
} from '@shiming/domain';
import {
  requestClosing,
  stopClosing,
  stopClosingByLink,
} from '@shiming/services/organisation/closing';
import {
  changeOrganisationContact,
  sendOrganisationCode,
} from '@shiming/services/organisation/contact';
import { exportOrganisation } from '@shiming/services/organisation/export';
import { beginLetter } from '@shiming/services/organisation/letter';
import { viewOrganisation } from '@shiming/services/organisation/session';
import {
  changeOrganisationPassword,
  setOrganisationPassword,
  signInOrganisation,
  signOutOrganisation,
} from '@shiming/services/organisation/sign-in';
import { keepDeviceMark } from './device-cookie.ts';
import { organisationProcedure, publicProcedure, router } from './trpc.ts';

const sessionMaxAgeSeconds = 12 * 3_600;

const at = 'organisations';
const door = 'organisation.session_required';
const askedAgain = [door, 'login.locked', 'request.too_many'] as const;

/** S-USR-02, S-USR-03: organisations. Their letters are followed, completed and answered as tickets are. */
export const organisationRouter = router({
  begin: publicProcedure
    .meta({
      at,
      roundTrips: 2,
      errors: ['puzzle.ticket_refused', 'puzzle.work_required', 'request.too_many'],
    })
    .input(BeginLetterInput)
    .mutation(({ ctx, input }) => beginLetter(ctx.ctx, input)),
  setPassword: publicProcedure
    .meta({
      at,
      roundTrips: 4,
      errors: ['request.not_found', 'request.stale', 'request.too_many'],
    })
    .input(SetOrganisationPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { deviceMark } = await setOrganisationPassword(ctx.ctx, input);
      keepDeviceMark(ctx, deviceMark);
    }),
  signIn: publicProcedure
    .meta({
      at,
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
      const { sessionToken, deviceMark } = await signInOrganisation(ctx.ctx, input, held);
      ctx.cookies.write('organisation', sessionToken, sessionMaxAgeSeconds);
      keepDeviceMark(ctx, deviceMark);
    }),
  current: publicProcedure
    .meta({ at, roundTrips: 1, errors: [] })
    .query(({ ctx }) => viewOrganisation(ctx.ctx, ctx.cookies.read('organisation'))),
  signOut: publicProcedure.meta({ at, roundTrips: 2, errors: [] }).mutation(async ({ ctx }) => {
    await signOutOrganisation(ctx.ctx, ctx.cookies.read('organisation'));
    ctx.cookies.clear('organisation');
  }),
  sendContactCode: organisationProcedure
    .meta({
      at,
      roundTrips: 5,
      errors: [...askedAgain, 'puzzle.ticket_refused', 'code.too_soon', 'code.day_limit'],
    })
    .input(SendOrganisationCodeInput)
    .mutation(({ ctx, input }) => sendOrganisationCode(ctx.ctx, ctx.organisation, input)),
  changeContact: organisationProcedure
    .meta({
      at,
      roundTrips: 4,
      errors: [door, 'code.wrong', 'code.expired', 'code.tries_used_up', 'request.stale'],
    })
    .input(ChangeOrganisationContactInput)
    .mutation(({ ctx, input }) => changeOrganisationContact(ctx.ctx, ctx.organisation, input)),
  changePassword: organisationProcedure
    .meta({ at, roundTrips: 5, errors: [...askedAgain, 'request.stale'] })
    .input(ChangePasswordInput)
    .mutation(({ ctx, input }) => changeOrganisationPassword(ctx.ctx, ctx.ofOrganisation, input)),
  export: organisationProcedure
    .meta({ at, roundTrips: 5, errors: askedAgain })
    .input(OrganisationProofInput)
    .mutation(({ ctx, input }) => exportOrganisation(ctx.ctx, ctx.organisation, input)),
  requestClosing: organisationProcedure
    .meta({
      at,
      roundTrips: 5,
      errors: [...askedAgain, 'account.closing', 'request.stale'],
    })
    .input(OrganisationProofInput)
    .mutation(({ ctx, input }) => requestClosing(ctx.ctx, ctx.organisation, input)),
  stopClosing: organisationProcedure
    .meta({ at, roundTrips: 2, errors: [door, 'request.stale'] })
    .mutation(({ ctx }) => stopClosing(ctx.ctx, ctx.organisation)),
  stopClosingByLink: publicProcedure
    .meta({ at, roundTrips: 2, errors: ['link.used', 'link.expired', 'request.stale'] })
    .input(StopCancellationByLinkInput)
    .mutation(({ ctx, input }) => stopClosingByLink(ctx.ctx, input)),
});
