import {
  AddOfficeKeyInput,
  AnswerMatterInput,
  AuthorisationInput,
  OfficeKeyInput,
} from '@shiming/domain';
import {
  addOfficeKey,
  listOfficeKeys,
  revokeOfficeKey,
} from '@shiming/services/authorisation/keys';
import { answerMatter } from '@shiming/services/authorisation/answer';
import {
  closeAuthorisation,
  openAuthorisation,
  viewAuthorisation,
} from '@shiming/services/authorisation/own';
import { router, signedInProcedure, staffProcedure } from './trpc.ts';

/** Whether a registration office that asks about a person gets a yes (E-AUT-01). */
export const authorisationRouter = router({
  /** `null` where the portal has none. */
  view: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewAuthorisation(ctx.ctx, ctx.signedIn)),
  open: signedInProcedure
    .meta({
      at: 'authorisation',
      roundTrips: 3,
      errors: [
        'session.required',
        'request.not_found',
        'proof.required',
        'service.not_verified',
        'authorisation.under_age',
        'request.too_many',
        'authorisation.open',
      ],
    })
    .input(AuthorisationInput)
    .mutation(({ ctx, input }) => openAuthorisation(ctx.ctx, ctx.signedIn, input)),
  close: signedInProcedure
    .meta({ at: 'authorisation', roundTrips: 2, errors: ['session.required', 'request.stale'] })
    .mutation(({ ctx }) => closeAuthorisation(ctx.ctx, ctx.signedIn)),
  answerMatter: signedInProcedure
    .meta({
      at: 'authorisation',
      roundTrips: 5,
      errors: [
        'session.required',
        'request.not_found',
        'service.not_verified',
        'authorisation.under_age',
        'matter.over',
        'proof.required',
        'login.locked',
        'request.too_many',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
      ],
    })
    .input(AnswerMatterInput)
    .mutation(({ ctx, input }) => answerMatter(ctx.ctx, ctx.signedIn, input)),
});

const administrator = staffProcedure('staff.manage');
const act = [
  'staff.session_required',
  'staff.forbidden',
  'staff.proof_required',
  'staff.number_required',
] as const;

/** The keys by which registration offices sign their questions. */
export const officeRouter = router({
  keys: administrator
    .meta({ roundTrips: 2, errors: ['staff.session_required', 'staff.forbidden'] })
    .query(({ ctx }) => listOfficeKeys(ctx.ctx)),
  addKey: administrator
    .meta({ roundTrips: 2, errors: act })
    .input(AddOfficeKeyInput)
    .mutation(({ ctx, input }) => addOfficeKey(ctx.ctx, ctx.staff, input)),
  revokeKey: administrator
    .meta({ roundTrips: 2, errors: [...act, 'request.stale'] })
    .input(OfficeKeyInput)
    .mutation(({ ctx, input }) => revokeOfficeKey(ctx.ctx, ctx.staff, input)),
});
