import { auditTable, staffSessionTable, staffTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countHashes } from '../testing/hashes.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  acceptWithPassword,
  appCode,
  staffLinkIn,
  staffNamed,
  staffOf,
  testAuthenticator,
  type TestStaff,
  madeUpNumber,
} from '../testing/staff.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { inviteStaff } from './invite.ts';
import { recoverStaff } from './manage.ts';
import { addPasskey, beginPasskey, listPasskeys, removePasskey } from './own-passkeys.ts';
import { beginTotpChange, changeStaffPassword, changeTotp } from './own-password.ts';
import { describeStaff, endStaffSession, listStaffSessions, signOutStaff } from './own-sessions.ts';
import { beginPasskeyProof, proveStaffByPasskey, proveStaffByPassword } from './prove.ts';
import { authenticateStaff, requireStaffProof } from './session.ts';
import { beginPasskeySignIn, signInByPasskey } from './sign-in-by-passkey.ts';
import { signInByPassword } from './sign-in-by-password.ts';

const minute = 60_000;
const email = 'rev@staff.example.cn';

let world: TestWorld;
let admin: TestStaff;
let link: string;
beforeEach(async () => {
  world = await createTestWorld();
  admin = await staffNamed(world, 'administrator');
  const answers = { loginName: 'rev.01', name: '审核一', email, number: madeUpNumber() };
  await inviteStaff(admin.ctx, admin.staff, { ...answers, role: 'reviewer' });
  link = await staffLinkIn(world, email);
});
afterEach(() => world.close());

const ask = async (token: string, isSignOfLife = true) => {
  const staff = await authenticateStaff(world.ctx(), token, { isSignOfLife });
  await world.settle();
  return staff;
};

describe('T-CON-01: a session of the console', () => {
  test('ends after 15 minutes without a sign of life; questions are none', async () => {
    const { sessionToken } = admin;
    world.advance(14 * minute);
    expect(await ask(sessionToken)).not.toBeNull();
    world.advance(14 * minute);
    expect(await ask(sessionToken, false)).not.toBeNull();
    world.advance(minute);
    expect(await ask(sessionToken, false)).toBeNull();
    expect(await ask(sessionToken)).toBeNull();
  });

  test('ends after ten hours, whatever is done', async () => {
    const { sessionToken } = admin;
    for (let passed = 0; passed < 10 * 60 - 10; passed += 10) {
      expect(await ask(sessionToken)).not.toBeNull();
      world.advance(10 * minute);
    }
    expect(await ask(sessionToken)).toMatchObject({ endsAtMs: world.nowMs() + 10 * minute });
    world.advance(10 * minute);
    expect(await ask(sessionToken)).toBeNull();
  });

  test('is opened by its secret alone, and not by one of applicants', async () => {
    const [id = '', secret = ''] = admin.sessionToken.split('.');
    for (const token of [null, '', id, `${id}.`, `${id}.${'A'.repeat(secret.length)}`, '.x']) {
      expect(await authenticateStaff(world.ctx(), token, { isSignOfLife: true })).toBeNull();
    }
  });

  test('shows who it is, and until when; nobody is null', async () => {
    expect(await describeStaff(world.ctx(), admin.sessionToken)).toMatchObject({
      view: {
        id: admin.staff.member.id,
        name: '审核一',
        role: 'administrator',
        endsAtMs: world.nowMs() + 15 * minute,
        provedUntilMs: world.nowMs() + 10 * minute,
        ways: { passkey: false, password: false },
      },
      sessionToken: null,
    });
    expect(await describeStaff(world.ctx(), null)).toBeNull();
  });

  test('one ends one of one’s own, never somebody else’s', async () => {
    const first = await acceptWithPasskey(world, link);
    const options = (await beginPasskeySignIn(world.ctx())).options;
    const credential = await first.authenticator.get(options);
    const second = await signInByPasskey(world.ctx(), { credential });
    const sessions = await listStaffSessions(first.ctx, first.staff);
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions).toHaveLength(2);

    const [adminSession = ''] = admin.sessionToken.split('.');
    await endStaffSession(first.ctx, first.staff, { sessionId: adminSession });
    expect(await ask(admin.sessionToken)).not.toBeNull();
    const [other = ''] = second.sessionToken.split('.');
    await endStaffSession(first.ctx, first.staff, { sessionId: other });
    expect([await ask(second.sessionToken), (await ask(first.sessionToken)) !== null]).toEqual([
      null,
      true,
    ]);
    await signOutStaff(first.ctx, first.staff);
    expect(await ask(first.sessionToken)).toBeNull();
    expect(await refusalOf(signOutStaff(withoutDatabase(admin.ctx), admin.staff))).toEqual({
      code: 'service.unavailable',
    });
  });
});

