import { commit, guard } from '@shiming/db';
import {
  checks,
  type FaceObstacle,
  type FacePurpose,
  isVerified,
  meetsLevel,
  needsGuardian,
} from '@shiming/domain';
import { findIdentity, isClaimant, openIdentity } from '../account/account.ts';
import { attest } from '../account/attestation.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { commitClaims, newClaim } from '../allowance/allowance.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { advanceSession, type SignedIn } from '../session/session.ts';
import { blindIndex } from '../vault/vault.ts';
import { type FaceChallenge, type FaceSubject, giveChallenge } from './challenge.ts';
import { compareFace, type FaceAnswer, type FaceInput } from './compare.ts';
import { agreeToFace, guardFaceConsent, requireTick } from './consent.ts';

/** What somebody who is signed in shows their face for, and which of several things that is. */
export type OwnFace = {
  purpose: Extract<FacePurpose, 'level' | 'authorise'>;
  about?: string | undefined;
};

/** The claim of a challenge that is given out: in an hour more than anybody begins who takes pictures. */
export const begunClaim = (ctx: Pick<Ctx, 'crypto'>, subject: string, limit = 30) =>
  newClaim(ctx, 'face.begun', subject, [
    {
      limit,
      window: { lastMs: 3_600_000 },
      refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
    },
  ]);

/** Why somebody who is signed in shows no face; `null`: they can. */
export async function obstacleOf(
  ctx: Ctx,
  { account, level }: Pick<SignedIn, 'account' | 'level'>,
  purpose: OwnFace['purpose'],
): Promise<FaceObstacle | null> {
  if (ctx.portal.face === null || ctx.faces === null) return 'not_offered';
  const identity = isClaimant(account) ? null : await findIdentity(ctx, account);
  if (identity === null || !isVerified({ level })) return 'level_first';
  if (needsGuardian(ctx.portal, identity.birthDate, today(ctx))) return 'under_age';
  return purpose === 'level' && meetsLevel(level, checks.face.level) ? 'reached' : null;
}

async function requireFace(ctx: Ctx, signedIn: SignedIn, { purpose, about }: OwnFace) {
  const why = await obstacleOf(ctx, signedIn, purpose);
  if (why !== null) refuseUnless(false, { code: 'face.not_offered', why });
  const { id } = signedIn.account;
  const subject: FaceSubject = {
    purpose,
    subject: about === undefined ? id : `${id}:${about}`,
  };
  return { id, subject };
}

/**
 * Begins to show a face: keeps the consent that was ticked, and gives out a challenge. A challenge that was given out before for
 * the same is void.
 *
 * @throws AppError face.not_offered, input.invalid, consent.required (to the number), request.too_many
 */
export async function beginFace(
  ctx: Ctx,
  signedIn: SignedIn,
  input: OwnFace & { hasAgreed: boolean },
): Promise<FaceChallenge> {
  requireTick(input.hasAgreed);
  const { id, subject } = await requireFace(ctx, signedIn, input);
  const { given, statements } = await giveChallenge(ctx, subject);
  await commitClaims(
    ctx,
    [begunClaim(ctx, id)],
    [
      guard(ctx.db, hasLiveConsent(ctx, id, 'document_number'), { code: 'consent.required' }),
      ...agreeToFace(ctx, id),
      ...statements,
    ],
  );
  return given;
}

/**
 * E-LVL-01: compares the face of somebody who is signed in with the authority's photo. For `level` a match is the check of the
 * person, and level 4; for `authorise` it can be used once within ten minutes (`shown.ts`).
 *
 * @returns what came of it, and the session's new cookie when rights rose
 * @throws AppError face.not_offered, input.invalid, photo.refused, face.frame_repeated, face.challenge_over, face.day_limit,
 * consent.required, review.open, verification.in_progress, request.too_many, request.stale
 */
export async function submitFace(
  ctx: Ctx,
  signedIn: SignedIn,
  input: OwnFace & FaceInput,
): Promise<{ answer: FaceAnswer; sessionToken: string | null }> {
  const { id: accountId, subject } = await requireFace(ctx, signedIn, input);
  const { account } = signedIn;
  const identity = await openIdentity(ctx, account);
  const guards = [
    guard(ctx.db, hasLiveConsent(ctx, accountId, 'document_number'), { code: 'consent.required' }),
    guardFaceConsent(ctx, accountId),
    ...(input.purpose === 'level' ? [guardNoOpenReview(ctx, accountId)] : []),
  ];
  const { name, number } = identity;
  const { id, answer, statements } = await compareFace(
    ctx,
    {
      ...subject,
      accountId,
      person: { name, number },
      countedFor: await blindIndex(ctx, 'number', number),
      ...(input.about === undefined ? {} : { about: input.about }),
      guards,
    },
    input,
  );
  if (answer.outcome !== 'matched' || input.purpose !== 'level') {
    // Withdrawn while the authority was asked, a consent does not cover what came of it.
    await commit(ctx.db, [...statements, ...(answer.outcome === 'matched' ? guards : [])]);
    return { answer, sessionToken: null };
  }
  const session = await advanceSession(ctx, signedIn);
  await commit(ctx.db, [
    ...statements,
    ...guards,
    ...(await attest(ctx, account, identity, {
      kind: 'face',
      sourceId: id,
      correction: identity,
      travelPermitNumber: null,
    })),
    ...session.statements,
  ]);
  return { answer, sessionToken: session.token };
}
