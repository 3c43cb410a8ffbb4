import {
  ProveByAuthorityInput,
  ProveByCodeInput,
  ProveByPasswordInput,
  SendProofCodeInput,
} from '@shiming/domain';
import { proveByAuthority } from '@shiming/services/proof/by-authority';
import { proveByCode } from '@shiming/services/proof/by-code';
import { proveByPassword } from '@shiming/services/proof/by-password';
import { currentProof } from '@shiming/services/proof/current';
import { sendProofCode } from '@shiming/services/proof/send-code';
import { cookieSeconds, router, signedInProcedure } from './trpc.ts';

export const proofRouter = router({
  current: signedInProcedure
    .meta({ roundTrips: 2, errors: ['session.required'] })
    .query(({ ctx }) => currentProof(ctx.ctx, ctx.signedIn)),
  byPassword: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: ['session.required', 'login.locked', 'request.stale', 'request.too_many'],
    })
    .input(ProveByPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await proveByPassword(ctx.ctx, ctx.signedIn, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
    }),
  sendCode: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'contact.not_proved',
        'puzzle.ticket_refused',
        'code.too_soon',
        'code.day_limit',
        'request.too_many',
      ],
    })
    .input(SendProofCodeInput)
    .mutation(({ ctx, input }) => sendProofCode(ctx.ctx, ctx.signedIn, input)),
  byCode: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
        'request.stale',
      ],
    })
    .input(ProveByCodeInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken } = await proveByCode(ctx.ctx, ctx.signedIn, input);
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
    }),
  byAuthority: signedInProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'session.required',
        'verification.no_authority',
        'consent.required',
        'verification.in_progress',
        'verification.day_limit',
        'request.too_many',
        'request.stale',
      ],
    })
    .input(ProveByAuthorityInput)
    .mutation(async ({ ctx, input }) => {
      const { sessionToken, ...result } = await proveByAuthority(ctx.ctx, ctx.signedIn, input);
      if (sessionToken !== null) ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      return result;
    }),
});
