import type { Citizen } from '@shiming/sandbox';
import { appErrorIn } from '@shiming/domain';
import { saveProfile } from '../profile/save.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { submitRegistration } from '../registration/submit.ts';
import { applicantOf, profileAnswersOf, registerUntilCode } from './people.ts';
import type { TestWorld } from './world.ts';

/** Somebody who has registered a number that has an account, and claims it; with a complete profile. */
export async function claimantOf(world: TestWorld, citizen: Citizen, mobile: string) {
  const ctx = world.ctx();
  const { token, code } = await registerUntilCode(world, { ...citizen, mobile }, ctx);
  await proveContact(ctx, token, { code }).catch((error: unknown) => {
    if (appErrorIn(error)?.data.code !== 'registration.number_taken') throw error;
  });
  const { sessionToken, claimNumber } = await submitRegistration(ctx, token, {
    hasAgreed: true,
    claimsNumber: true,
  });
  const { ctx: own, signedIn } = await applicantOf(world, sessionToken);
  await saveProfile(own, signedIn, profileAnswersOf(citizen));
  return { ...(await applicantOf(world, sessionToken)), claimNumber: claimNumber ?? '' };
}
