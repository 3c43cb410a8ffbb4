import { commit } from '@shiming/db';
import { needsGuardian } from '@shiming/domain';
import { commitClaims } from '../allowance/allowance.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { guardHandedOver } from './activate-handed-over.ts';
import { registrationAsSubject } from './as-subject.ts';
import {
  keepUntil,
  loadRegistration,
  type Registration,
  registrationValidMs,
  requireStep,
  saveStep,
} from './draft.ts';
import { besideDraft, besideIn, type RegistrationView, viewRegistration } from './view.ts';
import { subjectHash } from '../vault/vault.ts';
import {
  type FaceChallenge,
  facesHere,
  type FaceSubject,
  giveChallenge,
} from '../face/challenge.ts';
import { compareFace, type FaceAnswer, type FaceInput } from '../face/compare.ts';
import { requireTick } from '../face/consent.ts';
import { begunClaim } from '../face/level.ts';

const subjectOf = ({ id }: Registration): FaceSubject => ({ purpose: 'activate', subject: id });

/** A registration that waits for its check, and the guards that its number is of an account that was handed over. */
async function loadForFace(ctx: Ctx, token: string | null) {
  facesHere(ctx);
  const registration = await loadRegistration(ctx, token);
  requireStep(ctx, registration, 'verify');
  const subject = await registrationAsSubject(ctx, registration);
  refuseUnless(!needsGuardian(ctx.portal, subject.identity.birthDate, today(ctx)), {
    code: 'face.not_offered',
    why: 'under_age',
  });
  return { registration, subject, guards: await guardHandedOver(ctx, registration) };
}

/**
 * E-ACT-01: begins to show a face for the account that another platform has handed over, once the mobile is proved.
 *
 * @throws AppError face.not_offered (where the number is of no such account, too), registration.not_started,
 * registration.out_of_order, input.invalid, request.too_many
 */
export async function beginFaceActivation(
  ctx: Ctx,
  token: string | null,
  input: { hasAgreed: boolean },
): Promise<FaceChallenge> {
  requireTick(input.hasAgreed);
  const { registration, guards } = await loadForFace(ctx, token);
  const { given, statements } = await giveChallenge(ctx, subjectOf(registration));
  await commitClaims(
    ctx,
    [begunClaim(ctx, registration.id)],
    [...guards, ...keepUntil(ctx, registration, given.expiresAtMs), ...statements],
  );
  return given;
}

/**
 * E-ACT-01: compares the face of whoever activates an account. A match is the check of the registration, as a window's pass is:
 * sending it off activates the account, at level 4.
 *
 * @throws AppError face.not_offered, registration.not_started, registration.out_of_order, photo.refused, face.frame_repeated,
 * face.challenge_over, face.day_limit, verification.in_progress, request.stale, input.invalid, request.too_many
 */
export async function activateByFace(
  ctx: Ctx,
  token: string | null,
  input: FaceInput,
): Promise<FaceAnswer & { registration: RegistrationView }> {
  const { registration, subject, guards } = await loadForFace(ctx, token);
  const { name, number } = subject.identity;
  const { id, answer, statements } = await compareFace(
    ctx,
    {
      ...subjectOf(registration),
      accountId: registration.id,
      person: { name, number },
      // Whoever registers with the number elsewhere uses up none of the holder's tries.
      countedFor: `${subject.countedFor}:${await subjectHash(ctx, 'address', ctx.visitor.address)}`,
      guards: [subject.condition, ...guards],
    },
    input,
  );
  const checked = { kind: 'face', sourceId: id } as const;
  const untilMs = ctx.now() + registrationValidMs;
  const saved =
    answer.outcome === 'matched'
      ? await saveStep(ctx, registration, 'verify', { checked }, { untilMs })
      : { after: registration, statements: [] };
  await commit(ctx.db, [...statements, ...saved.statements]);
  const rows = await ctx.db.batch(await besideDraft(ctx, saved.after));
  return {
    ...answer,
    registration: viewRegistration(ctx, saved.after, besideIn(ctx, saved.after, rows)),
  };
}
