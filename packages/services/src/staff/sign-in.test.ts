import { auditTable, staffPasskeyTable, staffSessionTable, staffTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  acceptWithPassword,
  staffLinkIn,
  staffNamed,
  testAuthenticator,
  madeUpNumber,
} from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { inviteStaff } from './invite.ts';
import { authenticateStaff } from './session.ts';
import { beginPasskeySignIn, signInByPasskey } from './sign-in-by-passkey.ts';
import { signInByPassword } from './sign-in-by-password.ts';

const minute = 60_000;
const email = 'rev@staff.example.cn';
const refused = { code: 'staff.sign_in_refused' };

let world: TestWorld;
let link: string;
beforeEach(async () => {
  world = await createTestWorld();
  const { ctx, staff } = await staffNamed(world, 'administrator');
  const answers = { loginName: 'rev.01', name: '审核一', email, number: madeUpNumber() };
  await inviteStaff(ctx, staff, { ...answers, role: 'reviewer' });
  link = await staffLinkIn(world, email);
});
afterEach(() => world.close());

const whoIs = async (sessionToken: string) =>
  (await authenticateStaff(world.ctx(), sessionToken, { isSignOfLife: false }))?.member.loginName;

/** The newest record of the audit. */
async function lastRecord() {
  const rows = await world.ctx().db.select().from(auditTable);
  return rows.at(-1);
}

const signed = async (
  authenticator: Awaited<ReturnType<typeof testAuthenticator>>,
  ctx: Ctx = world.ctx(),
) => authenticator.get((await beginPasskeySignIn(ctx)).options);

describe('T-CON-01: sign-in by passkey', () => {
  test('whose passkey it is is who is signed in, and the record names them', async () => {
    const { authenticator, staff } = await acceptWithPasskey(world, link);
    const ctx = world.ctx();
    const { sessionToken } = await signInByPasskey(ctx, {
      credential: await signed(authenticator),
    });
    expect(await whoIs(sessionToken)).toBe('rev.01');
    expect(await lastRecord()).toMatchObject({
      actor: `staff:${staff.member.id}`,
      action: 'staff.signed_in',
      accountId: null,
      facts: JSON.stringify({ staffId: staff.member.id, by: 'passkey' }),
    });
  });

  test('the options are the same for everybody: nobody has said who they are', async () => {
    const before = await beginPasskeySignIn(world.ctx());
    await acceptWithPasskey(world, link);
    const after = await beginPasskeySignIn(world.ctx());
    expect({ ...after.options, challenge: '' }).toEqual({ ...before.options, challenge: '' });
    expect(after.options['allowCredentials']).toEqual([]);
  });

  test('a signature is good once, of ten at once too', async () => {
    const { authenticator } = await acceptWithPasskey(world, link);
    const credential = await signed(authenticator);
    const { done, refused: rest } = await atOnce(10, () =>
      signInByPasskey(world.ctx(), { credential }),
    );
    expect([done.length, codesOf(rest)]).toEqual([1, { 'staff.sign_in_refused': 9 }]);
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential }))).toEqual(refused);
  });

  test('a challenge is for the browser that asked, for five minutes, and ours', async () => {
    const { authenticator } = await acceptWithPasskey(world, link);
    const other = world.ctx({ visitor: { deviceId: 'device-2' } });
    const credential = await signed(authenticator);
    expect(await refusalOf(signInByPasskey(other, { credential }))).toEqual(refused);
    const late = await signed(authenticator);
    world.advance(5 * minute);
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential: late }))).toEqual(refused);
    const options = { challenge: 'A'.repeat(43), rpId: 'account.example.cn' };
    const madeUp = await authenticator.get(options);
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential: madeUp }))).toEqual(refused);
  });

  test('a copy of a passkey is refused, and the record says whose', async () => {
    const { authenticator, staff } = await acceptWithPasskey(world, link);
    authenticator.self.counter = 0;
    const credential = await signed(authenticator);
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential }))).toEqual(refused);
    expect(await lastRecord()).toMatchObject({
      actor: 'anonymous',
      action: 'staff.sign_in_refused',
      facts: JSON.stringify({ by: 'passkey', staffId: staff.member.id }),
    });
  });

  test('a passkey of nobody, of somebody disabled, and text that is no passkey are refused', async () => {
    const stranger = await signed(await testAuthenticator(world));
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential: stranger }))).toEqual(
      refused,
    );
    const { authenticator, staff } = await acceptWithPasskey(world, link);
    const { db } = world.ctx();
    await db
      .update(staffTable)
      .set({ status: 'disabled' })
      .where(eq(staffTable.id, staff.member.id));
    const credential = await signed(authenticator);
    expect(await refusalOf(signInByPasskey(world.ctx(), { credential }))).toEqual(refused);
    for (const nothing of ['', '{}', 'null']) {
      expect(await refusalOf(signInByPasskey(world.ctx(), { credential: nothing }))).toEqual(
        refused,
      );
    }
  });

  test('with the database down nobody is told anything but that', async () => {
    const { authenticator } = await acceptWithPasskey(world, link);
    const credential = await signed(authenticator);
    const down = withoutDatabase(world.ctx());
    expect(await refusalOf(signInByPasskey(down, { credential }))).toEqual({
      code: 'service.unavailable',
    });
    expect(await refusalOf(beginPasskeySignIn(down))).toEqual({ code: 'service.unavailable' });
    await signInByPasskey(world.ctx(), { credential });
  });

  test('the use is written down with the counter', async () => {
    const { authenticator } = await acceptWithPasskey(world, link);
    const { counter } = authenticator.self;
    await signInByPasskey(world.ctx(), { credential: await signed(authenticator) });
    const [passkey] = await world.ctx().db.select().from(staffPasskeyTable);
    expect(passkey).toMatchObject({ counter: counter + 1, lastUsedAtMs: world.nowMs() });
  });
});

