import { accountTable, auditTable } from '@shiming/db';
import { citizens } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { authenticate } from '../session/session.ts';
import { applicantOf, type Applicant, registerCompletely, signInAs } from '../testing/people.ts';
import { countHashes } from '../testing/hashes.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { changePassword } from './change-password.ts';

const minute = 60_000;
const newPassword = 'Shan#Yue_47x';
const [citizen, other] = citizens;
if (citizen === undefined || other === undefined) throw new Error('no citizens');

let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await registerCompletely(world, citizen);
});
afterEach(() => world.close());

const change = ({ ctx, signedIn }: Applicant, current = testPassword, password = newPassword) =>
  changePassword(ctx, signedIn, { current, password, passwordAgain: password });

test('T-PRO-05: the new password signs in, the old one does not, other sessions end, this one goes on with a new secret', async () => {
  const elsewhere = await signInAs(world.ctx(), citizen.number, testPassword);
  const bystander = await registerCompletely(world, other);
  const { sessionToken } = await change(person);
  expect(await authenticate(world.ctx(), sessionToken)).not.toBeNull();
  expect(await authenticate(world.ctx(), person.sessionToken)).toBeNull();
  expect(await authenticate(world.ctx(), elsewhere.sessionToken)).toBeNull();
  expect(await authenticate(world.ctx(), bystander.sessionToken)).not.toBeNull();
  await world.settle();
  const subjects = world.sandbox.mail.messages('someone@example.com').map((mail) => mail.subject);
  expect(subjects).toContainEqual(expect.stringContaining('密码已修改'));
  await signInAs(world.ctx(), citizen.number, newPassword);
  expect(await refusalOf(signInAs(world.ctx(), citizen.number, testPassword))).toMatchObject({
    code: 'login.refused',
  });
  const changed = await world
    .ctx()
    .db.$count(auditTable, eq(auditTable.action, 'login.password_changed'));
  expect(changed).toBe(1);
});

test('T-PRO-05: a wrong current password changes nothing, and five in a quarter of an hour are all, also at once', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () => refusalOf(change(person, 'Not-the-1-password'))),
  );
  const looked = outcomes.filter(({ code }) => code === 'input.invalid');
  expect(looked).toHaveLength(5);
  expect(looked[0]).toEqual({ code: 'input.invalid', fields: { current: 'password.wrong' } });
  expect(await refusalOf(change(person))).toMatchObject({ code: 'login.locked' });
  world.advance(15 * minute);
  const again = await applicantOf(world, person.sessionToken);
  await change(again);
});

test('T-PRO-05: of a hundred at once five look at the current password and hash the new one', async () => {
  const { counts, ctx } = countHashes(person.ctx);
  const { done } = await atOnce(100, () => change({ ...person, ctx }));
  expect(done).toHaveLength(1);
  expect(counts).toEqual({ hashed: 5, verified: 5 });
});

test('T-PRO-05: proof that was right is not counted', async () => {
  let current = testPassword;
  let { sessionToken } = person;
  for (const next of [
    'Lan-Se_1188x',
    'Hong-Ye_2299x',
    'Bai-Yun_3311x',
    'Hei-Tu_4422x',
    'Jin-Sha_5533x',
    'Qing-He_6644x',
  ]) {
    ({ sessionToken } = await change(await applicantOf(world, sessionToken), current, next));
    current = next;
  }
});

test.for([
  [{ current: '' }, { current: 'password.missing' }],
  [{ password: 'short1!', passwordAgain: 'short1!' }, { password: 'password.too_short' }],
  [{ passwordAgain: 'Another-1!' }, { passwordAgain: 'password.mismatch' }],
  [{ password: 'Abc@123456', passwordAgain: 'Abc@123456' }, { password: 'password.common' }],
  [{ password: testPassword, passwordAgain: testPassword }, { password: 'password.unchanged' }],
  [
    { password: `Xy!${citizen.number.slice(-8)}`, passwordAgain: `Xy!${citizen.number.slice(-8)}` },
    { password: 'password.personal' },
  ],
] as const)('T-REG-08: refused before any try is counted: %j', async ([given, fields]) => {
  const input = { current: testPassword, password: newPassword, passwordAgain: newPassword };
  const { ctx, signedIn } = person;
  for (let i = 0; i < 6; i += 1) {
    expect(await refusalOf(changePassword(ctx, signedIn, { ...input, ...given }))).toEqual({
      code: 'input.invalid',
      fields,
    });
  }
});

test('T-PRO-05: the two passwords before are refused, which costs no try; the third may come again', async () => {
  // Hashes that cost nothing: it is about which are compared.
  const hasher = {
    ...person.ctx.hasher,
    hash: (password: string) => Promise.resolve(`hash of ${password}`),
    verify: (password: string, hash: string) =>
      Promise.resolve({ isRight: hash === `hash of ${password}`, isOutdated: false }),
  };
  await world
    .ctx()
    .db.update(accountTable)
    .set({ passwordHash: `hash of ${testPassword}` });
  let cookie = person.sessionToken;
  let current = testPassword;
  const changeTo = async (password: string) => {
    const { ctx, signedIn } = await applicantOf(world, cookie);
    const change = { current, password, passwordAgain: password };
    cookie = (await changePassword({ ...ctx, hasher }, signedIn, change)).sessionToken;
    current = password;
  };
  const reused = { code: 'input.invalid', fields: { password: 'password.reused' } };
  await changeTo('Zhuye-47*stone');
  // With the hash of the registration, ten of the hour.
  for (const _ of [1, 2, 3, 4, 5]) expect(await refusalOf(changeTo(testPassword))).toEqual(reused);
  await changeTo('Yunwu-58*river');
  expect(await refusalOf(changeTo(testPassword))).toEqual(reused);
  await changeTo('Songlin-69*path');
  for (const _ of [1, 2]) {
    world.advance(29 * minute);
    await applicantOf(world, cookie);
    await world.settle();
  }
  world.advance(4 * minute);
  await changeTo(testPassword);
});

test('two changes at once: one wins, the other is told', async () => {
  const results = await Promise.allSettled([
    change(person, testPassword, 'Lan-Se_1188x'),
    change(person, testPassword, 'Hong-Ye_2299x'),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the database down: service.unavailable, and the old password still signs in', async () => {
  expect(
    await refusalOf(
      changePassword(withoutDatabase(person.ctx), person.signedIn, {
        current: testPassword,
        password: newPassword,
        passwordAgain: newPassword,
      }),
    ),
  ).toEqual({ code: 'service.unavailable' });
  await signInAs(world.ctx(), citizen.number, testPassword);
});
