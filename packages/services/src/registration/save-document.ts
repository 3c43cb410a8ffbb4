import { commit } from '@shiming/db';
import {
  type DocumentAnswers,
  isSameCorrection,
  needsGuardian,
  parseDocumentAnswers,
} from '@shiming/domain';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { tryGuardianCode } from '../guardian/use.ts';
import { subjectHash } from '../vault/vault.ts';
import { findOrBegin, requireStep, saveStep } from './draft.ts';
import { numberTakenQuery, refuseTaken } from './number-taken.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';

/**
 * T-REG-01 to 07. Gives a registration its document, or another one; begins it where the portal's begins with a document.
 * Whether the number is taken is said to a person who has proved a contact, and not before (T-REG-16). Of a child under 14 nothing is stored without its
 * guardian's code (PIPL 31).
 *
 * @returns where the registration stands, and the new cookie where one was begun, else `null`
 * @throws AppError input.invalid, guardian.required, guardian.code_refused, registration.not_started,
 * registration.out_of_order, registration.number_taken, registration.to_be_activated, request.stale, request.too_many
 */
export async function saveDocument(
  ctx: Ctx,
  token: string | null,
  input: DocumentAnswers & { guardianCode?: string | undefined },
): Promise<{ token: string | null; registration: RegistrationView }> {
  const parsed = accepted(parseDocumentAnswers(input, ctx.portal, today(ctx)));
  const registration = await findOrBegin(ctx, token, 'document');
  requireStep(ctx, registration, 'document');
  const { document: before, guardianConsentId, checked } = registration.draft;
  const { number, birthDate } = parsed;
  const isSame = before?.number === number;
  const typed = input.guardianCode ?? '';
  const known = isSame && typed === '' ? guardianConsentId : null;
  const change = {
    document: parsed,
    // What was confirmed is the document as it was then.
    checked: isSame && isSameCorrection(before, parsed) ? (checked ?? null) : null,
    guardianConsentId: needsGuardian(ctx.portal, birthDate, today(ctx))
      ? (known ?? (await tryGuardianCode(ctx, number, typed)))
      : null,
    consent: { version: ctx.portal.privacyNoticeVersion, atMs: ctx.now() },
  };
  const { after, statements } = await saveStep(ctx, registration, 'document', change, {
    isChanged: before !== null && !isSame,
  });
  const reading = [
    ...(await besideDraft(ctx, after)),
    ...(await numberTakenQuery(ctx, after)),
    ...statements,
  ] as const;
  const { begun } = registration;
  const [used, code, scene, checks, taken] =
    begun === undefined
      ? await commit(ctx.db, reading)
      : await commitClaims(ctx, [await newDraftClaim(ctx)], reading);
  const isProved = after.status === 'contact_proved';
  if (isProved) refuseTaken(taken);
  return {
    token: begun?.token ?? null,
    registration: viewRegistration(ctx, after, besideIn(ctx, after, [used, code, scene, checks])),
  };
}

/** Of one address, however many registrations begin there. */
const newDraftClaim = async (ctx: Ctx) =>
  newClaim(ctx, 'registration', await subjectHash(ctx, 'address', ctx.visitor.address), [
    perAddress,
  ]);
