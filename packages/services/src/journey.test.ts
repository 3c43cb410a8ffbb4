import { citizens } from '@shiming/sandbox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registerCompletely, signInAs, applicantOf } from './testing/people.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from './testing/world.ts';
import { verify } from './verification/verify.ts';
import { viewVerification } from './verification/view.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

// A child under 14 registers with a guardian: `guardian/guardian.test.ts`.
const matching = citizens.filter(({ outcome, name }) => outcome === 'match' && name !== '江小树');

test.for(matching)(
  'T-REG-01, T-LOG-01, T-VER-06: $documentType $number registers, signs in and is verified',
  async (citizen) => {
    await registerCompletely(world, citizen);
    const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
    const { ctx, signedIn } = await applicantOf(world, sessionToken);
    const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
    const result = await verify(ctx, signedIn, { name, validityStart, validityTerm });
    expect(result.outcome).toBe('matched');
    expect(result.sessionToken).not.toBeNull();
    const again = await applicantOf(world, result.sessionToken ?? '');
    const view = await viewVerification(again.ctx, again.signedIn);
    expect(view).toMatchObject({ level: 3, remainingToday: 2 });
  },
);
