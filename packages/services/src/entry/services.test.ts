import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveConsent } from '../data/consents.ts';
import { applicantOf, citizenNamed, register, registerCompletely } from '../testing/people.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { enterService, listServices } from './services.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const service = { serviceId: 'certification' };

test('T-ENT-01: everybody sees the two services, and that a stranger cannot be told whether they are open', () => {
  expect(
    listServices(world.ctx(), null).map(({ id, name, level, isOpen }) => [
      id,
      name.zh,
      level,
      isOpen,
    ]),
  ).toEqual([
    ['certification', '教师资格认定', 3, null],
    ['periodic-registration', '中小学教师资格定期注册', 3, null],
  ]);
});

test('T-ENT-03: the gate stays shut without profile and without verification, and opens after it', async () => {
  const citizen = citizenNamed('林知远');
  const incomplete = await register(world, citizenNamed('沈秀兰'));
  expect(() => enterService(incomplete.ctx, incomplete.signedIn, service)).toThrow(
    'profile.incomplete',
  );
  const { ctx, signedIn } = await registerCompletely(world, citizen);
  expect(listServices(ctx, signedIn).map(({ isOpen }) => isOpen)).toEqual([false, false]);
  expect(() => enterService(ctx, signedIn, service)).toThrow('service.not_verified');

  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const { sessionToken } = await verify(ctx, signedIn, { name, validityStart, validityTerm });
  const asked = await applicantOf(world, sessionToken ?? '');
  expect(() => enterService(ctx, asked.signedIn, service)).toThrow('consent.required');
  await giveConsent(ctx, asked.signedIn, { kind: 'service', ...service, hasAgreed: false });
  const verified = await applicantOf(world, sessionToken ?? '');
  expect(() =>
    enterService(ctx, verified.signedIn, { serviceId: 'periodic-registration' }),
  ).toThrow('consent.required');
  expect(listServices(ctx, verified.signedIn).map(({ isOpen }) => isOpen)).toEqual([true, true]);
  expect(enterService(ctx, verified.signedIn, service)).toMatchObject({
    id: 'certification',
    isOpen: true,
  });
  expect(() => enterService(ctx, verified.signedIn, { serviceId: 'x' })).toThrow(
    'request.not_found',
  );
});
