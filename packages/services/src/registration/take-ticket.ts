import { windowRule } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { takeTicket } from '../verification/window-ticket.ts';
import { registrationAsSubject } from './as-subject.ts';
import { keepUntil, loadRegistration, registrationValidMs, requireStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * E-WIN-01: a ticket for a registration that no check online confirms. The draft outlives the ticket by a day.
 *
 * @throws AppError registration.not_started, registration.out_of_order, request.stale, request.too_many
 */
export async function takeRegistrationTicket(
  ctx: Ctx,
  token: string | null,
): Promise<RegistrationView> {
  const registration = await loadRegistration(ctx, token);
  requireStep(ctx, registration, 'verify');
  const subject = await registrationAsSubject(ctx, registration);
  const untilMs = ctx.now() + windowRule.validMs + registrationValidMs;
  await takeTicket(ctx, subject, 'four_factors', keepUntil(ctx, registration, untilMs));
  const rows = await ctx.db.batch(await besideDraft(ctx, registration));
  return viewRegistration(ctx, registration, besideIn(ctx, registration, rows));
}
