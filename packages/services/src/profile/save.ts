import { commit } from '@shiming/db';
import {
  byProfileField,
  fieldsAsked,
  isVerified,
  parseProfileAnswers,
  type Profile,
  profileField,
  profileFieldIds,
  type SomeAnswers,
} from '@shiming/domain';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless, today } from '../context.ts';
import { guardianStatements } from '../guardian/use.ts';
import { guardProfileFree } from '../cases/state.ts';
import { openIdentity, openProfile } from '../account/account.ts';
import { requireProof } from '../proof/proof.ts';
import type { SignedIn } from '../session/session.ts';

/**
 * T-PRO-01 to 03a: completes or changes the profile. Name and validity are not changed here. What was checked stays as it
 * is after verification; what was typed and never checked is corrected after a proof. Where the birth
 * date is first said here and the person is under 14, it takes a guardian's code (PIPL 31).
 *
 * @throws AppError input.invalid, proof.required, guardian.required, guardian.code_refused, profile.fixed_after_verification,
 * review.open, request.stale
 */
export async function saveProfile(
  ctx: Ctx,
  signedIn: SignedIn,
  input: SomeAnswers & { guardianCode?: string | undefined },
): Promise<void> {
  const { account } = signedIn;
  const identity = await openIdentity(ctx, account);
  const asked = fieldsAsked(ctx.portal, identity.type);
  const parsed = accepted(parseProfileAnswers(input, identity, today(ctx), asked));
  const before = await openProfile(ctx, account);
  // What another portal asked for stays.
  const profile = byProfileField((field) =>
    asked.includes(field) ? parsed[field] : (parsed[field] ?? before?.[field] ?? null),
  ) as Profile;
  if (isVerified(signedIn) && before !== null) {
    const changed = profileFieldIds
      .filter((field) => before[field] !== null && profile[field] !== before[field])
      .map(profileField);
    refuseUnless(!changed.some(({ isChecked }) => isChecked), {
      code: 'profile.fixed_after_verification',
    });
    if (changed.some(({ isFree }) => isFree !== true)) requireProof(ctx, signedIn);
  }
  const { birthDate } = identity.birthDate === null ? profile : { birthDate: null };
  const child = { accountId: account.id, number: identity.number, birthDate };
  const guardian = await guardianStatements(ctx, child, input.guardianCode);
  await commit(ctx.db, [
    guardProfileFree(ctx, account.id),
    ...guardian,
    ...(await changeAccount(ctx, account, { profile })),
    record(ctx, before === null ? 'profile.completed' : 'profile.changed', account.id),
  ]);
}
