import { auditTable, staffTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  acceptWithPassword,
  staffLinkIn,
  staffNamed,
  staffOf,
  testAuthenticator,
  type TestStaff,
  madeUpNumber,
} from '../testing/staff.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import {
  acceptByPasskey,
  acceptByPassword,
  beginPasskeyAcceptance,
  beginPasswordAcceptance,
  openStaffLink,
} from './accept.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { inviteStaff } from './invite.ts';
import {
  changeStaffPerson,
  changeStaffRole,
  disableStaff,
  enableStaff,
  listStaff,
  recoverStaff,
} from './manage.ts';
import { ownNumberIndexes } from './person.ts';
import { authenticateStaff } from './session.ts';
import { beginPasskeySignIn, signInByPasskey } from './sign-in-by-passkey.ts';
import { signInByPassword } from './sign-in-by-password.ts';

const minute = 60_000;
const hour = 60 * minute;
const email = 'rev@staff.example.cn';
const answers = {
  loginName: 'rev.01',
  name: '审核一',
  email,
  number: madeUpNumber(),
  role: 'reviewer',
} as const;
const expired = { code: 'link.expired' };

let world: TestWorld;
let admin: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  admin = await staffNamed(world, 'administrator');
});
afterEach(() => world.close());

const invite = (change: Partial<Parameters<typeof inviteStaff>[2]> = {}, by = admin) =>
  inviteStaff(by.ctx, by.staff, { ...answers, ...change });

async function invited(): Promise<string> {
  await invite();
  return staffLinkIn(world, email);
}

const lastMailsTo = async (addresses: readonly string[]) => {
  await world.settle();
  return addresses.map((each) => world.sandbox.mail.messages(each).at(-1)?.text ?? '');
};

describe('T-CON-01: what gives somebody a right is told to those who watch, since one person may make up another', () => {
  const watchers = ['second@staff.example.cn', 'aud@staff.example.cn'] as const;
  let member: TestStaff;
  beforeEach(async () => {
    await staffNamed(world, 'administrator', { email: watchers[0] });
    await staffNamed(world, 'auditor', { email: watchers[1] });
    member = await staffNamed(world, 'reviewer', { email: 'known@staff.example.cn', number: null });
  });

  test.each([
    ['an invitation', () => invite(), '登录名 rev.01', '邀请已发出'],
    [
      'another role',
      () => changeStaffRole(admin.ctx, admin.staff, { ...whom(), role: 'senior' }),
      '登录名 reviewer-',
      '变更了角色',
    ],
    [
      'a number',
      () =>
        changeStaffPerson(admin.ctx, admin.staff, {
          ...whom(),
          email: 'known@staff.example.cn',
          number: madeUpNumber(),
        }),
      '登录名 reviewer-',
      '证件号码',
    ],
    [
      'a return',
      async () => {
        await disableStaff(admin.ctx, admin.staff, whom());
        await enableStaff(admin.ctx, admin.staff, whom());
      },
      '登录名 reviewer-',
      '已恢复使用',
    ],
  ] as const)('%s', async (_what, act, name, happened) => {
    await act();
    for (const text of await lastMailsTo(watchers)) {
      expect(text).toContain(name);
      expect(text).toContain(happened);
    }
    const own = `${admin.staff.member.id.toLowerCase()}@staff.example.cn`;
    expect(await lastMailsTo([own])).toEqual(['']);
  });

  test('of a person who is taken nobody is told', async () => {
    await refusalOf(invite({ email: 'known@staff.example.cn' }));
    expect(await lastMailsTo(watchers)).toEqual(['', '']);
  });

  const whom = () => ({ staffId: member.staff.member.id });
});

const isSignedIn = async (token: string) =>
  (await authenticateStaff(world.ctx(), token, { isSignOfLife: false })) !== null;

const actionsOf = async () =>
  (await world.ctx().db.select().from(auditTable)).map(({ action, accountId }) => [
    action,
    accountId,
  ]);

const secretOf = (link: string) => new URL(link).hash.slice(1);