const isProved = ({ ctx, staff }: TestStaff) => {
  try {
    requireStaffProof(ctx, staff);
    return true;
  } catch {
    return false;
  }
};

describe('T-CON-01: risky acts want another proof after ten minutes', () => {
  test('by passkey: the cookie is a new one, and the old one is void', async () => {
    const member = await acceptWithPasskey(world, link);
    expect(isProved(member)).toBe(true);
    world.advance(10 * minute);
    expect(isProved(member)).toBe(false);
    const { options } = await beginPasskeyProof(member.ctx, member.staff);
    expect(options['allowCredentials']).toMatchObject([{ id: member.authenticator.id }]);
    const credential = await member.authenticator.get(options);
    const { sessionToken } = await proveStaffByPasskey(member.ctx, member.staff, { credential });
    // Until the new one is used the old one opens the session, without the proof: an answer may be lost.
    expect(isProved(await staffOf(world, member.sessionToken))).toBe(false);
    const renewed = await staffOf(world, sessionToken);
    expect(isProved(renewed)).toBe(true);
    expect(await ask(member.sessionToken)).toBeNull();
    expect(
      await refusalOf(proveStaffByPasskey(renewed.ctx, renewed.staff, { credential })),
    ).toEqual({ code: 'staff.passkey_refused' });
  });

  test('whose answer was lost: the page that starts again is given the new cookie, without the proof', async () => {
    const member = await acceptWithPassword(world, link);
    const typed = { password: testPassword, code: member.code() };
    const { sessionToken } = await proveStaffByPassword(member.ctx, member.staff, typed);
    world.advance(minute - 1);
    expect(await describeStaff(world.ctx(), member.sessionToken)).toMatchObject({ sessionToken });
    const renewed = await staffOf(world, sessionToken);
    expect(isProved(renewed)).toBe(false);
    expect(await listStaffSessions(renewed.ctx, renewed.staff)).toHaveLength(1);
    expect(await describeStaff(world.ctx(), member.sessionToken)).toBeNull();
  });

  test('a signature for signing in is no proof, nor is a passkey of somebody else', async () => {
    const member = await acceptWithPasskey(world, link);
    const refused = { code: 'staff.passkey_refused' };
    const prove = (credential: string, who: TestStaff = member) =>
      refusalOf(proveStaffByPasskey(who.ctx, who.staff, { credential }));
    const forSignIn = await beginPasskeySignIn(world.ctx());
    expect(await prove(await member.authenticator.get(forSignIn.options))).toEqual(refused);
    const forAdmin = await beginPasskeyProof(admin.ctx, admin.staff);
    expect(await prove(await member.authenticator.get(forAdmin.options), admin)).toEqual(refused);
    expect(await prove('{}')).toEqual(refused);
  });

  test('by password and code; five wrong ones lock it, fifty at once too', async () => {
    const member = await acceptWithPassword(world, link);
    const prove = (code: string) =>
      proveStaffByPassword(member.ctx, member.staff, { password: testPassword, code });
    const { refused } = await atOnce(50, () => prove('000000'));
    expect(codesOf(refused)).toEqual({ 'staff.sign_in_refused': 5, 'login.locked': 45 });
    expect((await refusalOf(prove(member.code()))).code).toBe('login.locked');
  });

  test('of three right proofs at once one counts, and its cookie is the good one', async () => {
    const member = await acceptWithPassword(world, link);
    const typed = { password: testPassword, code: member.code() };
    const { done, refused } = await atOnce(3, () =>
      proveStaffByPassword(member.ctx, member.staff, typed),
    );
    expect([done.length, refused.length]).toEqual([1, 2]);
    expect(await ask(done[0]?.sessionToken ?? '')).not.toBeNull();
    expect(await ask(member.sessionToken)).toBeNull();
  });

  test('a proof does not wake a session that was idle for too long', async () => {
    const member = await acceptWithPassword(world, link);
    world.advance(15 * minute);
    const typed = { password: testPassword, code: member.code() };
    expect(await refusalOf(proveStaffByPassword(member.ctx, member.staff, typed))).toEqual({
      code: 'request.stale',
    });
  });

  test('what is left out is named, and not counted', async () => {
    const member = await acceptWithPassword(world, link);
    const answer = await refusalOf(
      proveStaffByPassword(member.ctx, member.staff, { password: '', code: '１２ 3' }),
    );
    expect(answer).toEqual({
      code: 'input.invalid',
      fields: { password: 'password.missing', code: 'totp_code.wrong' },
    });
  });

  test('a session that was ended meanwhile stays ended', async () => {
    const member = await acceptWithPassword(world, link);
    await signOutStaff(member.ctx, member.staff);
    const typed = { password: testPassword, code: member.code() };
    expect(await refusalOf(proveStaffByPassword(member.ctx, member.staff, typed))).toEqual({
      code: 'request.stale',
    });
    const sessions = await world.ctx().db.select().from(staffSessionTable);
    expect(sessions.filter(({ endedAtMs }) => endedAtMs === null)).toHaveLength(1);
  });
});

