import { commit, faceCheckTable, guard } from '@shiming/db';
import { needsGuardian, type PasswordAnswers, shownFaceMs } from '@shiming/domain';
import { openIdentity } from '../account/account.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { requireActive } from '../account/status.ts';
import { commitClaims } from '../allowance/allowance.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { type Identified, keepBegun, loadIdentified } from './begun.ts';
import { markAfterReset, parseNewPassword, refusePersonal, resetStatements } from './reset.ts';
import { blindIndex, subjectHash } from '../vault/vault.ts';
import {
  type FaceChallenge,
  facesHere,
  type FaceSubject,
  giveChallenge,
} from '../face/challenge.ts';
import { compareFace, type FaceAnswer, type FaceInput } from '../face/compare.ts';
import { hadOwnPassword } from '../face/own-password.ts';
import { agreeToFace, requireTick } from '../face/consent.ts';
import { begunClaim } from '../face/level.ts';
import { isShown, spendShownFace } from '../face/shown.ts';

const subjectOf = ({ id }: Identified): FaceSubject => ({ purpose: 'recover', subject: id });

/** The recovery of a cookie, and whose it is, where that can be shown by a face. */
async function loadForFace(ctx: Ctx, token: string | null) {
  facesHere(ctx);
  const recovery = await loadIdentified(ctx, token);
  const { account } = recovery;
  requireActive(account);
  const identity = await openIdentity(ctx, account);
  const why = needsGuardian(ctx.portal, identity.birthDate, today(ctx))
    ? 'under_age'
    : 'not_offered';
  // One that was handed over is activated, and never had a password to reset.
  refuseUnless(why !== 'under_age' && hadOwnPassword(ctx, account), {
    code: 'face.not_offered',
    why,
  });
  const consents = guard(ctx.db, hasLiveConsent(ctx, account.id, 'document_number'), {
    code: 'consent.required',
  });
  return { recovery, account, identity, consents };
}

/**
 * E-PWD-01: begins to show a face for a recovery whose three facts were right.
 *
 * @throws AppError face.not_offered, recovery.not_started, consent.required (to the number), input.invalid, request.too_many
 */
export async function beginFaceRecovery(
  ctx: Ctx,
  token: string | null,
  input: { hasAgreed: boolean },
): Promise<FaceChallenge> {
  requireTick(input.hasAgreed);
  const { recovery, consents } = await loadForFace(ctx, token);
  const { given, statements } = await giveChallenge(ctx, subjectOf(recovery));
  await commitClaims(
    ctx,
    [begunClaim(ctx, recovery.id)],
    [consents, ...keepBegun(ctx, recovery, given.expiresAtMs), ...statements],
  );
  return given;
}

/**
 * E-PWD-01: compares the face for a recovery. A match resets the password once, within ten minutes. Tries are counted for the
 * number at one place, so nobody else uses up the holder's.
 *
 * @throws AppError face.not_offered, recovery.not_started, photo.refused, face.frame_repeated, face.challenge_over,
 * face.day_limit, consent.required, verification.in_progress, input.invalid, request.too_many
 */
export async function proveRecoveryByFace(
  ctx: Ctx,
  token: string | null,
  input: FaceInput,
): Promise<FaceAnswer> {
  const { recovery, account, identity, consents } = await loadForFace(ctx, token);
  const { name, number } = identity;
  const { held } = await deviceMarks(ctx, number);
  const place = held ?? (await subjectHash(ctx, 'address', ctx.visitor.address));
  const { answer, statements } = await compareFace(
    ctx,
    {
      ...subjectOf(recovery),
      accountId: account.id,
      person: { name, number },
      // Keyed hashes already, so joining them tells nobody whose they are.
      countedFor: `${await blindIndex(ctx, 'number', number)}:${place}`,
      about: recovery.id,
      guards: [consents],
    },
    input,
  );
  const agreed =
    answer.outcome === 'matched'
      ? [
          consents,
          // What was shown can be used as long as it is good, and not after the account was secured.
          ...keepBegun(ctx, recovery, ctx.now() + shownFaceMs),
          ...agreeToFace(ctx, account.id),
        ]
      : [];
  await commit(ctx.db, [...statements, ...agreed]);
  return answer;
}

/**
 * E-PWD-01: a new password for whoever has shown their face in a recovery. It ends what a reset by code ends.
 *
 * @throws AppError input.invalid, recovery.not_started, proof.required, request.stale, request.too_many
 */
export async function resetByFace(
  ctx: Ctx,
  token: string | null,
  input: PasswordAnswers,
): Promise<{ deviceMark: string }> {
  accepted(parseNewPassword(input));
  const { id, account } = await loadIdentified(ctx, token);
  const [shown] = await ctx.db
    .select({ id: faceCheckTable.id })
    .from(faceCheckTable)
    .where(isShown(ctx, { accountId: account.id, about: id, purpose: 'recover' }));
  // What is refused below says something of the person, or of earlier passwords: nothing for somebody who proved nothing.
  refuseUnless(shown !== undefined, { code: 'proof.required' });
  await refusePersonal(ctx, account, input);
  await commit(ctx.db, [
    ...spendShownFace(ctx, account.id, id, 'recover'),
    ...(await resetStatements(ctx, account, input.password)),
  ]);
  return { deviceMark: await markAfterReset(ctx, account) };
}