describe('T-CON-01: the first administrator', () => {
  const first = {
    loginName: 'root',
    name: '管理一',
    email: 'root@staff.example.cn',
    number: madeUpNumber(),
  };
  const create = (input = first) =>
    createFirstAdministrator(world.ctx({ actor: { type: 'system', job: 'test' } }), input);

  test('is refused while there is an administrator', async () => {
    expect(await refusalOf(create())).toEqual({ code: 'staff.forbidden' });
  });

  describe('where there is none yet', () => {
    beforeEach(async () => {
      await world.close();
      world = await createTestWorld();
    });

    test('of two commands at once, one makes one, whose link works', async () => {
      const { done, refused } = await atOnce(2, (index) =>
        create({ ...first, loginName: `root-${index}` }),
      );
      expect(codesOf(refused)).toEqual({ 'staff.forbidden': 1 });
      const [made] = done;
      const { staff } = await acceptWithPasskey(world, secretOf(made?.link ?? ''));
      expect(staff.member).toMatchObject({ role: 'administrator', status: 'active' });
      expect(await refusalOf(create())).toEqual({ code: 'staff.forbidden' });
    });

    test('a link that ran out unused makes room for another, and is void', async () => {
      const { link } = await create();
      world.advance(72 * hour);
      const { link: second } = await create();
      const opened = openStaffLink(world.ctx(), { link: secretOf(second) });
      expect(await opened).toMatchObject({ loginName: 'root', kind: 'invitation' });
      expect(await refusalOf(openStaffLink(world.ctx(), { link: secretOf(link) }))).toEqual(
        expired,
      );
      expect(await world.ctx().db.$count(staffTable)).toBe(1);
    });

    test('says what is wrong with what was typed', async () => {
      const typed = { loginName: 'a', name: '', email: 'x', number: '' };
      expect(await refusalOf(create(typed))).toEqual({
        code: 'input.invalid',
        fields: {
          loginName: 'login_name.format',
          name: 'name.missing',
          email: 'email.format',
          number: 'document_number.missing',
        },
      });
    });
  });
});

describe('T-CON-01: an administrator invites', () => {
  test('the link comes by mail, says who is invited, and is looked at as often as one likes', async () => {
    const link = await invited();
    for (const _ of [1, 2]) {
      expect(await openStaffLink(world.ctx(), { link })).toEqual({
        kind: 'invitation',
        loginName: 'rev.01',
        name: '审核一',
        role: 'reviewer',
        expiresAtMs: world.nowMs() + 72 * hour,
      });
    }
    expect(await actionsOf()).toContainEqual(['staff.invited', null]);
  });

  test('only within ten minutes of having signed in', async () => {
    world.advance(10 * minute);
    expect(await refusalOf(invite())).toEqual({ code: 'staff.proof_required' });
  });

  test('an administrator who was disabled meanwhile invites nobody', async () => {
    const other = await staffNamed(world, 'administrator');
    await disableStaff(other.ctx, other.staff, { staffId: admin.staff.member.id });
    expect(await refusalOf(invite())).toEqual({ code: 'staff.forbidden' });
    expect(await world.ctx().db.$count(staffTable)).toBe(2);
  });

  test('every wrong field is told at once, and a login name that somebody has', async () => {
    const wrong = { loginName: 'ab', name: 'x', email: 'x', number: '110199199508150118' };
    expect(await refusalOf(invite(wrong))).toEqual({
      code: 'input.invalid',
      fields: {
        loginName: 'login_name.format',
        name: 'name.characters',
        email: 'email.format',
        number: 'document_number.check_digit',
      },
    });
    await invite();
    expect(await refusalOf(invite({ loginName: 'REV.01' }))).toEqual({
      code: 'input.invalid',
      fields: { loginName: 'login_name.taken' },
    });
  });

  test('the own document number is kept so that nobody reviews themselves', async () => {
    const { number } = citizenNamed('林知远');
    const { staffId } = await invite({ number });
    const [member] = await world
      .ctx()
      .db.select()
      .from(staffTable)
      .where(eq(staffTable.id, staffId));
    if (member === undefined) throw new Error('not invited');
    expect(await ownNumberIndexes(world.ctx(), member)).toEqual([member.numberIndex]);
    expect(JSON.stringify(member)).not.toContain(number);
    const auditor = await staffNamed(world, 'auditor', { number: null });
    expect(await ownNumberIndexes(world.ctx(), auditor.staff.member)).toEqual([]);
  });

  test('with the database down nothing is said to have been done', async () => {
    const down = withoutDatabase(admin.ctx);
    expect(await refusalOf(inviteStaff(down, admin.staff, answers))).toEqual({
      code: 'service.unavailable',
    });
  });
});

