import {
  OpenLinkInput,
  ProveContactInput,
  SaveDocumentInput,
  SavePasswordInput,
  SendCodeInput,
  SubmitRegistrationInput,
} from '@shiming/domain';
import { activate, openActivation } from '@shiming/services/registration/activate';
import { currentRegistration } from '@shiming/services/registration/current';
import { discardRegistration } from '@shiming/services/registration/discard';
import { proveContact } from '@shiming/services/registration/prove-contact';
import { saveDocument } from '@shiming/services/registration/save-document';
import { savePassword } from '@shiming/services/registration/save-password';
import { sendCode } from '@shiming/services/registration/send-code';
import { sendWeChatCode } from '@shiming/services/registration/send-wechat-code';
import { submitRegistration } from '@shiming/services/registration/submit';
import { takeRegistrationTicket } from '@shiming/services/registration/take-ticket';
import { verifyRegistration } from '@shiming/services/registration/verify';
import { keepCookie, keepDeviceMark, writeBegun } from './device-cookie.ts';
import { shownCookie, shownRegistration } from './drawn-from.ts';
import { cookieSeconds, publicProcedure, router } from './trpc.ts';

export const registrationRouter = router({
  current: publicProcedure
    .meta({ roundTrips: 2, errors: [] })
    .query(({ ctx }) => currentRegistration(ctx.ctx, shownCookie(ctx, 'registration'))),
  saveDocument: publicProcedure
    .meta({
      roundTrips: 4,
      errors: [
        'guardian.required',
        'guardian.code_refused',
        'registration.not_started',
        'registration.out_of_order',
        'registration.number_taken',
        'registration.to_be_activated',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(SaveDocumentInput)
    .mutation(async ({ ctx, input }) => {
      const { token, registration } = await saveDocument(ctx.ctx, shownRegistration(ctx), input);
      if (token !== null) writeBegun(ctx, 'registration', token);
      return registration;
    }),
  savePassword: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
        'request.too_many',
      ],
    })
    .input(SavePasswordInput)
    .mutation(({ ctx, input }) => savePassword(ctx.ctx, shownRegistration(ctx), input)),
  sendCode: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'puzzle.ticket_refused',
        'code.too_soon',
        'code.day_limit',
        'request.too_many',
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
      ],
    })
    .input(SendCodeInput)
    .mutation(async ({ ctx, input }) => {
      const { token, ...answer } = await sendCode(ctx.ctx, shownRegistration(ctx), input);
      if (token === null) keepCookie(ctx, 'registration');
      else writeBegun(ctx, 'registration', token);
      return answer;
    }),
  sendWeChatCode: publicProcedure
    .meta({
      at: 'wechat',
      roundTrips: 3,
      errors: [
        'puzzle.ticket_refused',
        'request.too_many',
        'wechat.unavailable',
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
      ],
    })
    .input(SendCodeInput)
    .mutation(async ({ ctx, input }) => {
      const answer = await sendWeChatCode(ctx.ctx, shownRegistration(ctx), input);
      keepCookie(ctx, 'registration');
      return answer;
    }),
  proveContact: publicProcedure
    .meta({
      roundTrips: 3,
      errors: [
        'code.wrong',
        'code.expired',
        'code.tries_used_up',
        'registration.number_taken',
        'registration.to_be_activated',
        'registration.contact_taken',
        'wechat.bound_elsewhere',
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
      ],
    })
    .input(ProveContactInput)
    .mutation(({ ctx, input }) => proveContact(ctx.ctx, shownRegistration(ctx), input)),
  openActivation: publicProcedure
    .meta({ roundTrips: 1, errors: ['link.used', 'link.expired'] })
    .input(OpenLinkInput)
    .mutation(({ ctx, input }) => openActivation(ctx.ctx, ctx.cookies.read('registration'), input)),
  activate: publicProcedure
    .meta({
      roundTrips: 2,
      errors: ['link.used', 'link.expired', 'registration.contact_taken', 'request.stale'],
    })
    .input(OpenLinkInput)
    .mutation(async ({ ctx, input }) => {
      const held = ctx.cookies.read('registration');
      const { token, registration } = await activate(ctx.ctx, held, input);
      if (token !== null) writeBegun(ctx, 'registration', token);
      return registration;
    }),
  discard: publicProcedure.meta({ roundTrips: 2, errors: [] }).mutation(async ({ ctx }) => {
    await discardRegistration(ctx.ctx, shownCookie(ctx, 'registration'));
    ctx.cookies.clear('registration');
  }),
  verify: publicProcedure
    .meta({
      at: 'check_at_registration',
      roundTrips: 4,
      errors: [
        'verification.no_authority',
        'verification.in_progress',
        'verification.day_limit',
        'registration.to_be_activated',
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
        'request.too_many',
      ],
    })
    .mutation(async ({ ctx }) => {
      const registration = await verifyRegistration(ctx.ctx, shownRegistration(ctx));
      keepCookie(ctx, 'registration');
      return registration;
    }),
  takeTicket: publicProcedure
    .meta({
      at: 'window',
      roundTrips: 4,
      errors: [
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
        'request.too_many',
      ],
    })
    .mutation(async ({ ctx }) => {
      const registration = await takeRegistrationTicket(ctx.ctx, shownRegistration(ctx));
      keepCookie(ctx, 'registration');
      return registration;
    }),
  submit: publicProcedure
    .meta({
      roundTrips: 5,
      errors: [
        'guardian.required',
        'registration.number_taken',
        'registration.to_be_activated',
        'registration.contact_taken',
        'wechat.bound_elsewhere',
        'registration.not_started',
        'registration.out_of_order',
        'request.stale',
      ],
    })
    .input(SubmitRegistrationInput)
    .mutation(async ({ ctx, input }) => {
      const registration = shownRegistration(ctx);
      const { sessionToken, deviceMark, isActivated } = await submitRegistration(
        ctx.ctx,
        registration,
        input,
        ctx.cookies.read('ministry'),
      );
      ctx.cookies.clear('registration');
      ctx.cookies.clear('ministry');
      ctx.cookies.write('session', sessionToken, cookieSeconds.session);
      keepDeviceMark(ctx, deviceMark);
      return { isActivated };
    }),
});
