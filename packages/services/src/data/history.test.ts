import { auditTable, serviceDisclosureTable } from '@shiming/db';
import { historyEvents } from '@shiming/domain';
import { citizens } from '@shiming/sandbox';
import { expect, test } from 'vitest';
import { revealProfile } from '../profile/view.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { registerCompletely, signInAs } from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword } from '../testing/world.ts';
import { listHistory } from './history.ts';

test('X-01: a person reads what was done with the own account, newest first, and nothing of others', async () => {
  const world = await createTestWorld();
  const [citizen, other] = citizens;
  if (citizen === undefined || other === undefined) throw new Error('no citizens');
  const person = await registerCompletely(world, citizen);
  await registerCompletely(world, other);
  world.advance(1_000);
  await signInAs(world.ctx(), citizen.number, testPassword);
  world.advance(1_000);
  const { ctx, signedIn } = await proved(world, person);
  world.advance(1_000);
  await revealProfile(ctx, signedIn);
  const history = await listHistory(ctx, signedIn);
  expect(history.slice(0, 3)).toEqual([
    { atMs: world.nowMs(), event: 'profile.revealed' },
    { atMs: world.nowMs() - 1_000, event: 'proof.given' },
    { atMs: world.nowMs() - 2_000, event: 'login.signed_in' },
  ]);
  expect(history.filter(({ event }) => event === 'account.registered')).toHaveLength(1);
  const told = { portal: 'teacher', service: 'certification', fields: ['name'], level: 3 } as const;
  const accountId = signedIn.account.id;
  await ctx.db
    .insert(serviceDisclosureTable)
    .values({ id: 'one', accountId, ...told, atMs: world.nowMs() + 1 });
  expect((await listHistory(ctx, signedIn))[0]).toMatchObject({
    event: 'service.received',
    received: { service: { zh: '教师资格认定' }, fields: ['name'], level: 3 },
  });
  const recorded = await world.ctx().db.select({ action: auditTable.action }).from(auditTable);
  // A password that was tried is told by what comes of it.
  const listed = new Set<string>([...historyEvents, 'login.password_proof']);
  expect(recorded.every(({ action }) => listed.has(action))).toBe(true);
  await world.close();
});

test('without a database it is service.unavailable', async () => {
  const world = await createTestWorld();
  const [citizen] = citizens;
  if (citizen === undefined) throw new Error('no citizens');
  const { ctx, signedIn } = await registerCompletely(world, citizen);
  expect(await refusalOf(listHistory(withoutDatabase(ctx), signedIn))).toEqual({
    code: 'service.unavailable',
  });
  await world.close();
});
