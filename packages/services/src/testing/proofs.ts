import { sessionTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { proveByPassword } from '../proof/by-password.ts';
import { applicantOf, type Applicant } from './people.ts';
import { testPassword, type TestWorld } from './world.ts';

/** The same person, who has proved who they are at the session. */
export async function proved(world: TestWorld, { ctx, signedIn }: Applicant): Promise<Applicant> {
  const { sessionToken } = await proveByPassword(ctx, signedIn, { password: testPassword });
  return applicantOf(world, sessionToken);
}

/** The same person at the same session, whose sign-in is too long ago to be a proof. */
export async function unproved(world: TestWorld, { signedIn, sessionToken }: Applicant) {
  await world
    .ctx()
    .db.update(sessionTable)
    .set({ provedAtMs: null })
    .where(eq(sessionTable.id, signedIn.sessionId));
  return applicantOf(world, sessionToken);
}
