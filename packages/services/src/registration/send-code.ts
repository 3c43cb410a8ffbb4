import { registrationTable } from '@shiming/db';
import { AppError, type ContactAnswers, parseContactAnswers } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { recipientFor } from '../account/recipients.ts';
import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import type { Ctx } from '../context.ts';
import { codeBinding, loadRegistration, saveStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-09 to 12: keeps mail and mobile, and sends a code to the mobile.
 *
 * @throws AppError input.invalid, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many,
 * registration.not_started, registration.out_of_order, request.stale
 */
export async function sendCode(
  ctx: Ctx,
  token: string | null,
  input: ContactAnswers & { ticket: string },
): Promise<{ outcome: CodeDelivery['outcome']; registration: RegistrationView }> {
  const parsed = parseContactAnswers(input);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const contact = parsed.value;
  const registration = await loadRegistration(ctx, token);
  const change = { contact, channel: 'sms' } as const;
  const untilMs = ctx.now() + ctx.portal.codes.sms.validMs;
  const { after, statements } = await saveStep(ctx, registration, 'contact', change, { untilMs });
  const { delivery, written } = await sendSmsCode(ctx, {
    binding: codeBinding(registration),
    mobile: recipientFor(contact.mobile, 'proves_it'),
    purpose: 'register',
    ticket: input.ticket,
    write: [...statements, ...(await besideDraft(ctx, after))],
    undo: [
      ctx.db
        .update(registrationTable)
        .set({ status: 'collecting' })
        // Only where nothing has changed since: a code may have gone to another number meanwhile.
        .where(
          and(eq(registrationTable.id, after.id), eq(registrationTable.version, after.version)),
        ),
    ],
  });
  const { outcome, ...sent } = delivery;
  if (outcome !== 'sent') after.status = 'collecting';
  const [, , ...rows] = written;
  return {
    outcome,
    registration: viewRegistration(ctx, after, { ...besideIn(ctx, rows), ...sent }),
  };
}
