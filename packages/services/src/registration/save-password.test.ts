import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { countHashes } from '../testing/hashes.ts';
import { askForCode, citizenNamed, registerUntilContact } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { saveDocument } from './save-document.ts';
import { savePassword } from './save-password.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const citizen = citizenNamed('林知远');
const begin = async () =>
  (await saveDocument(world.ctx(), null, documentAnswersOf(citizen))).token ?? '';
const save = (token: string, password: string, passwordAgain = password, ctx = world.ctx()) =>
  savePassword(ctx, token, { password, passwordAgain });

test('T-REG-08: a good password is kept, and never given back', async () => {
  const token = await begin();
  await save(token, testPassword);
  const registration = await currentRegistration(world.ctx(), token);
  expect(registration).toMatchObject({ step: 'contact', hasPassword: true });
  expect(JSON.stringify(registration)).not.toMatch(/argon2|Lanhua/);
});

test.for([
  ['', 'password', 'password.missing'],
  ['Ab1!', 'password', 'password.too_short'],
  ['Lanhua-82＊river', 'password', 'password.full_width'],
  ['Woaini1314!', 'password', 'password.common'],
  ['Ab-19950815', 'password', 'password.personal'],
  ['Zx!199508150119', 'password', 'password.personal'],
] as const)('T-REG-08: %s is refused: %s %s', async ([password, field, reason]) => {
  const token = await begin();
  expect(await refusalOf(save(token, password))).toEqual({
    code: 'input.invalid',
    fields: { [field]: reason },
  });
  expect(await currentRegistration(world.ctx(), token)).toMatchObject({ hasPassword: false });
});

test('T-REG-08: two that differ are refused at the second', async () => {
  expect(await refusalOf(save(await begin(), testPassword, `${testPassword}!`))).toEqual({
    code: 'input.invalid',
    fields: { passwordAgain: 'password.mismatch' },
  });
});

test('T-REG-08: once the contact is known, a password made from it is refused', async () => {
  const token = await registerUntilContact(world.ctx(), citizen);
  await save(token, 'Zx-19900000001');
  await askForCode(world.ctx(), token, citizen.mobile);
  const personal = { code: 'input.invalid', fields: { password: 'password.personal' } };
  expect(await refusalOf(save(token, 'Zx-19900000001'))).toEqual(personal);
  expect(await refusalOf(save(token, 'Someone-2026'))).toEqual(personal);
  await save(token, testPassword);
});

test('sent twice at once, one is kept and the other is told that it is stale', async () => {
  const token = await begin();
  const { done, refused } = await atOnce(2, () => save(token, testPassword));
  expect(done).toHaveLength(1);
  expect(codesOf(refused)).toEqual({ 'request.stale': 1 });
});

test('T-REG-08: of a hundred at once ten are hashed, and an hour later there are ten more', async () => {
  const token = await begin();
  const { counts, ctx } = countHashes(world.ctx());
  const all = await atOnce(100, () => save(token, testPassword, testPassword, ctx));
  expect(counts.hashed).toBe(10);
  expect(codesOf(all.refused)).toMatchObject({ 'request.too_many': 90 });
  world.advance(3_600_000);
  await atOnce(20, () => save(token, testPassword, testPassword, ctx));
  expect(counts.hashed).toBe(20);
});

test('without a database it is service.unavailable', async () => {
  const work = save(await begin(), testPassword, testPassword, withoutDatabase(world.ctx()));
  expect(await refusalOf(work)).toEqual({ code: 'service.unavailable' });
});
