import { accountTable, commit, identifierTable } from '@shiming/db';
import { webCrypto } from '@shiming/providers/crypto';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountRow, openIdentity } from '../account/account.ts';
import { isOneOfNumbers } from '../account/identifiers.ts';
import { changeAccount } from '../account/change.ts';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { settleNumberClaims } from '../claim/settle.ts';
import { inPortal } from '../context.ts';
import { exportData } from '../data/export.ts';
import { findAccount } from '../help-desk/find.ts';
import { viewAccount } from '../help-desk/view.ts';
import { attestFor } from '../testing/attestations.ts';
import { type Applicant, applicantOf, registerWithoutIdentity } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { ownNumberIndexes } from '../staff/person.ts';
import { staffNamed } from '../testing/staff.ts';
import { importAccounts } from '../legacy/import-accounts.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { giveIdentity } from './give.ts';

// A five-star card and the card of 2017 of somebody who does not exist, and another five-star card.
const present = '91199920050301001X';
const earlier = 'UTO110105030112';
const another = '93199919991231002X';
const both = { number: present, earlierNumber: earlier };
const taken = { code: 'registration.number_taken' };
const earlierTaken = { code: 'input.invalid', fields: { earlierNumber: 'earlier_number.taken' } };

let world: TestWorld;
let mobiles = 0;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const person = () =>
  registerWithoutIdentity(
    world,
    { mobile: `199000${String((mobiles += 1)).padStart(5, '0')}` },
    'student',
  );
const give = (
  { ctx, signedIn }: Applicant,
  typed: { number: string; earlierNumber?: string; claimsNumber?: boolean },
) =>
  giveIdentity(inPortal(ctx, 'student'), signedIn, {
    documentType: 'permanent_residence_card',
    name: '李安娜',
    validityStart: { year: '2024', month: '1', day: '2' },
    validityTerm: '10',
    hasConsented: true,
    ...typed,
  });
const refused = async (typed: Parameters<typeof give>[1]) => refusalOf(give(await person(), typed));
const opening = async () => {
  const rows = await world
    .ctx()
    .db.select({ accountId: identifierTable.accountId, kind: identifierTable.kind })
    .from(identifierTable)
    .where(eq(identifierTable.signsIn, true));
  return rows.filter(({ kind }) => kind.endsWith('_number'));
};
const owners = async () => new Set((await opening()).map(({ accountId }) => accountId));
const idsOf = (...people: Applicant[]) =>
  new Set(people.map(({ signedIn }) => signedIn.account.id));
const accountNow = async (id: string) => {
  const [account] = await world
    .ctx()
    .db.select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, id));
  if (account === undefined) throw new Error('no account');
  return account;
};

test('DOMAIN 1.6: either number finds the one account of its holder', async () => {
  const owner = await person();
  await give(owner, both);
  expect(await refused({ number: earlier })).toEqual(taken);
  expect(await refused({ number: present })).toEqual(taken);
  expect(await refused({ number: present, earlierNumber: 'uto 1101 0503 0112' })).toEqual(taken);
  const { ctx, staff } = await staffNamed(world, 'reviewer');
  const found = { outcome: 'found', accountId: owner.signedIn.account.id };
  expect(await findAccount(ctx, staff, { search: earlier })).toEqual(found);
  expect(await findAccount(ctx, staff, { search: present })).toEqual(found);
  expect(await refused({ ...both, number: '912999200503010010' })).toEqual(earlierTaken);
});

test('X-01a: a member of the staff who has the earlier card does not work on the own account', async () => {
  const owner = await person();
  await give(owner, both);
  const { ctx, staff } = await staffNamed(world, 'senior', { number: earlier });
  const { id } = owner.signedIn.account;
  expect(await findAccount(ctx, staff, { search: present })).toEqual({ outcome: 'own' });
  expect(await refusalOf(viewAccount(ctx, staff, { accountId: id }))).toEqual({
    code: 'help_desk.own_account',
  });
  const own = await ownNumberIndexes(ctx, staff.member);
  expect(await ctx.db.$count(accountTable, isOneOfNumbers(accountTable.id, own))).toBe(1);
  expect(await ctx.db.$count(accountTable, isOneOfNumbers(accountTable.id, ['x']))).toBe(0);
});

test('what was registered by the earlier card is found by the present one that prints it', async () => {
  await give(await person(), { number: earlier });
  expect(await refused(both)).toEqual(earlierTaken);
});

test('E-ACT-01: of accounts that are imported, one with the number of somebody’s earlier card is there, and the others come', async () => {
  await give(await person(), both);
  const cards = [earlier, 'KAZ110090123105'].map((number) => ({
    identity: {
      type: 'permanent_residence_card' as const,
      number,
      name: '李安娜',
      birthDate: '2005-03-01',
      sex: 'female' as const,
      region: null,
      validity: null,
    },
    contact: { email: '', mobile: '' },
    registeredAtMs: world.nowMs(),
  }));
  const ctx = inPortal(world.ctx(), 'student');
  expect(await importAccounts(ctx, cards)).toEqual({ imported: 1, existing: 1 });
});

