import { attestationTable, commit, verificationTable } from '@shiming/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { citizenNamed, registerUntilContact, registerUntilReview } from '../testing/people.ts';
import { atOnce, codesOf } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { askAuthority } from '../verification/ask.ts';
import { registrationAsSubject } from './as-subject.ts';
import { loadRegistration } from './draft.ts';
import { submitRegistration } from './submit.ts';
import { authenticate } from '../session/session.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

/** Checks the four factors of a registration, as a portal does that verifies before there is an account. */
async function check(token: string, change: { name?: string } = {}) {
  const ctx = world.ctx();
  const subject = await registrationAsSubject(ctx, await loadRegistration(ctx, token));
  const { name, number, validity } = subject.identity;
  if (validity === null) throw new Error('no validity');
  const query = { check: 'four_factors', name, number, validity, ...change } as const;
  const { outcome, statements } = await askAuthority(ctx, subject, query);
  await commit(ctx.db, statements);
  return outcome;
}

test('a registration is checked before there is an account, which then has the answer in its ledger', async () => {
  const token = await registerUntilReview(world, citizenNamed('林知远'));
  expect(await check(token)).toBe('matched');
  const { db } = world.ctx();
  // Nothing is attested of nobody.
  expect(await db.$count(attestationTable)).toBe(0);
  const { sessionToken } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
  const { account, level } = (await authenticate(world.ctx(), sessionToken)) ?? {};
  expect(level).toBe(2);
  const asked = await db.select().from(verificationTable);
  expect(asked).toMatchObject([{ accountId: account?.id, status: 'matched' }]);
});

test('T-VER-02: three a day for a number, however many registrations begin with it, of ten at once too', async () => {
  const citizen = citizenNamed('方念之');
  const tokens: string[] = [];
  for (let made = 0; made < 5; made += 1) {
    tokens.push(await registerUntilContact(world.ctx(), citizen));
  }
  const { done, refused } = await atOnce(10, (at) => check(tokens[at % 5] ?? ''));
  expect(done).toEqual(['no_record', 'no_record', 'no_record']);
  const { 'verification.day_limit': over = 0, 'verification.in_progress': busy = 0 } = codesOf(
    refused,
  ) as Record<string, number>;
  expect(over + busy).toBe(7);
  expect(world.sandbox.authority.queries.get(citizen.number)).toBe(3);
});