async function add(member: TestStaff, label = '') {
  const device = await testAuthenticator(world);
  const { options } = await beginPasskey(member.ctx, member.staff);
  const credential = await device.create(options);
  await addPasskey(member.ctx, member.staff, { credential, label });
  return { device, credential };
}

describe('T-CON-01: one’s own passkeys', () => {
  test('another one signs in too, under the name that was given, and is made once', async () => {
    const member = await acceptWithPasskey(world, link);
    const { device, credential } = await add(member, '  办公室\u0000电脑  ');
    const passkeys = await listPasskeys(member.ctx, member.staff);
    expect(passkeys).toMatchObject([
      { passkeyId: member.authenticator.id, label: 'Chrome · Android', isLastFactor: false },
      { passkeyId: device.id, label: '办公室电脑', isLastFactor: false },
    ]);
    const again = addPasskey(member.ctx, member.staff, { credential, label: '' });
    expect(await refusalOf(again)).toEqual({ code: 'staff.passkey_refused' });
    const signed = await device.get((await beginPasskeySignIn(world.ctx())).options);
    await signInByPasskey(world.ctx(), { credential: signed });
  });

  test('the last way to sign in stays, however many are removed at once', async () => {
    const member = await acceptWithPasskey(world, link);
    const { device } = await add(member);
    const ids = [member.authenticator.id, device.id];
    const { done, refused } = await atOnce(2, (index) =>
      removePasskey(member.ctx, member.staff, { passkeyId: ids[index] ?? '' }),
    );
    expect([done.length, refused]).toEqual([1, [{ code: 'staff.last_factor' }]]);
    expect(await listPasskeys(member.ctx, member.staff)).toMatchObject([{ isLastFactor: true }]);
  });

  test('with a password the last passkey may go; somebody else’s never', async () => {
    const member = await acceptWithPassword(world, link);
    const { device } = await add(member);
    const remove = (who: TestStaff) => removePasskey(who.ctx, who.staff, { passkeyId: device.id });
    expect(await refusalOf(remove(admin))).toEqual({ code: 'request.not_found' });
    await remove(member);
    expect(await listPasskeys(member.ctx, member.staff)).toEqual([]);
  });

  test('only within ten minutes of a proof', async () => {
    const member = await acceptWithPasskey(world, link);
    world.advance(10 * minute);
    const required = { code: 'staff.proof_required' };
    const input = { credential: '{}', label: '', passkeyId: member.authenticator.id };
    expect(await refusalOf(beginPasskey(member.ctx, member.staff))).toEqual(required);
    expect(await refusalOf(addPasskey(member.ctx, member.staff, input))).toEqual(required);
    expect(await refusalOf(removePasskey(member.ctx, member.staff, input))).toEqual(required);
  });

  test('a session that a recovery has ended leaves no passkey behind', async () => {
    const thief = await acceptWithPasskey(world, link);
    const device = await testAuthenticator(world);
    const { options } = await beginPasskey(thief.ctx, thief.staff);
    const credential = await device.create(options);
    await recoverStaff(admin.ctx, admin.staff, { staffId: thief.staff.member.id });
    await acceptWithPasskey(world, await staffLinkIn(world, email));
    const late = addPasskey(thief.ctx, thief.staff, { credential, label: '' });
    expect(await refusalOf(late)).toEqual({ code: 'request.stale' });
  });

  test('eleven are too many', async () => {
    const member = await acceptWithPasskey(world, link);
    for (let count = 1; count < 10; count += 1) await add(member);
    expect(await refusalOf(add(member))).toEqual({ code: 'staff.passkey_refused' });
    expect(await listPasskeys(member.ctx, member.staff)).toHaveLength(10);
  });
});