test('it is one that the card can print', async () => {
  for (const [typed, reason] of [
    ['12345', 'earlier_number.format'],
    [another, 'earlier_number.format'],
    ['UTO110105030113', 'document_number.check_digit'],
    ['UTO110105030125', 'earlier_number.differs'],
    ['KAZ110090123105', 'earlier_number.differs'],
  ] as const) {
    expect(await refused({ number: present, earlierNumber: typed })).toEqual({
      code: 'input.invalid',
      fields: { earlierNumber: reason },
    });
  }
  // The earlier card prints none.
  await give(await person(), { number: 'KAZ110090123105', earlierNumber: earlier });
  expect(await opening()).toHaveLength(1);
});

test('of ten at once who give one number, as theirs or as the one before, one gets it', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, person));
  const { done, refused: no } = await atOnce(10, async (index) => {
    const each = people[index];
    if (each !== undefined) await give(each, index % 2 === 0 ? both : { number: earlier });
  });
  expect([done.length, no.length]).toEqual([1, 9]);
  const codes = new Set(['registration.number_taken', 'input.invalid']);
  expect(Object.keys(codesOf(no)).filter((code) => !codes.has(code))).toEqual([]);
  expect((await owners()).size).toBe(1);
});

test('it moves to a new key with the rest, is in the export, and goes with another document', async () => {
  const owner = await person();
  await give(owner, both);
  const key = { id: 'v2', key: webCrypto.randomBytes(32) };
  const keys = {
    ...world.keys,
    vault: [key, ...world.keys.vault] as const,
    index: [{ id: 'i2', key: webCrypto.randomBytes(32) }, ...world.keys.index] as const,
  };
  await rotateKeys(world.ctx({ keys }));
  const moved = await world
    .ctx()
    .db.select()
    .from(identifierTable)
    .where(and(eq(identifierTable.kind, 'earlier_number')));
  expect(moved[0]?.index).toMatch(/^i2/);
  const { signedIn } = await applicantOf(world, owner.sessionToken);
  const ctx = inPortal(world.ctx({ keys }), 'student');
  const proved = { ...signedIn, provedAtMs: world.nowMs() };
  expect((await exportData(ctx, proved)).identity).toMatchObject({ earlierNumber: earlier });
  const account = await accountNow(signedIn.account.id);
  const identity = { ...(await openIdentity(ctx, account)), number: another };
  await commit(ctx.db, await changeAccount(ctx, account, { identity, earlierNumber: null }));
  expect((await opening()).map(({ kind }) => kind)).toEqual(['document_number']);
});

test('closing the account frees both numbers, and restoring it takes both back or nothing', async () => {
  const owner = await person();
  await give(owner, both);
  const { id } = owner.signedIn.account;
  const ctx = world.ctx();
  await commit(ctx.db, await closeAccount(ctx, await accountNow(id), 'owner'));
  expect(await opening()).toEqual([]);
  const restore = async () => commit(ctx.db, await restoreAccount(ctx, await accountNow(id)));
  await restore();
  expect(await opening()).toHaveLength(2);
  await commit(ctx.db, await closeAccount(ctx, await accountNow(id), 'owner'));
  await give(await person(), { number: earlier });
  expect(await refusalOf(restore())).toEqual({ code: 'account.number_taken' });
});

test('S-DUP-02: a claim rests on the number that can be checked: nothing is claimed by an earlier one', async () => {
  const holder = await person();
  await give(holder, { number: earlier });
  expect(await refused({ ...both, claimsNumber: true })).toEqual({ code: 'request.stale' });
  const other = await person();
  await give(other, { number: present });
  const owner = await person();
  await give(owner, { ...both, claimsNumber: true });
  expect(await owners()).toEqual(idsOf(holder, other));
  const { id } = owner.signedIn.account;
  await attestFor(world, id);
  await settleNumberClaims(world.ctx());
  world.advance(8 * 24 * 3_600_000);
  await settleNumberClaims(world.ctx());
  expect(await owners()).toEqual(idsOf(holder, owner));
});

test('S-DUP-04: a claim takes both numbers from the account that has them, and the claimed one is the claimant’s', async () => {
  const holder = await person();
  await give(holder, both);
  const owner = await person();
  await give(owner, { number: earlier, claimsNumber: true });
  const { id } = owner.signedIn.account;
  await attestFor(world, id);
  await settleNumberClaims(world.ctx());
  world.advance(8 * 24 * 3_600_000);
  await settleNumberClaims(world.ctx());
  expect((await opening()).map(({ accountId }) => accountId)).toEqual([id]);
});
