import { staffTable } from '@shiming/db';
import { webCrypto } from '@shiming/providers/crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Keys, NamedKey } from '../context.ts';
import { citizenNamed } from '../testing/people.ts';
import { acceptWithPassword, staffLinkIn, staffNamed } from '../testing/staff.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { inviteStaff } from './invite.ts';
import { ownNumberIndexes, staffNames } from './person.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { signInByPassword } from './sign-in-by-password.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const newKey = (id: string): NamedKey => ({ id, key: webCrypto.randomBytes(32) });

test('ARCHITECTURE 10: what is sealed and indexed of the staff moves to new keys, and works under them alone', async () => {
  const admin = await staffNamed(world, 'administrator');
  const email = 'rev@staff.example.cn';
  const { number } = citizenNamed('林知远');
  const answers = { loginName: 'rev.01', name: '审核一', email, number };
  const { staffId } = await inviteStaff(admin.ctx, admin.staff, { ...answers, role: 'reviewer' });
  const { code, staff } = await acceptWithPassword(world, await staffLinkIn(world, email));

  const [vault, index] = [newKey('v2'), newKey('i2')];
  const rotating: Keys = {
    ...world.keys,
    vault: [vault, ...world.keys.vault],
    index: [index, ...world.keys.index],
  };
  const during = await ownNumberIndexes(world.ctx({ keys: rotating }), staff.member);
  expect(during).toHaveLength(2);
  expect(during).toContain(staff.member.numberIndex);
  expect(await rotateKeys(world.ctx({ keys: rotating }))).toBeGreaterThan(1);
  expect(await rotateKeys(world.ctx({ keys: rotating }))).toBe(0);
  const rows = JSON.stringify(await world.ctx().db.select().from(staffTable));
  expect(rows).not.toMatch(/"(?:v1|i1)[."]/);

  const after = world.ctx({ keys: { ...world.keys, vault: [vault], index: [index] } });
  expect((await staffNames(after, [staffId, 'nobody'])).get(staffId)).toBe('审核一');
  await signInByPassword(after, { loginName: 'rev.01', password: testPassword, code: code() });
});
