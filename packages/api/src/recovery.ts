import {
  BeginRecoveryInput,
  IdentifyInput,
  OpenLinkInput,
  ResetByFaceInput,
  ResetByLinkInput,
  ResetPasswordInput,
  SendLinkInput,
  SendRecoveryCodeInput,
  SendWeChatSceneInput,
  TellUserNamesInput,
} from '@shiming/domain';
import { beginRecovery } from '@shiming/services/recovery/begin';
import { currentRecovery } from '@shiming/services/recovery/current';
import { identify } from '@shiming/services/recovery/identify';
import { resetByFace } from '@shiming/services/recovery/by-face';
import { openLink, resetByLink } from '@shiming/services/recovery/reset-by-link';
import { resetPassword } from '@shiming/services/recovery/reset-password';
import { sendRecoveryCode } from '@shiming/services/recovery/send-code';
import { sendRecoveryLink } from '@shiming/services/recovery/send-link';
import { sendRecoveryScene } from '@shiming/services/recovery/send-wechat-scene';
import { tellUserNames } from '@shiming/services/recovery/tell-user-names';
import { keepCookie, keepDeviceMark, writeBegun } from './device-cookie.ts';
import { shownCookie } from './drawn-from.ts';
import { publicProcedure, router } from './trpc.ts';

export const recoveryRouter = router({
  current: publicProcedure
    .meta({ roundTrips: 2, errors: [] })
    .query(({ ctx }) => currentRecovery(ctx.ctx, shownCookie(ctx, 'recovery'))),
  identify: publicProcedure
    .meta({
      roundTrips: 2,
      errors: [
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'recovery.no_match',
        'recovery.registered_too_early',
        'recovery.day_limit',
        'request.too_many',
      ],
    })
    .input(IdentifyInput)
    .mutation(async ({ ctx, input }) => {
      const { token, recovery } = await identify(ctx.ctx, input);
      writeBegun(ctx, 'recovery', token);
      return recovery;
    }),
  /** S-PWD-01: nothing in the answer tells whether an account has this user name. */
  begin: publicProcedure
    .meta({
      at: 'recovery_by_user_name',
      roundTrips: 3,
      errors: [
        'request.not_found',
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'code.too_soon',
        'code.day_limit',
        'request.too_many',
      ],
    })
    .input(BeginRecoveryInput)
    .mutation(async ({ ctx, input }) => {
      const { token, recovery } = await beginRecovery(ctx.ctx, input);
      writeBegun(ctx, 'recovery', token);
      return recovery;
    }),
  sendCode: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'recovery.not_started',
        'contact.not_proved',
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'code.too_soon',
        'code.day_limit',
        'request.too_many',
      ],
    })
    .input(SendRecoveryCodeInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await sendRecoveryCode(ctx.ctx, shownCookie(ctx, 'recovery'), input);
      keepCookie(ctx, 'recovery');
      return answer;
    }),
  /** S-USR-01: an answer that is lost leaves the code spent, and another one can be sent. */
  tellUserNames: publicProcedure
    .meta({
      at: 'user_names',
      roundTrips: 2,
      errors: [
        'request.not_found',
        'recovery.not_started',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
      ],
    })
    .input(TellUserNamesInput)
    .mutation(({ ctx, input }) => tellUserNames(ctx.ctx, shownCookie(ctx, 'recovery'), input)),
  resetPassword: publicProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'recovery.not_started',
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(ResetPasswordInput)
    .mutation(async ({ ctx, input }) => {
      const { deviceMark } = await resetPassword(ctx.ctx, shownCookie(ctx, 'recovery'), input);
      keepDeviceMark(ctx, deviceMark);
      ctx.cookies.clear('recovery');
      ctx.cookies.clear('session');
    }),
  /** E-PWD-01 */
  resetByFace: publicProcedure
    .meta({
      at: 'face',
      roundTrips: 4,
      errors: ['recovery.not_started', 'proof.required', 'request.stale', 'request.too_many'],
    })
    .input(ResetByFaceInput)
    .mutation(async ({ ctx, input }) => {
      const { deviceMark } = await resetByFace(ctx.ctx, shownCookie(ctx, 'recovery'), input);
      keepDeviceMark(ctx, deviceMark);
      ctx.cookies.clear('recovery');
      ctx.cookies.clear('session');
    }),
  sendLink: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'recovery.not_started',
        'puzzle.ticket_refused',
        'puzzle.work_required',
        'code.too_soon',
        'code.day_limit',
      ],
    })
    .input(SendLinkInput)
    .mutation(({ ctx, input }) => sendRecoveryLink(ctx.ctx, shownCookie(ctx, 'recovery'), input)),
  sendWeChatScene: publicProcedure
    .meta({
      at: 'wechat',
      roundTrips: 3,
      errors: [
        'recovery.not_started',
        'wechat.not_bound',
        'puzzle.ticket_refused',
        'request.too_many',
        'wechat.unavailable',
      ],
    })
    .input(SendWeChatSceneInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await sendRecoveryScene(ctx.ctx, shownCookie(ctx, 'recovery'), input);
      keepCookie(ctx, 'recovery');
      return answer;
    }),
  /** A mutation, though it changes nothing: the link's secret must not stand in an address. */
  openLink: publicProcedure
    .meta({ roundTrips: 1, errors: ['link.used', 'link.expired'] })
    .input(OpenLinkInput)
    .mutation(({ ctx, input }) => openLink(ctx.ctx, input)),
  resetByLink: publicProcedure
    .meta({
      roundTrips: 3,
      errors: ['link.used', 'link.expired', 'request.stale', 'request.too_many'],
    })
    .input(ResetByLinkInput)
    .mutation(async ({ ctx, input }) => {
      const { deviceMark } = await resetByLink(ctx.ctx, input);
      keepDeviceMark(ctx, deviceMark);
      ctx.cookies.clear('recovery');
      ctx.cookies.clear('session');
    }),
});
