import { commit } from '@shiming/db';
import {
  AppError,
  type DocumentAnswers,
  needsGuardian,
  parseDocumentAnswers,
} from '@shiming/domain';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import { type Ctx, today } from '../context.ts';
import { tryGuardianCode } from '../guardian/use.ts';
import { subjectHash } from '../vault/vault.ts';
import { findRegistration, newRegistration, saveStep } from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-01 to 07. Begins a registration, or changes the document of one on its way. Nothing is said about
 * whether the number is taken: nobody has proved anything yet. Of a child under 14 nothing is stored without its
 * guardian's code (PIPL 31).
 *
 * @returns where the registration stands, and the new cookie where one was begun, else `null`
 * @throws AppError input.invalid, guardian.required, guardian.code_refused, request.stale, request.too_many
 */
export async function saveDocument(
  ctx: Ctx,
  token: string | null,
  input: DocumentAnswers & { guardianCode?: string | undefined },
): Promise<{ token: string | null; registration: RegistrationView }> {
  const parsed = parseDocumentAnswers(input, ctx.portal, today(ctx));
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const registration = await findRegistration(ctx, token);
  const { number, birthDate } = parsed.value;
  const isSame = registration?.draft.document?.number === number;
  const typed = input.guardianCode ?? '';
  const known = isSame && typed === '' ? registration?.draft.guardianConsentId : null;
  const change = {
    document: parsed.value,
    guardianConsentId: needsGuardian(ctx.portal, birthDate, today(ctx))
      ? (known ?? (await tryGuardianCode(ctx, number, typed)))
      : null,
    consent: { version: ctx.portal.privacyNoticeVersion, atMs: ctx.now() },
  };
  if (registration === null) {
    const begun = await newRegistration(ctx, {
      ...change,
      passwordHash: null,
      contact: null,
      channel: 'sms',
      openId: null,
    });
    const address = await subjectHash(ctx, 'address', ctx.visitor.address);
    await commitClaims(
      ctx,
      [newClaim(ctx, 'registration', address, [perAddress])],
      [begun.statement],
    );
    return {
      token: begun.token,
      registration: viewRegistration(ctx, begun.registration, besideIn(ctx)),
    };
  }
  const { after, statements } = await saveStep(ctx, registration, 'document', change, {
    isChanged: !isSame,
  });
  const [, , ...rows] = await commit(ctx.db, [...statements, ...(await besideDraft(ctx, after))]);
  return { token: null, registration: viewRegistration(ctx, after, besideIn(ctx, rows)) };
}
