import { citizens } from '@shiming/sandbox';
import { faceCheckTable, registrationTable, verificationTable } from '@shiming/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { discardRegistration } from './discard.ts';
import { findRegistration } from './draft.ts';
import { saveDocument } from './save-document.ts';

let world: TestWorld;
let token: string;
beforeEach(async () => {
  world = await createTestWorld();
  const [citizen] = citizens;
  if (citizen === undefined) throw new Error('no citizen');
  ({ token } = (await saveDocument(world.ctx(), null, documentAnswersOf(citizen))) as {
    token: string;
  });
});
afterEach(() => world.close());

test('PIPL 47: what was typed, and what checks said, is gone at once, also when asked twice at once', async () => {
  const { db } = world.ctx();
  const [accountId = ''] = token.split('.');
  const check = { id: 'a check', accountId, askedAtMs: world.nowMs(), status: 'matched' } as const;
  await db.insert(verificationTable).values(check);
  await db.insert(faceCheckTable).values({ ...check, purpose: 'activate', person: 'x' });
  await Promise.all([
    discardRegistration(world.ctx(), token),
    discardRegistration(world.ctx(), token),
  ]);
  for (const table of [registrationTable, verificationTable, faceCheckTable]) {
    expect(await db.$count(table)).toBe(0);
  }
});

test('nobody discards what they do not hold the secret of', async () => {
  const [id] = token.split('.');
  for (const forged of [null, '', `${id}.`, `${id}.wrong`]) {
    await discardRegistration(world.ctx(), forged);
  }
  expect(await findRegistration(world.ctx(), token)).not.toBeNull();
});

test('without a database it is service.unavailable, and the registration is there as it was', async () => {
  expect(await refusalOf(discardRegistration(withoutDatabase(world.ctx()), token))).toEqual({
    code: 'service.unavailable',
  });
  expect(await findRegistration(world.ctx(), token)).not.toBeNull();
});
