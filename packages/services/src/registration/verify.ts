import { commit } from '@shiming/db';
import { appErrorIn, checkOf, isSameCorrection } from '@shiming/domain';
import { type Ctx, refuseUnless } from '../context.ts';
import { askAuthority } from '../verification/ask.ts';
import { guardNotHandedOver } from './activate-handed-over.ts';
import { registrationAsSubject } from './as-subject.ts';
import {
  keepUntil,
  loadRegistration,
  openDraft,
  type Registration,
  registrationById,
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
  /** Of a draft that was changed while the authority answered, the match stays if it is about the document as it is now. */
  const keep = async (now: Registration | null) => {
    const document = now?.draft.document ?? null;
    const isOfIt = document?.number === number && isSameCorrection(document, subject.identity);
    const saved =
      now !== null && outcome === 'matched' && isOfIt
        ? await saveStep(ctx, now, 'document', { checked: { kind, sourceId: id } }, { untilMs })
        : { after: now, statements: keepUntil(ctx, registration, untilMs) };
    await commit(ctx.db, [...statements, ...saved.statements]);
    return saved.after;
  };
  const after = await keep(registration).catch(async (error) => {
    if (appErrorIn(error)?.data.code !== 'request.stale') throw error;
    const [row] = await registrationById(ctx, registration.id);
    return keep(row === undefined ? null : await openDraft(ctx, row));
  });
  refuseUnless(after !== null, { code: 'registration.not_started' });
  const rows = await ctx.db.batch(await besideDraft(ctx, after));
  return viewRegistration(ctx, after, besideIn(ctx, after, rows));
}
