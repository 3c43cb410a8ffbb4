import { auditTable } from '@shiming/db';
import { historyEvents } from '@shiming/domain';
import { citizens } from '@shiming/sandbox';
import { expect, test } from 'vitest';
import { revealProfile } from '../profile/view.ts';
import { registerCompletely, signInAs } from '../testing/people.ts';
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
  await revealProfile(person.ctx, person.signedIn);
  const history = await listHistory(person.ctx, person.signedIn);
  expect(history.slice(0, 2)).toEqual([
    { atMs: world.nowMs(), event: 'profile.revealed' },
    { atMs: world.nowMs() - 1_000, event: 'login.signed_in' },
  ]);
  expect(history.filter(({ event }) => event === 'account.registered')).toHaveLength(1);
  const recorded = await world.ctx().db.select({ action: auditTable.action }).from(auditTable);
  const told = new Set<string>(historyEvents);
  expect(recorded.every(({ action }) => told.has(action))).toBe(true);
  await world.close();
});
