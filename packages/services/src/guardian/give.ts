import { guardianConsentTable } from '@shiming/db';
import {
  type GuardianAnswers,
  guardianCodeBytes,
  guardianCodeOf,
  hasReachedAge,
  isVerified,
  parseGuardianAnswers,
} from '@shiming/domain';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { give } from '../challenge/challenge.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { blindIndex, currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { birthDateOf, type Child, evidenceHashOf } from './child.ts';
import { guardianCode } from './use.ts';

/**
 * Guessing a code of 40 bits is worth nothing. What is counted for a code is counted for the person who types the child's
 * number, so it stops nobody but a machine: people are counted by place (`tryGuardianCode`).
 */
const triesPerCode = 1_000_000;

const yearMs = 365 * 24 * 3_600_000;

/** How many consents for a child one guardian gives. */
export const perYear = (ctx: Pick<Ctx, 'portal'>): Limit => ({
  limit: ctx.portal.guardian.perYear,
  window: { lastMs: yearMs },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
});

/** Whether the holder of an account may consent for a child: an adult whose identity was verified. */
export const isEntitled = async (ctx: Ctx, signedIn: SignedIn): Promise<boolean> =>
  isVerified(signedIn) &&
  hasReachedAge(
    ctx.portal.guardian.guardianFrom,
    await birthDateOf(ctx, signedIn.account),
    today(ctx),
  );

/**
 * The child that a guardian names, who has just proved who they are and may decide.
 *
 * @throws AppError proof.required, input.invalid, guardian.not_entitled
 */
async function namedChild(ctx: Ctx, signedIn: SignedIn, input: GuardianAnswers) {
  requireProof(ctx, signedIn);
  refuseUnless(await isEntitled(ctx, signedIn), { code: 'guardian.not_entitled' });
  const parsed = accepted(parseGuardianAnswers(input, ctx.portal, today(ctx)));
  const { document, name, relation } = parsed;
  const child: Child = {
    documentType: document.type,
    number: document.number,
    name,
    salt: ctx.crypto.randomToken(16),
  };
  const claim = newClaim(ctx, 'guardian', signedIn.account.id, [perYear(ctx)]);
  const declared = {
    accountId: signedIn.account.id,
    channel: 'own_account',
    relation,
    scope: 'document_number',
    version: ctx.portal.guardian.noticeVersion,
    givenAtMs: ctx.now(),
  } as const;
  const evidenceHash = await evidenceHashOf(ctx, { ...declared, child });
  const row = {
    ...declared,
    id: claim.id,
    childSealed: await seal(ctx, placeOf(guardianConsentTable.childSealed, claim.id), child),
    evidenceHash,
    keyId: currentKeyId(ctx),
  } as const;
  const { channel, version } = declared;
  return { child, claim, row, facts: { relation, version, channel, evidenceHash } };
}

/**
 * X-06, PIPL 31: consents for a child under 14, and gives out the code with which the child registers. The code is
 * bound to the child's number, and only its hash is kept.
 *
 * @throws AppError proof.required, input.invalid, guardian.not_entitled, request.too_many, session.required
 */
export async function giveGuardianConsent(
  ctx: Ctx,
  signedIn: SignedIn,
  input: GuardianAnswers,
): Promise<{ code: string; expiresAtMs: number }> {
  const { child, claim, row, facts } = await namedChild(ctx, signedIn, input);
  const { codeValidMs: validMs } = ctx.portal.guardian;
  const code = guardianCodeOf(ctx.crypto.randomBytes(guardianCodeBytes));
  const expiresAtMs = ctx.now() + validMs;
  const binding = guardianCode(await blindIndex(ctx, 'number', child.number));
  await commitClaims(
    ctx,
    [claim],
    [
      guardSignedIn(ctx, signedIn),
      ctx.db.insert(guardianConsentTable).values({ ...row, expiresAtMs, lookAtMs: expiresAtMs }),
      ...(await give(ctx, row.id, binding, code, { validMs, tries: triesPerCode })),
      record(ctx, 'guardian.consent_given', row.accountId, facts),
    ],
  );
  return { code, expiresAtMs };
}

/**
 * PIPL 31: a guardian refuses. That it was refused, and to which notice, is kept with the account; no code is given out.
 *
 * @throws AppError proof.required, input.invalid, guardian.not_entitled, request.too_many, session.required
 */
export async function refuseGuardianConsent(
  ctx: Ctx,
  signedIn: SignedIn,
  input: Omit<GuardianAnswers, 'hasConsented'>,
): Promise<void> {
  const named = { ...input, hasConsented: true };
  const { claim, row, facts } = await namedChild(ctx, signedIn, named);
  const atMs = ctx.now();
  await commitClaims(
    ctx,
    [claim],
    [
      guardSignedIn(ctx, signedIn),
      ctx.db
        .insert(guardianConsentTable)
        .values({ ...row, expiresAtMs: atMs, endedAtMs: atMs, ending: 'refused' }),
      record(ctx, 'guardian.consent_refused', row.accountId, facts),
    ],
  );
}