const signIn = (password: string, code: string, ctx = world.ctx()) =>
  signInByPassword(ctx, { loginName: 'rev.01', password, code });
/** Who is on record for an act of this name. */
const actorsOf = async (action: string) => {
  const { db } = world.ctx();
  const rows = await db.select().from(auditTable).where(eq(auditTable.action, action));
  return rows.map(({ actor }) => actor);
};
const mailsWith = async (words: string) => {
  await world.settle();
  return world.sandbox.mail.messages(email).filter(({ text }) => text?.includes(words));
};

describe('T-CON-01: one’s own password and codes', () => {
  const other = 'Bamboo-forest-93';
  const change = ({ ctx, staff }: TestStaff, password = other, passwordAgain = password) =>
    changeStaffPassword(ctx, staff, { password, passwordAgain });
  test('another password signs in with the same codes; the old one does not, every other cookie is void', async () => {
    const member = await acceptWithPassword(world, link);
    const elsewhere = await signIn(testPassword, member.code());
    const { sessionToken } = await change(member);
    // It is no proof: that was given before, and ends when it would have ended.
    expect(await ask(sessionToken)).toMatchObject({ provedAtMs: member.staff.provedAtMs });
    expect(await ask(member.sessionToken)).toBeNull();
    expect(await ask(elsewhere.sessionToken)).toBeNull();
    world.advance(minute);
    expect(await refusalOf(signIn(testPassword, member.code()))).toEqual({
      code: 'staff.sign_in_refused',
    });
    await signIn(other, member.code());
    expect(await mailsWith('更改了密码')).toHaveLength(1);
    expect(await actorsOf('staff.password_changed')).toEqual([`staff:${member.staff.member.id}`]);
  });

  test('neither the current password nor one before it is taken again, by a change or by a link', async () => {
    let member = await acceptWithPassword(world, link);
    const reused = { code: 'input.invalid', fields: { password: 'password.reused' } };
    expect(await refusalOf(change(member, testPassword))).toEqual(reused);
    const { sessionToken } = await change(member);
    member = { ...member, ...(await staffOf(world, sessionToken)) };
    expect(await refusalOf(change(member, testPassword))).toEqual(reused);
    await recoverStaff(admin.ctx, admin.staff, { staffId: member.staff.member.id });
    const recovery = await staffLinkIn(world, email);
    expect(await refusalOf(acceptWithPassword(world, recovery))).toEqual(reused);
  });

  test('a link that was on its way ends with the change', async () => {
    const member = await acceptWithPassword(world, link);
    await recoverStaff(admin.ctx, admin.staff, { staffId: member.staff.member.id });
    const recovery = await staffLinkIn(world, email);
    await change(member);
    expect(await refusalOf(acceptWithPassword(world, recovery))).toEqual({ code: 'link.expired' });
  });

  test('the former cookie is good for nothing once the password is another', async () => {
    const member = await acceptWithPassword(world, link);
    await change(member);
    expect(await ask(member.sessionToken)).toBeNull();
  });

  test('of a hundred passwords at once ten are hashed', async () => {
    const member = await acceptWithPassword(world, link);
    const { counts, ctx } = countHashes(member.ctx, { isRight: false });
    const { done } = await atOnce(100, () => change({ ...member, ctx }));
    // The member's first password, given with the link, was the hour's first.
    expect([done.length, counts.hashed]).toEqual([1, 9]);
  });

  test('of eight passwords at once one counts, with one record and one mail; sent again, none does', async () => {
    const member = await acceptWithPassword(world, link);
    const typed = [other, `${other}-2`];
    const hashes = new Map(
      await Promise.all(
        typed.map(async (each) => [each, await member.ctx.hasher.hash(each)] as const),
      ),
    );
    const hash = (each: string) => Promise.resolve(hashes.get(each) ?? '');
    const ctx = { ...member.ctx, hasher: { ...member.ctx.hasher, hash } };
    const { done, refused } = await atOnce(8, async (at) => {
      const password = typed[at % 2] ?? '';
      await change({ ...member, ctx }, password);
      return password;
    });
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 7 }]);
    expect(await refusalOf(change(member, done[0]))).toEqual({ code: 'request.stale' });
    expect(await actorsOf('staff.password_changed')).toHaveLength(1);
    expect(await mailsWith('更改了密码')).toHaveLength(1);
    await signIn(done[0] ?? '', member.code());
  });

  test('another authenticator counts from its first code on; until then, and after it, one of the two', async () => {
    const member = await acceptWithPassword(world, link);
    const given = await beginTotpChange(member.ctx, member.staff);
    expect(new URL(given.uri).searchParams.get('secret')).toBe(given.secret);
    const code = () => appCode(given.secret, world.nowMs());
    const take = (secret: string, typed: string) =>
      changeTotp(member.ctx, member.staff, { secret, code: typed });
    const wrong = { code: 'input.invalid', fields: { code: 'totp_code.wrong' } };
    expect(await refusalOf(take(given.secret, member.code()))).toEqual(wrong);
    await signIn(testPassword, member.code());
    // Only what was given to this session is taken.
    const made = 'A'.repeat(32);
    const forged = take(made, appCode(made, world.nowMs()));
    expect(await refusalOf(forged)).toEqual({ code: 'request.stale' });
    const { sessionToken } = await take(given.secret, code());
    expect(await ask(sessionToken)).not.toBeNull();
    expect(await ask(member.sessionToken)).toBeNull();
    expect(await refusalOf(take(given.secret, code()))).toEqual({ code: 'request.stale' });
    world.advance(minute);
    expect(await refusalOf(signIn(testPassword, member.code()))).toEqual({
      code: 'staff.sign_in_refused',
    });
    await signIn(testPassword, code());
    expect(await actorsOf('staff.totp_changed')).toEqual([`staff:${member.staff.member.id}`]);
    expect(await mailsWith('更换了验证器')).toHaveLength(1);
    const rows = await world.ctx().db.select().from(staffTable);
    expect(JSON.stringify(rows)).not.toContain(given.secret);
  });

  test('of twenty secrets at once one is good, and of twenty who use it one', async () => {
    const member = await acceptWithPassword(world, link);
    const given = await atOnce(20, () => beginTotpChange(member.ctx, member.staff));
    expect(given.done).toHaveLength(20);
    const takeAll = () =>
      atOnce(20, async (at) => {
        const secret = given.done[at]?.secret ?? '';
        const code = appCode(secret, world.nowMs());
        return changeTotp(member.ctx, member.staff, { secret, code });
      });
    const { done, refused } = await takeAll();
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 19 }]);

    const now = await staffOf(world, done[0]?.sessionToken ?? '');
    const { secret } = await beginTotpChange(now.ctx, now.staff);
    const code = appCode(secret, world.nowMs());
    const used = await atOnce(20, () => changeTotp(now.ctx, now.staff, { secret, code }));
    expect([used.done.length, codesOf(used.refused)]).toEqual([1, { 'request.stale': 19 }]);
    expect(await actorsOf('staff.totp_changed')).toHaveLength(2);
    world.advance(minute);
    await signIn(testPassword, appCode(secret, world.nowMs()));
  });

  test('a secret is good for half an hour, at the session that it was given to', async () => {
    const member = await acceptWithPassword(world, link);
    const elsewhere = await staffOf(
      world,
      (await signIn(testPassword, member.code())).sessionToken,
    );
    const { secret } = await beginTotpChange(member.ctx, member.staff);
    const take = (who: TestStaff) =>
      changeTotp(who.ctx, who.staff, { secret, code: appCode(secret, world.nowMs()) });
    expect(await refusalOf(take(elsewhere))).toEqual({ code: 'request.stale' });
    world.advance(30 * minute);
    const atMs = { lastSeenAtMs: world.nowMs(), provedAtMs: world.nowMs() };
    await world.ctx().db.update(staffSessionTable).set(atMs);
    const later = await staffOf(world, member.sessionToken);
    expect(await refusalOf(take(later))).toEqual({ code: 'request.stale' });
  });

  test('who was signing in by what is changed at that moment does not get in', async () => {
    const member = await acceptWithPassword(world, link);
    const { secret } = await beginTotpChange(member.ctx, member.staff);
    const slow = world.ctx();
    /** Signs in, and `meanwhile` happens while the password is looked at. */
    const signInWhile = (code: string, meanwhile: () => Promise<unknown>) =>
      signIn(testPassword, code, {
        ...slow,
        hasher: {
          ...slow.hasher,
          verify: async (...of) => {
            const check = await slow.hasher.verify(...of);
            await meanwhile();
            return check;
          },
        },
      });
    const refused = { code: 'staff.sign_in_refused' };
    // The old authenticator runs half a minute fast, so its code is newer than the one that the change took.
    const fast = member.codeIn(30_000);
    let { sessionToken } = member;
    const toTotp = signInWhile(fast, async () => {
      const own = appCode(secret, world.nowMs());
      ({ sessionToken } = await changeTotp(member.ctx, member.staff, { secret, code: own }));
    });
    expect(await refusalOf(toTotp)).toEqual(refused);
    world.advance(minute);
    const now = await staffOf(world, sessionToken);
    const code = appCode(secret, world.nowMs());
    expect(await refusalOf(signInWhile(code, () => change(now)))).toEqual(refused);
    const { db } = world.ctx();
    const sessions = await db.$count(
      staffSessionTable,
      eq(staffSessionTable.staffId, member.staff.member.id),
    );
    expect(sessions).toBe(1);
  });

  test('without a database it is service.unavailable, and all is as it was', async () => {
    const member = await acceptWithPassword(world, link);
    const { secret } = await beginTotpChange(member.ctx, member.staff);
    const down = { ...member, ctx: withoutDatabase(member.ctx) };
    const code = appCode(secret, world.nowMs());
    const works = [
      () => change(down),
      () => beginTotpChange(down.ctx, down.staff),
      () => changeTotp(down.ctx, down.staff, { secret, code }),
    ];
    for (const work of works) {
      expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
    }
    await signIn(testPassword, member.code());
    await changeTotp(member.ctx, member.staff, { secret, code });
  });

  test('a code that was taken for the change does not sign in', async () => {
    const member = await acceptWithPassword(world, link);
    const { secret } = await beginTotpChange(member.ctx, member.staff);
    const code = appCode(secret, world.nowMs());
    await changeTotp(member.ctx, member.staff, { secret, code });
    expect(await refusalOf(signIn(testPassword, code))).toEqual({ code: 'staff.sign_in_refused' });
  });

  test('only within ten minutes of a proof, and only where there is a password', async () => {
    const withPasskey = await acceptWithPasskey(world, link);
    const none = { code: 'request.not_found' };
    const secret = 'A'.repeat(32);
    const works = (who: TestStaff) => [
      change(who),
      beginTotpChange(who.ctx, who.staff),
      changeTotp(who.ctx, who.staff, { secret, code: '123456' }),
    ];
    for (const work of works(withPasskey)) expect(await refusalOf(work)).toEqual(none);
    world.advance(10 * minute);
    const required = { code: 'staff.proof_required' };
    for (const work of works(withPasskey)) expect(await refusalOf(work)).toEqual(required);
  });

  test('is refused as at the invitation: too common, too like oneself, typed otherwise the second time', async () => {
    const member = await acceptWithPassword(world, link);
    const typed: readonly (readonly [string, string, object])[] = [
      ['Woaini1314!', 'Woaini1314!', { password: 'password.common' }],
      [other, `${other}x`, { passwordAgain: 'password.mismatch' }],
      ['', '', { password: 'password.missing' }],
    ];
    for (const [password, passwordAgain, fields] of typed) {
      const refused = { code: 'input.invalid', fields };
      expect(await refusalOf(change(member, password, passwordAgain))).toMatchObject(refused);
    }
    await signIn(testPassword, member.code());
  });
});
