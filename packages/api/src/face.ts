import {
  AgreeToFaceInput,
  BeginFaceInput,
  BeginFaceSignInInput,
  ShowFaceInput,
  SignInByFaceInput,
  SubmitFaceInput,
} from '@shiming/domain';
import {
  activateByFace,
  beginFaceActivation,
} from '@shiming/services/registration/activate-by-face';
import { offerFaces, viewFace } from '@shiming/services/face/current';
import { beginFace, submitFace } from '@shiming/services/face/level';
import { beginFaceRecovery, proveRecoveryByFace } from '@shiming/services/recovery/by-face';
import { beginFaceSignIn, signInByFace } from '@shiming/services/login/sign-in-by-face';
import { keepCookie, keepDeviceMark } from './device-cookie.ts';
import { shownCookie } from './drawn-from.ts';
import { cookieSeconds, publicProcedure, router, signedInProcedure } from './trpc.ts';

/** Faces (E-FAC-01): what they are shown for, and what came of it. */
export const faceRouter = router({
  offer: publicProcedure
    .meta({ roundTrips: 0, errors: [] })
    .query(({ ctx }) => offerFaces(ctx.ctx)),
  current: signedInProcedure
    .meta({ at: 'face', roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => viewFace(ctx.ctx, ctx.signedIn)),
  begin: signedInProcedure
    .meta({
      at: 'face',
      roundTrips: 3,
      errors: ['session.required', 'face.not_offered', 'consent.required', 'request.too_many'],
    })
    .input(BeginFaceInput)
    .mutation(({ ctx, input }) => beginFace(ctx.ctx, ctx.signedIn, input)),
  submit: signedInProcedure
    .meta({
      at: 'face',
      roundTrips: 3,
      errors: [
        'session.required',
        'face.not_offered',
        'photo.refused',
        'face.frame_repeated',
        'face.challenge_over',
        'face.day_limit',
        'consent.required',
        'review.open',
        'verification.in_progress',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(SubmitFaceInput)
    .mutation(async ({ ctx, input }) => {
      const { answer, sessionToken } = await submitFace(ctx.ctx, ctx.signedIn, input);
      if (sessionToken !== null) {
        ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      }
      return answer;
    }),
  /** A number without an account gets a challenge, too. */
  beginSignIn: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 2,
      errors: ['face.not_offered', 'puzzle.ticket_refused', 'request.too_many'],
    })
    .input(BeginFaceSignInInput)
    .mutation(({ ctx, input }) => beginFaceSignIn(ctx.ctx, input)),
  signIn: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 2,
      errors: [
        'face.not_offered',
        'photo.refused',
        'face.frame_repeated',
        'face.challenge_over',
        'puzzle.work_required',
        'login.refused',
        'login.locked',
        'login.strangers_locked',
        'request.too_many',
      ],
    })
    .input(SignInByFaceInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await signInByFace(ctx.ctx, input);
      if (answer.outcome !== 'matched') return answer;
      ctx.cookies.write('session', answer.sessionToken, cookieSeconds.session);
      keepDeviceMark(ctx, answer.deviceMark);
      return { outcome: answer.outcome };
    }),
  beginRecovery: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 3,
      errors: ['face.not_offered', 'recovery.not_started', 'consent.required', 'request.too_many'],
    })
    .input(AgreeToFaceInput)
    .mutation(({ ctx, input }) => beginFaceRecovery(ctx.ctx, shownCookie(ctx, 'recovery'), input)),
  proveRecovery: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 3,
      errors: [
        'face.not_offered',
        'recovery.not_started',
        'photo.refused',
        'face.frame_repeated',
        'face.challenge_over',
        'face.day_limit',
        'consent.required',
        'verification.in_progress',
        'request.too_many',
      ],
    })
    .input(ShowFaceInput)
    .mutation(({ ctx, input }) =>
      proveRecoveryByFace(ctx.ctx, shownCookie(ctx, 'recovery'), input),
    ),
  beginActivation: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 3,
      errors: [
        'face.not_offered',
        'registration.not_started',
        'registration.out_of_order',
        'request.too_many',
      ],
    })
    .input(AgreeToFaceInput)
    .mutation(({ ctx, input }) =>
      beginFaceActivation(ctx.ctx, shownCookie(ctx, 'registration'), input),
    ),
  activate: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 4,
      errors: [
        'face.not_offered',
        'registration.not_started',
        'registration.out_of_order',
        'photo.refused',
        'face.frame_repeated',
        'face.challenge_over',
        'face.day_limit',
        'verification.in_progress',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(ShowFaceInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await activateByFace(ctx.ctx, shownCookie(ctx, 'registration'), input);
      keepCookie(ctx, 'registration');
      return answer;
    }),
});