describe('T-CON-01: a link is used', () => {
  test('with a passkey: whoever it was for is signed in, and the link is spent', async () => {
    const link = await invited();
    const { staff, sessionToken } = await acceptWithPasskey(world, link);
    expect(staff.member).toMatchObject({ loginName: 'rev.01', status: 'active' });
    expect(await isSignedIn(sessionToken)).toBe(true);
    expect(await refusalOf(openStaffLink(world.ctx(), { link }))).toEqual({
      code: 'link.used',
      for: 'staff.link',
    });
    expect(await actionsOf()).toContainEqual(['staff.accepted', null]);
  });

  test('with a passkey that was made for another link, or for none, nothing is set up', async () => {
    const link = await invited();
    const ctx = world.ctx();
    const device = await testAuthenticator(world);
    const made = await device.create({
      challenge: 'A'.repeat(43),
      rp: { id: 'account.example.cn' },
    });
    const accept = (credential: string) => acceptByPasskey(ctx, { link, credential, label: '' });
    expect(await refusalOf(accept(made))).toEqual({ code: 'staff.passkey_refused' });
    expect(await refusalOf(accept('{}'))).toEqual({ code: 'staff.passkey_refused' });
    const { options } = await beginPasskeyAcceptance(ctx, { link });
    world.advance(5 * minute);
    const late = await device.create(options);
    expect(await refusalOf(accept(late))).toEqual({ code: 'staff.passkey_refused' });
    expect(await openStaffLink(ctx, { link })).toMatchObject({ kind: 'invitation' });
  });

  test('with password and code: the secret stays the same until then', async () => {
    const link = await invited();
    const first = await beginPasswordAcceptance(world.ctx(), { link });
    expect(await beginPasswordAcceptance(world.ctx(), { link })).toEqual(first);
    expect(first.uri).toContain(`secret=${first.secret}`);
    const { code } = await acceptWithPassword(world, link);
    const typed = { loginName: 'rev.01', password: testPassword, code: code() };
    expect(await isSignedIn((await signInByPassword(world.ctx(), typed)).sessionToken)).toBe(true);
  });

  test('the code that confirmed the secret does not sign in', async () => {
    const link = await invited();
    const { code } = await acceptWithPassword(world, link);
    world.advance(-30_000);
    const typed = { loginName: 'rev.01', password: testPassword, code: code() };
    expect(await refusalOf(signInByPassword(world.ctx(), typed))).toEqual({
      code: 'staff.sign_in_refused',
    });
  });

  test.each([
    [
      'a weak password',
      { password: 'short1*', passwordAgain: 'short1*' },
      { password: 'password.too_short' },
    ],
    [
      'a common one',
      { password: 'Password123!', passwordAgain: 'Password123!' },
      { password: 'password.common' },
    ],
    ['another the second time', { passwordAgain: 'x' }, { passwordAgain: 'password.mismatch' }],
    ['a wrong code', { code: '000000' }, { code: 'totp_code.wrong' }],
    ['no code', { code: '' }, { code: 'totp_code.missing' }],
  ])('%s spends nothing and is named', async (_what, change, fields) => {
    const link = await invited();
    const ctx = world.ctx();
    const { secret } = await beginPasswordAcceptance(ctx, { link });
    const { appCode } = await import('@shiming/providers/testing/authenticator');
    const typed = {
      link,
      password: testPassword,
      passwordAgain: testPassword,
      code: appCode(secret, world.nowMs()),
    };
    const answer = await refusalOf(acceptByPassword(ctx, { ...typed, ...change }));
    expect(answer).toEqual({ code: 'input.invalid', fields });
    await acceptByPassword(ctx, typed);
  });

  test('within 72 hours, and by one of ten at once', async () => {
    const link = await invited();
    world.advance(72 * hour - 1);
    const prepared = await Promise.all(Array.from({ length: 10 }, () => testAuthenticator(world)));
    const { options } = await beginPasskeyAcceptance(world.ctx(), { link });
    const credentials = await Promise.all(prepared.map((device) => device.create(options)));
    const { done, refused } = await atOnce(10, (index) =>
      acceptByPasskey(world.ctx(), { link, credential: credentials[index] ?? '', label: '' }),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'link.used': 9 }]);
  });

  test('not after 72 hours, not with a forged secret, not of somebody disabled', async () => {
    const link = await invited();
    const forged = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    for (const bad of [forged, '', '.', 'x.y', link.split('.')[0] ?? '']) {
      expect(await refusalOf(openStaffLink(world.ctx(), { link: bad }))).toEqual(expired);
    }
    world.advance(72 * hour);
    expect(await refusalOf(openStaffLink(world.ctx(), { link }))).toEqual(expired);
    const again = await staffNamed(world, 'administrator');
    const entry = (await listStaff(again.ctx, again.staff)).find(
      ({ loginName }) => loginName === 'rev.01',
    );
    const staffId = entry?.staffId ?? '';
    await recoverStaff(again.ctx, again.staff, { staffId });
    const fresh = await staffLinkIn(world, email);
    expect(await openStaffLink(world.ctx(), { link: fresh })).toMatchObject({ kind: 'invitation' });
    await disableStaff(again.ctx, again.staff, { staffId });
    expect(await refusalOf(openStaffLink(world.ctx(), { link: fresh }))).toEqual(expired);
    await enableStaff(again.ctx, again.staff, { staffId });
    expect(await refusalOf(openStaffLink(world.ctx(), { link: fresh }))).toEqual(expired);
    const rows = await listStaff(again.ctx, again.staff);
    expect(rows.find((row) => row.staffId === staffId)).toMatchObject({ status: 'invited' });
  });

  test('with the database down a link is not spent', async () => {
    const link = await invited();
    const down = withoutDatabase(world.ctx());
    const unavailable = { code: 'service.unavailable' };
    expect(await refusalOf(openStaffLink(down, { link }))).toEqual(unavailable);
    expect(await refusalOf(beginPasskeyAcceptance(down, { link }))).toEqual(unavailable);
    await acceptWithPasskey(world, link);
  });
});

