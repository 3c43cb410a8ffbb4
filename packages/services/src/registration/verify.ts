import { commit } from '@shiming/db';
import { checkOf } from '@shiming/domain';
import { type Ctx, refuseUnless } from '../context.ts';
import { askAuthority } from '../verification/ask.ts';
import { guardNotHandedOver } from './activate-handed-over.ts';
import { registrationAsSubject } from './as-subject.ts';
import {
  keepUntil,
  loadRegistration,
  registrationValidMs,
  requireStep,
  saveStep,
} from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * E-REG-01: asks the authority about the four factors of a registration, once its contact is proved. A match is kept in the
 * draft and becomes the level of the account. After any other answer everything that was typed stays, for another try or
 * another way. A fault of the authority, or of ours, costs no try.
 *
 * @throws AppError verification.no_authority, verification.in_progress, verification.day_limit,
 * registration.to_be_activated, registration.not_started, registration.out_of_order, request.stale, request.too_many
 */
export async function verifyRegistration(
  ctx: Ctx,
  token: string | null,
): Promise<RegistrationView> {
  const registration = await loadRegistration(ctx, token);
  requireStep(ctx, registration, 'verify');
  const subject = await registrationAsSubject(ctx, registration);
  const { type, name, number, validity } = subject.identity;
  const kind = checkOf(type, ctx.authority.products);
  refuseUnless(kind === 'four_factors' && validity !== null, {
    code: 'verification.no_authority',
  });
  const query = { check: 'four_factors', name, number, validity } as const;
  const { id, outcome, statements } = await askAuthority(
    ctx,
    subject,
    query,
    await guardNotHandedOver(ctx, registration),
  );
  // A draft is still there when the next day brings new tries.
  const untilMs = ctx.now() + registrationValidMs;
  const checked = { kind, sourceId: id };
  const saved =
    outcome === 'matched'
      ? await saveStep(ctx, registration, 'verify', { checked }, { untilMs })
      : { after: registration, statements: keepUntil(ctx, registration, untilMs) };
  await commit(ctx.db, [...statements, ...saved.statements]);
  const rows = await ctx.db.batch(await besideDraft(ctx, saved.after));
  return viewRegistration(ctx, saved.after, besideIn(ctx, saved.after, rows));
}
