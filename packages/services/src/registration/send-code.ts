import { registrationTable } from '@shiming/db';
import {
  activationMail,
  type ContactAnswers,
  contactIdentifiers,
  parseContactAnswers,
  provedKindOf,
} from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { giveOnly, voidGiven } from '../challenge/challenge.ts';
import { recipientFor } from '../account/recipients.ts';
import { sendMailCode } from '../codes/send-mail-code.ts';
import { type CodeDelivery, sendSmsCode } from '../codes/send-sms-code.ts';
import { accepted, type Ctx } from '../context.ts';
import { activationLink, codeBinding, findOrBegin, saveStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-09 to 12, S-REG-02: keeps the contacts that the portal asks for, and sends a code to the one that is to be proved.
 * A mail has a link beside the code, which activates the account in whichever browser it is opened; one that was sent
 * before is void. Nothing is said about whether somebody has it already. Begins the registration where the portal's does with a contact.
 *
 * @returns where the registration stands, and the new cookie where one was begun, else `null`
 * @throws AppError input.invalid, puzzle.ticket_refused, code.too_soon, code.day_limit, request.too_many,
 * registration.not_started, registration.out_of_order, request.stale
 */
export async function sendCode(
  ctx: Ctx,
  token: string | null,
  input: ContactAnswers & { ticket: string },
): Promise<{
  token: string | null;
  outcome: CodeDelivery['outcome'];
  registration: RegistrationView;
}> {
  const contact = accepted(parseContactAnswers(input, ctx.portal));
  const kind = provedKindOf(contact);
  const { channel, codeRule } = contactIdentifiers[kind];
  const registration = await findOrBegin(ctx, token, 'contact');
  const change = { contact, channel };
  const untilMs = ctx.now() + codeRule(ctx.portal).validMs;
  const { after, statements } = await saveStep(ctx, registration, 'contact', change, { untilMs });
  const secret = ctx.crypto.randomToken(32);
  const binding = activationLink(registration.id);
  const linkStatements =
    kind === 'email'
      ? await giveOnly(ctx, binding, secret, { validMs: codeRule(ctx.portal).validMs, tries: 1 })
      : voidGiven(ctx.db, binding);
  const sending = {
    binding: codeBinding(registration),
    purpose: 'register',
    ticket: input.ticket,
    write: [...(await besideDraft(ctx, after)), ...statements, ...linkStatements],
  } as const;
  const undo = [
    ctx.db
      .update(registrationTable)
      .set({ status: 'collecting' })
      // Only where nothing has changed since: a code may have gone to another number meanwhile.
      .where(and(eq(registrationTable.id, after.id), eq(registrationTable.version, after.version))),
  ];
  const to = recipientFor(contact[kind], 'proves_it');
  const { delivery, written } =
    kind === 'mobile'
      ? await sendSmsCode(ctx, { ...sending, mobile: to, undo })
      : await sendMailCode(ctx, {
          ...sending,
          email: to,
          accountId: null,
          mailOf: (said) =>
            activationMail({
              ...said,
              link: `${ctx.address}/register/activation#${registration.id}.${secret}`,
            }),
        });
  const { outcome, ...sent } = delivery;
  if (outcome !== 'sent') after.status = 'collecting';
  const [used, code, scene, checks] = written;
  const beside = { ...besideIn(ctx, after, [used, code, scene, checks]), ...sent };
  return {
    token: registration.begun?.token ?? null,
    outcome,
    registration: viewRegistration(ctx, after, beside),
  };
}
