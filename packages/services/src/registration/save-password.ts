import { commit } from '@shiming/db';
import { type PasswordAnswers, parsePasswordAnswers, personOf } from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { loadRegistration, requireStep, saveStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-08: the seed's rule, then refused if common or made from the person's own data. Only the hash is kept.
 *
 * @throws AppError input.invalid, registration.not_started, registration.out_of_order, request.stale,
 * request.too_many
 */
export async function savePassword(
  ctx: Ctx,
  token: string | null,
  input: PasswordAnswers,
): Promise<RegistrationView> {
  const registration = await loadRegistration(ctx, token);
  requireStep(ctx, registration, 'password');
  const { document, contact } = registration.draft;
  const parsed = accepted(parsePasswordAnswers(input, personOf(document, contact)));
  refuseUnless(!isCommonPassword(parsed.password), {
    code: 'input.invalid',
    fields: { password: 'password.common' },
  });
  const passwordHash = await hashNewPassword(ctx, registration.id, parsed.password);
  const { after, statements } = await saveStep(ctx, registration, 'password', { passwordHash });
  const [used, code, scene, checks] = await commit(ctx.db, [
    ...(await besideDraft(ctx, after)),
    ...statements,
  ]);
  return viewRegistration(ctx, after, besideIn(ctx, after, [used, code, scene, checks]));
}
