import { commit } from '@shiming/db';
import { type CorrectionAnswers, parseCorrection, type VerificationOutcome } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { openIdentity } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { accountAsSubject, askAuthority, authorityCheck } from '../verification/ask.ts';
import { giveProof } from './proof.ts';

/** Whether the authority compares all four factors of this account's document: with fewer it proves too little. */
export const canAskAuthority = (ctx: Ctx, { account }: SignedIn): boolean =>
  authorityCheck(ctx, account) === 'four_factors';

/**
 * T-PRO-05, for a person who has lost password and both contacts: the authority says whether name and validity, typed again,
 * belong to the account's number. It is one of the day's attempts at 实名核验, under the same rules.
 *
 * @returns the outcome, whether the try counted, and the session's new cookie when it matched
 * @throws AppError input.invalid, verification.no_authority, verification.in_progress, verification.day_limit,
 * request.stale, request.too_many
 */
export async function proveByAuthority(
  ctx: Ctx,
  signedIn: SignedIn,
  input: CorrectionAnswers,
): Promise<{ outcome: VerificationOutcome; isCounted: boolean; sessionToken: string | null }> {
  refuseUnless(canAskAuthority(ctx, signedIn), { code: 'verification.no_authority' });
  const { account } = signedIn;
  const identity = await openIdentity(ctx, account);
  const parsed = accepted(parseCorrection(input, identity, today(ctx)));
  const { name, validity } = parsed;
  refuseUnless(validity !== null, { code: 'verification.no_authority' });
  const query = { check: 'four_factors', name, validity, number: identity.number } as const;
  const { outcome, isCounted, statements } = await askAuthority(
    ctx,
    accountAsSubject(ctx, account),
    query,
  );
  if (outcome !== 'matched') {
    await commit(ctx.db, [
      ...statements,
      record(ctx, 'proof.refused', account.id, { by: 'authority' }),
    ]);
    return { outcome, isCounted, sessionToken: null };
  }
  const proof = await giveProof(ctx, signedIn, 'authority');
  await commit(ctx.db, [...proof.statements, ...statements]);
  return { outcome, isCounted, sessionToken: proof.token };
}