describe('T-CON-01: a second administrator recovers who lost the sign-in', () => {
  test('the old ways work until the link is used, and are void from then on', async () => {
    const { code, staff, sessionToken } = await acceptWithPassword(world, await invited());
    await recoverStaff(admin.ctx, admin.staff, { staffId: staff.member.id });
    const link = await staffLinkIn(world, email);
    expect(await openStaffLink(world.ctx(), { link })).toMatchObject({ kind: 'recovery' });
    const typed = () => ({ loginName: 'rev.01', password: testPassword, code: code() });
    await signInByPassword(world.ctx(), typed());
    world.advance(minute);

    const { sessionToken: renewed } = await acceptWithPasskey(world, link);
    expect(await refusalOf(signInByPassword(world.ctx(), typed()))).toEqual({
      code: 'staff.sign_in_refused',
    });
    expect([await isSignedIn(sessionToken), await isSignedIn(renewed)]).toEqual([false, true]);
  });

  test('a lost passkey opens nothing any more', async () => {
    const { authenticator, staff } = await acceptWithPasskey(world, await invited());
    await recoverStaff(admin.ctx, admin.staff, { staffId: staff.member.id });
    const credential = async () =>
      authenticator.get((await beginPasskeySignIn(world.ctx())).options);
    await signInByPasskey(world.ctx(), { credential: await credential() });
    await acceptWithPasskey(world, await staffLinkIn(world, email));
    expect(
      await refusalOf(signInByPasskey(world.ctx(), { credential: await credential() })),
    ).toEqual({ code: 'staff.sign_in_refused' });
  });

  test('nobody does so for themselves', async () => {
    const staffId = admin.staff.member.id;
    expect(await refusalOf(recoverStaff(admin.ctx, admin.staff, { staffId }))).toEqual({
      code: 'staff.own_account',
    });
  });

  test('the newest link is the only one', async () => {
    const { staff } = await acceptWithPasskey(world, await invited());
    const { id: staffId } = staff.member;
    await recoverStaff(admin.ctx, admin.staff, { staffId });
    const first = await staffLinkIn(world, email);
    await recoverStaff(admin.ctx, admin.staff, { staffId });
    expect(await refusalOf(openStaffLink(world.ctx(), { link: first }))).toEqual(expired);
  });

  test('what is under way with a link while another change is made is refused', async () => {
    const { staff } = await acceptWithPasskey(world, await invited());
    const { id: staffId } = staff.member;
    await recoverStaff(admin.ctx, admin.staff, { staffId });
    const link = await staffLinkIn(world, email);
    const { options } = await beginPasskeyAcceptance(world.ctx(), { link });
    const device = await testAuthenticator(world);
    const credential = await device.create(options);
    await disableStaff(admin.ctx, admin.staff, { staffId });
    expect(await refusalOf(acceptByPasskey(world.ctx(), { link, credential, label: '' }))).toEqual(
      expired,
    );
    expect(await refusalOf(recoverStaff(admin.ctx, admin.staff, { staffId }))).toEqual({
      code: 'request.stale',
    });
  });
});

test('T-CON-01: the actor of a record is the member who acts', async () => {
  const { ctx, staff } = await staffOf(world, admin.sessionToken);
  await inviteStaff(ctx, staff, answers);
  const rows = await world.ctx().db.select().from(auditTable);
  expect(rows.at(-1)?.actor).toBe(`staff:${staff.member.id}`);
});
