import { auditTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemCtx } from '../context.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { findClient } from './clients.ts';
import { registerService } from './register.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const registration = {
  redirectUris: ['https://service.example.cn/callback'],
  postLogoutRedirectUris: [],
  startUri: null,
  jwks: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x: 'x', y: 'y' }] },
};
const certification = { portal: 'teacher', service: 'certification' };

test('a service is registered and changed, and the audit says with which addresses', async () => {
  const ctx = systemCtx(world.ctx(), 'service-register');
  await registerService(ctx, { ...certification, registration });
  const next = { ...registration, redirectUris: ['https://service.example.cn/next'] };
  const { clientId } = await registerService(ctx, { ...certification, registration: next });
  expect(await findClient(ctx, clientId)).toMatchObject({ portal: 'teacher', registration: next });
  const rows = await ctx.db
    .select({ facts: auditTable.facts })
    .from(auditTable)
    .where(eq(auditTable.action, 'service.registered'));
  expect(rows.map(({ facts }) => JSON.stringify(facts))).toEqual([
    expect.stringContaining('service.example.cn/callback'),
    expect.stringContaining('service.example.cn/next'),
  ]);
});

test('only what the portal has as another system is registered', async () => {
  const ctx = systemCtx(world.ctx(), 'service-register');
  for (const other of [
    { portal: 'teacher', service: 'nowhere' },
    { portal: 'nowhere', service: 'certification' },
    // A page of the portal itself.
    { portal: 'student', service: 'archive' },
  ]) {
    await expect(registerService(ctx, { ...other, registration })).rejects.toThrow('no service');
    expect(
      await findClient(ctx, other.service === 'certification' ? 'x' : other.service),
    ).toBeNull();
  }
});
