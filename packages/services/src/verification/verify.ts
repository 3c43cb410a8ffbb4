import { commit, guard } from '@shiming/db';
import {
  isVerified,
  type CorrectionAnswers,
  parseCorrection,
  type VerificationOutcome,
} from '@shiming/domain';
import type { IdentityQuery } from '@shiming/providers';
import { attest, guardNumberFree } from '../account/attestation.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { openIdentity, openProfile } from '../account/account.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { advanceSession, type SignedIn } from '../session/session.ts';
import { accountAsSubject, askAuthority, authorityCheck, lacksProfile } from './ask.ts';

/**
 * T-VER-01 to 07: asks the authority about name, number and validity as typed (or name and 通行证号码 for a
 * residence permit), and keeps name and validity only when it says they match. A try is claimed before the
 * question and given back when the fault was not the person's.
 *
 * @returns the outcome, whether the try counted, and the session's new cookie when rights rose
 * @throws AppError input.invalid, profile.incomplete, verification.no_authority, consent.required,
 * review.open, verification.permit_taken, verification.in_progress, verification.day_limit, request.too_many
 */
export async function verify(
  ctx: Ctx,
  signedIn: SignedIn,
  input: CorrectionAnswers,
): Promise<{ outcome: VerificationOutcome; isCounted: boolean; sessionToken: string | null }> {
  const { account } = signedIn;
  const [identity, profile] = await Promise.all([
    openIdentity(ctx, account),
    openProfile(ctx, account),
  ]);
  refuseUnless(!lacksProfile(ctx, signedIn), { code: 'profile.incomplete' });
  const check = authorityCheck(ctx, account);
  refuseUnless(check !== 'none', { code: 'verification.no_authority' });
  const parsed = accepted(parseCorrection(input, identity, today(ctx)));
  const { name, validity } = parsed;
  const query: IdentityQuery =
    check === 'four_factors' && validity !== null
      ? { check, name, number: identity.number, validity }
      : { check: 'travel_permit', name, number: profile?.travelPermitNumber ?? '' };

  const travelPermitNumber = check === 'travel_permit' ? query.number : null;
  const { id, outcome, isCounted, statements } = await askAuthority(
    ctx,
    accountAsSubject(ctx, account),
    query,
    [
      guardNoOpenReview(ctx, account.id),
      ...(travelPermitNumber === null
        ? []
        : await guardNumberFree(ctx, account.id, travelPermitNumber)),
    ],
  );
  if (outcome !== 'matched') {
    await commit(ctx.db, statements);
    return { outcome, isCounted, sessionToken: null };
  }
  const session = isVerified(signedIn) ? null : await advanceSession(ctx, signedIn);
  await commit(ctx.db, [
    // Withdrawn while the authority was asked, the consent does not cover what came of it.
    guard(ctx.db, hasLiveConsent(ctx, account.id, 'document_number'), { code: 'consent.required' }),
    ...(await attest(ctx, account, identity, {
      kind: check,
      sourceId: id,
      correction: { name, validity },
      travelPermitNumber,
    })),
    ...statements,
    ...(session?.statements ?? []),
  ]);
  return { outcome, isCounted, sessionToken: session?.token ?? null };
}
