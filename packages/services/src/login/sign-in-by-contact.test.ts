import { accountTable, commit, identifierTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountRow } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { closeAccount, restoreAccount } from '../account/close.ts';
import { type Ctx, inPortal } from '../context.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { savePassword } from '../registration/save-password.ts';
import { sendCode } from '../registration/send-code.ts';
import { authenticate } from '../session/session.ts';
import { citizenNamed, register, registerWithoutIdentity } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { signIn } from './sign-in.ts';

const mobile = '19900000077';
const email = 'zhixing@example.com';

let world: TestWorld;
let ctx: Ctx;
beforeEach(async () => {
  world = await createTestWorld();
  ctx = inPortal(world.ctx(), 'student');
});
afterEach(() => world.close());

const attempt = async (name: string, password = testPassword) =>
  signIn(ctx, { name, password, ticket: await giveTestTicket(ctx, 'login') });
const accountOf = async (token: string) => (await authenticate(ctx, token))?.account.id;
const refused = { code: 'login.refused' };

/** An account of the student portal that is signed in to by its contacts. */
const enrolled = async (contact: { mobile?: string; email?: string }) => {
  const { signedIn } = await registerWithoutIdentity(world, contact, 'student');
  return signedIn.account.id;
};

test('S-LOG-01: by mobile and by mail, however they are written, and by nothing else', async () => {
  const id = await enrolled({ mobile, email });
  for (const name of [mobile, '+86 199 0000 0077', email, ' ZhiXing@Example.com ']) {
    expect(await accountOf((await attempt(name)).sessionToken)).toBe(id);
  }
  expect(await refusalOf(attempt(citizenNamed('林知远').number))).toMatchObject({
    code: 'login.refused',
  });
});

test('X-03: a contact that opens no account is answered as one that does, for the same work', async () => {
  await enrolled({ mobile });
  // A contact of an account of another portal, which is signed in to by its number.
  await register(world, citizenNamed('林知远'));
  for (const name of [mobile, '19900000088', citizenNamed('林知远').mobile, 'nobody@example.com']) {
    const before = ctx.db.meter.roundTrips;
    const ticket = await giveTestTicket(ctx, 'login');
    const drawn = ctx.db.meter.roundTrips - before;
    const refusal = await refusalOf(signIn(ctx, { name, password: 'Lanhua-83*river', ticket }));
    expect(refusal).toEqual({ ...refused, triesLeft: 4 });
    expect(ctx.db.meter.roundTrips - before - drawn).toBe(2);
  }
});

test('a mobile that a family shares signs in to one of its accounts, and stays the contact of the others', async () => {
  const first = await enrolled({ mobile });
  const second = await enrolled({ email });
  const [account] = await ctx.db
    .select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, second));
  if (account === undefined) throw new Error('there is no account');
  const proved = { value: mobile, provedAtMs: world.nowMs() };
  await commit(ctx.db, await changeAccount(ctx, account, { contact: { mobile: proved } }));
  expect(await accountOf((await attempt(mobile)).sessionToken)).toBe(first);
  expect(await accountOf((await attempt(email)).sessionToken)).toBe(second);
});

test('S-DUP-06a: closing an account frees what it is signed in to by, and restoring it takes back what is free', async () => {
  const id = await enrolled({ mobile, email });
  const read = async () => {
    const [account] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, id));
    if (account === undefined) throw new Error('there is no account');
    return account;
  };
  await commit(ctx.db, await closeAccount(ctx, await read(), 'holder'));
  const other = await enrolled({ mobile });
  await commit(ctx.db, await restoreAccount(ctx, await read()));
  expect(await accountOf((await attempt(mobile)).sessionToken)).toBe(other);
  expect(await accountOf((await attempt(email)).sessionToken)).toBe(id);
});

test('S-REG-03: that a contact is taken reads a person who has proved it, and nobody before', async () => {
  await enrolled({ mobile });
  const ticket = await giveTestTicket(ctx, 'register');
  const { token, outcome } = await sendCode(ctx, null, { mobile, email: '', ticket });
  expect(outcome).toBe('sent');
  const code = world.sandbox.phone.lastCode(mobile) ?? '';
  const wrong = code === '000000' ? '000001' : '000000';
  expect(await refusalOf(proveContact(ctx, token, { code: wrong }))).toMatchObject({
    code: 'code.wrong',
  });
  expect(await refusalOf(proveContact(ctx, token, { code }))).toEqual({
    code: 'registration.contact_taken',
  });
  // The proof is kept: it is the account that is not made.
  const answers = { password: testPassword, passwordAgain: testPassword };
  expect((await savePassword(ctx, token, answers)).hasPassword).toBe(true);
});

test('X-02: of eight accounts with one mobile at once, one is made', async () => {
  const { done, refused: others } = await atOnce(8, () => enrolled({ mobile }));
  expect([done.length, codesOf(others)]).toEqual([1, { 'registration.contact_taken': 7 }]);
  const opening = and(eq(identifierTable.kind, 'mobile'), eq(identifierTable.signsIn, true));
  expect(await ctx.db.$count(identifierTable, opening)).toBe(1);
});

const stranger = '19900000088';
const wrong = 'Lanhua-83*river';
const refusedAs = async (name: string, password: string) => {
  const before = ctx.db.meter.roundTrips;
  const ticket = await giveTestTicket(ctx, 'login');
  const drawn = ctx.db.meter.roundTrips - before;
  const refusal = await refusalOf(signIn(ctx, { name, password, ticket }));
  return { refusal, roundTrips: ctx.db.meter.roundTrips - before - drawn };
};

describe('failures by all names of an account count together', () => {
  test('after five by one name, the right password by another gets the answer that a stranger gets', async () => {
    await enrolled({ mobile, email });
    for (let count = 0; count < 5; count += 1) {
      if (count === 3) world.advance(20_000);
      await refusedAs(email, wrong);
    }
    expect(await refusedAs(mobile, testPassword)).toEqual(await refusedAs(stranger, testPassword));
    world.advance(16 * 60_000);
    await attempt(mobile);
    // A sign-in gives the failures back.
    await refusedAs(email, wrong);
    await attempt(email);
  });

  test('twenty at once by two names use up the tries of both', async () => {
    await enrolled({ mobile, email });
    const { refused: others } = await atOnce(20, (index) =>
      attempt(index % 2 === 0 ? mobile : email, wrong),
    );
    expect(codesOf(others)).toEqual({ 'login.refused': 6, 'login.locked': 14 });
    world.advance(20_000);
    expect(await refusalOf(attempt(mobile))).toMatchObject(refused);
    expect(await refusalOf(attempt(email))).toMatchObject(refused);
  });

  test('with 300 of strangers in the hour, by whichever names, a stranger’s right password gets the answer of a wrong one', async () => {
    const id = await enrolled({ mobile, email });
    const { deviceMark } = await attempt(mobile);
    world.advance(1);
    await useUpOf(world, 'login.account_strangers', { subject: id }, 299);
    expect(await accountOf((await attempt(email)).sessionToken)).toBe(id);
    await useUpOf(world, 'login.account_strangers', { subject: id }, 1);
    expect(await refusedAs(email, testPassword)).toEqual(await refusedAs(stranger, testPassword));
    const known = { ...ctx, visitor: { ...ctx.visitor, deviceMarks: [deviceMark] } };
    const ticket = await giveTestTicket(known, 'login');
    const { sessionToken } = await signIn(known, { name: mobile, password: testPassword, ticket });
    expect(await accountOf(sessionToken)).toBe(id);
    world.advance(60 * 60_000);
    expect(await accountOf((await attempt(email)).sessionToken)).toBe(id);
  });
});