const signIn = (
  code: string,
  change: { loginName?: string; password?: string } = {},
  ctx = world.ctx(),
) => signInByPassword(ctx, { loginName: 'rev.01', password: testPassword, code, ...change });

describe('T-CON-01: sign-in by password and code', () => {
  test('both together sign in; the name may be typed in capitals or full width', async () => {
    const { code } = await acceptWithPassword(world, link);
    const { sessionToken } = await signIn(code(), { loginName: ' ＲＥＶ.01 ' });
    expect(await whoIs(sessionToken)).toBe('rev.01');
  });

  test('neither alone does, and nobody learns which was wrong', async () => {
    const { code } = await acceptWithPassword(world, link);
    const wrong = code() === '000000' ? '000001' : '000000';
    expect(await refusalOf(signIn(wrong))).toEqual(refused);
    expect(await refusalOf(signIn(code(), { password: 'Lanhua-83*river' }))).toEqual(refused);
    world.advance(minute);
    expect(await refusalOf(signIn(code(), { loginName: 'rev.02' }))).toEqual(refused);
    await signIn(code());
  });

  test('a code counts once: neither again, nor an earlier one, nor twice at once', async () => {
    const { code } = await acceptWithPassword(world, link);
    const earlier = code();
    world.advance(30_000);
    const now = code();
    const { done, refused: rest } = await atOnce(2, () => signIn(now));
    expect([done.length, codesOf(rest)]).toEqual([1, { 'staff.sign_in_refused': 1 }]);
    expect(await refusalOf(signIn(now))).toEqual(refused);
    expect(await refusalOf(signIn(earlier))).toEqual(refused);
    world.advance(30_000);
    await signIn(code());
  });

  test('X-02: five failures at a place lock the account there, fifty at once too, and nowhere else', async () => {
    const { code } = await acceptWithPassword(world, link);
    const guesser = () => world.ctx({ visitor: { address: '198.51.100.9' } });
    const { refused: first } = await atOnce(50, () => signIn('000000', {}, guesser()));
    expect(codesOf(first)).toEqual({ 'staff.sign_in_refused': 3, 'login.locked': 47 });
    world.advance(20_000);
    const { refused: second } = await atOnce(50, () => signIn('000000', {}, guesser()));
    expect(codesOf(second)).toEqual({ 'staff.sign_in_refused': 2, 'login.locked': 48 });
    expect((await refusalOf(signIn(code(), {}, guesser()))).code).toBe('login.locked');
    await signIn(code());
  });

  test('X-03: a name that nobody has is refused for the same work', async () => {
    await acceptWithPassword(world, link);
    const workOf = async (loginName: string) => {
      const meter = { roundTrips: 0, rowsRead: 0 };
      const ctx = world.ctx({ meter });
      const work = { hashes: 0, ciphers: 0, macs: 0 };
      const watched: Ctx = {
        ...ctx,
        hasher: {
          ...ctx.hasher,
          verify: (...of) => {
            work.hashes += 1;
            return ctx.hasher.verify(...of);
          },
        },
        crypto: {
          ...ctx.crypto,
          seal: (...of) => {
            work.ciphers += 1;
            return ctx.crypto.seal(...of);
          },
          open: (...of) => {
            work.ciphers += 1;
            return ctx.crypto.open(...of);
          },
          hmac: (...of) => {
            work.macs += 1;
            return ctx.crypto.hmac(...of);
          },
        },
      };
      const refusal = await refusalOf(signIn('000000', { loginName }, watched));
      return { refusal, ...work, roundTrips: meter.roundTrips };
    };
    const known = await workOf('rev.01');
    expect(known).toMatchObject({ refusal: refused, hashes: 1, ciphers: 1, roundTrips: 2 });
    expect(await workOf('rev.02')).toEqual(known);
  });

  test('an account without a password is as unknown as no account', async () => {
    await acceptWithPasskey(world, link);
    expect(await refusalOf(signIn('000000'))).toEqual(refused);
  });

  test('what is left out is named, and nothing is counted', async () => {
    const typed = { loginName: '', password: '', code: '' };
    const answer = await refusalOf(signInByPassword(world.ctx(), typed));
    expect(answer).toEqual({
      code: 'input.invalid',
      fields: {
        loginName: 'login_name.missing',
        password: 'password.missing',
        code: 'totp_code.missing',
      },
    });
  });

  test('password, secret and session are nowhere in clear', async () => {
    const { code, sessionToken } = await acceptWithPassword(world, link);
    const { sessionToken: second } = await signIn(code());
    const texts = (await storedTexts(world)).join('\n');
    for (const token of [sessionToken, second]) {
      expect(texts).not.toContain(token.split('.')[1]);
    }
    expect(texts).not.toContain(testPassword);
    expect(texts).not.toContain(link.split('.')[1]);
    expect(texts).not.toContain(email);
    const sessions = await world.ctx().db.select().from(staffSessionTable);
    expect(sessions).toHaveLength(3);
  });
});
