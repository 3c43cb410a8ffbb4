import { accountTable, registrationTable } from '@shiming/db';
import type { Identity } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentRegistration } from '../registration/current.ts';
import { findRegistration } from '../registration/draft.ts';
import { applicantOf, citizenNamed, register, registerUntilCode } from '../testing/people.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { placeOf, seal } from '../vault/vault.ts';
import { openIdentity } from './account.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const asOnceKept = ({ name, validity, ...document }: Identity) => ({ document, name, validity });

test('an account whose identity was sealed by the release before is read as it was', async () => {
  const { ctx, signedIn, sessionToken } = await register(world, citizenNamed('林知远'));
  const { id } = signedIn.account;
  const identity = await openIdentity(ctx, signedIn.account);
  const identitySealed = await seal(
    ctx,
    placeOf(accountTable.identitySealed, id),
    asOnceKept(identity),
  );
  await ctx.db.update(accountTable).set({ identitySealed }).where(eq(accountTable.id, id));
  const again = await applicantOf(world, sessionToken);
  expect(await openIdentity(again.ctx, again.signedIn.account)).toEqual(identity);
});

test('a registration on its way from the release before goes on', async () => {
  const ctx = world.ctx();
  const { token } = await registerUntilCode(world, citizenNamed('周子涵'), ctx);
  const before = await currentRegistration(ctx, token);
  const registration = await findRegistration(ctx, token);
  if (!registration?.draft.document) throw new Error('no draft');
  const { id, draft } = registration;
  const once = { ...draft, document: asOnceKept(registration.draft.document) };
  const draftSealed = await seal(ctx, `registration.draft:${id}`, once);
  await ctx.db.update(registrationTable).set({ draftSealed }).where(eq(registrationTable.id, id));
  expect(await currentRegistration(ctx, token)).toEqual(before);
  expect(before?.identity).toMatchObject({ name: '周子涵', birthDate: '1988-08-08' });
});
