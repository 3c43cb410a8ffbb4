import { registrationTable } from '@shiming/db';
import { AppError, type ContactAnswers, parseContactAnswers } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import type { Binding } from '../challenge/challenge.ts';
import { type CodeDelivery, sendSmsCode } from '../challenge/send-sms-code.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { loadRegistration, type Registration, saveRegistration } from './draft.ts';

export const codeBinding = ({ id }: Pick<Registration, 'id'>): Binding => ({
  purpose: 'registration.code',
  subject: id,
});

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
): Promise<CodeDelivery> {
  const parsed = parseContactAnswers(input);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const contact = parsed.value;
  const registration = await loadRegistration(ctx, token);
  refuseUnless(registration.draft.passwordHash !== null, {
    code: 'registration.out_of_order',
    step: registration.draft.document === null ? 'document' : 'password',
  });

  return sendSmsCode(ctx, {
    binding: codeBinding(registration),
    mobile: contact.mobile,
    purpose: 'register',
    ticket: input.ticket,
    write: await saveRegistration(ctx, registration, 'send_code', { contact, channel: 'sms' }),
    undo: [
      ctx.db
        .update(registrationTable)
        .set({ status: 'collecting' })
        // Only where nothing has changed since: a code may have gone to another number meanwhile.
        .where(
          and(
            eq(registrationTable.id, registration.id),
            eq(registrationTable.version, registration.version + 1),
          ),
        ),
    ],
  });
}
