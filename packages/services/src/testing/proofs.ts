import { proveByPassword } from '../proof/by-password.ts';
import { applicantOf, type Applicant } from './people.ts';
import { testPassword, type TestWorld } from './world.ts';

/** The same person, who has proved who they are at the session. */
export async function proved(world: TestWorld, { ctx, signedIn }: Applicant): Promise<Applicant> {
  const { sessionToken } = await proveByPassword(ctx, signedIn, { password: testPassword });
  return applicantOf(world, sessionToken);
}
