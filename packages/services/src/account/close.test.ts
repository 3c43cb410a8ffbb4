import { accountTable, attestationTable, commit, identifierTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  citizenNamed,
  identifyAs,
  register,
  registerUnproved,
  setEmailProved,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { changeAccount } from './change.ts';
import { accountRow } from './account.ts';
import { closeAccount, restoreAccount } from './close.ts';

const citizen = citizenNamed('林知远');

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

async function accountNow(id: string) {
  const found = await world
    .ctx()
    .db.select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, id));
  const [account] = found;
  if (account === undefined) throw new Error('there is no account');
  return account;
}
const commitNow = async (statements: Promise<unknown>) =>
  commit(world.ctx().db, (await statements) as never);
const close = async (id: string) =>
  commitNow(closeAccount(world.ctx(), await accountNow(id), 'owner'));
const restore = async (id: string) => commitNow(restoreAccount(world.ctx(), await accountNow(id)));

test('an account is closed with all that was attested of it, and one act restores all of it', async () => {
  const { signedIn } = await register(world, citizen);
  const { id } = signedIn.account;
  await attestFor(world, id, 'manual_review');
  await world.ctx().db.update(attestationTable).set({ revokedAtMs: 1 });
  await attestFor(world, id);
  world.advance(61_000);
  await close(id);
  expect((await standingOfAccount(world, id)).level).toBe(1);
  const opening = await world.ctx().db.$count(identifierTable, eq(identifierTable.signsIn, true));
  expect(opening).toBe(0);
  expect(await refusalOf(identifyAs(world.ctx(), citizen))).toMatchObject({
    code: 'recovery.no_match',
  });
  await restore(id);
  // What had been revoked before stays so.
  expect((await standingOfAccount(world, id)).attested).toMatchObject({ kind: 'four_factors' });
  expect(await world.ctx().db.$count(attestationTable, eq(attestationTable.revokedAtMs, 1))).toBe(
    1,
  );
  await signInAs(world.ctx(), citizen.number, testPassword);
  expect(await world.ctx().db.all('select * from cancellation')).toEqual([]);
});

test('an account that changed since it was read is not closed, and none restored whose number has another', async () => {
  const { ctx, signedIn } = await register(world, citizen);
  const { account } = signedIn;
  await commitNow(changeAccount(ctx, account, {}));
  const stale = commitNow(closeAccount(ctx, account, 'owner'));
  expect(await refusalOf(stale)).toEqual({ code: 'request.stale' });
  await close(account.id);
  world.advance(61_000);
  await register(world, citizen);
  expect(await refusalOf(restore(account.id))).toEqual({ code: 'account.number_taken' });
  expect((await accountNow(account.id)).status).toBe('closed');
});

test('T-REG-16a: who never proved a mail address reads by text message that the account was closed', async () => {
  const texts = () => world.sandbox.phone.messages(citizen.mobile).map(({ text }) => text);
  const { id } = (await registerUnproved(world, citizen)).signedIn.account;
  await close(id);
  await world.settle();
  expect(texts().at(-1)).toContain('您的账号已关闭，证件号码可以重新注册');
  expect(texts().at(-1)).not.toMatch(/\d/);
  const before = texts().length;
  await restore(id);
  await setEmailProved(world, id, world.nowMs());
  await close(id);
  await world.settle();
  expect(texts()).toHaveLength(before);
  expect(world.sandbox.mail.messages(testEmail).at(-1)?.text).toContain('已关闭');
});

test('restored eight times at once: one restores it', async () => {
  const { signedIn } = await register(world, citizen);
  const { id } = signedIn.account;
  await close(id);
  const read = await accountNow(id);
  const { done, refused } = await atOnce(8, () => commitNow(restoreAccount(world.ctx(), read)));
  expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 7 }]);
});
