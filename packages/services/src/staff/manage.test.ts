import { auditTable, caseTable, challengeTable, staffTable } from '@shiming/db';
import type { StaffRole } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  madeUpNumber,
  staffLinkIn,
  staffNamed,
  staffOf,
  type TestStaff,
} from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  changeStaffPerson,
  changeStaffRole,
  disableStaff,
  enableStaff,
  listStaff,
  recoverStaff,
} from './manage.ts';
import { openStaffLink } from './accept.ts';
import { describeStaff } from './own-sessions.ts';
import { openStaffPerson } from './person.ts';
import { inviteStaff } from './invite.ts';
import { authenticateStaff, newStaffSession } from './session.ts';

let world: TestWorld;
let admin: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  admin = await staffNamed(world, 'administrator');
});
afterEach(() => world.close());

const idOf = ({ staff }: TestStaff) => staff.member.id;
const disable = (by: TestStaff, whom: TestStaff) =>
  disableStaff(by.ctx, by.staff, { staffId: idOf(whom) });
const demote = (by: TestStaff, whom: TestStaff, role: StaffRole = 'reviewer') =>
  changeStaffRole(by.ctx, by.staff, { staffId: idOf(whom), role });

const activeAdministrators = () =>
  world
    .ctx()
    .db.$count(
      staffTable,
      and(eq(staffTable.role, 'administrator'), eq(staffTable.status, 'active')),
    );

const isSignedIn = async ({ sessionToken }: TestStaff) =>
  (await authenticateStaff(world.ctx(), sessionToken, { isSignOfLife: false })) !== null;

/** A case that somebody has on the screen. */
async function heldBy(holderId: string, status: 'waiting' | 'deciding' = 'waiting') {
  const { db } = world.ctx();
  const id = world.ctx().crypto.randomToken(12);
  await db.insert(caseTable).values({
    id,
    accountId: `account-${id}`,
    portal: 'teacher',
    caseNumber: id,
    status,
    stage: 'first',
    documentType: 'resident_identity_card',
    channel: 'inbox',
    flags: [],
    holderId,
    leaseEndsAtMs: world.nowMs() + 60_000,
    takenAtMs: world.nowMs(),
    createdAtMs: world.nowMs(),
    keyId: 'v1',
  });
  return async () => {
    const [row] = await db.select().from(caseTable).where(eq(caseTable.id, id));
    return row;
  };
}

/** Which cases were laid back, and by whom, as the audit has it. */
const released = async () => {
  const { db } = world.ctx();
  const rows = await db.select().from(auditTable).where(eq(auditTable.action, 'desk.released'));
  return rows.map(({ actor, accountId, facts }) => {
    const { case: caseId, stage } = JSON.parse(facts) as { case: string; stage: string };
    expect([accountId, stage]).toEqual([`account-${caseId}`, 'first']);
    return [caseId, actor.replace('staff:', '')];
  });
};

describe('T-CON-01: there is always an administrator', () => {
  test.each([
    ['disable', disable],
    ['demote', demote],
  ] as const)('two who %s each other at once: one stays', async (_what, act) => {
    for (let round = 0; round < 5; round += 1) {
      const other = await staffNamed(world, 'administrator');
      const again = await staffOf(world, admin.sessionToken).catch(() => null);
      const one = again ?? (await staffNamed(world, 'administrator'));
      await atOnce(2, (index) => (index === 0 ? act(one, other) : act(other, one)));
      expect(await activeAdministrators()).toBeGreaterThan(0);
    }
  });

  test('nobody disables, demotes, enables or recovers themselves', async () => {
    const staffId = idOf(admin);
    const own = { code: 'staff.own_account' };
    expect(await refusalOf(disable(admin, admin))).toEqual(own);
    expect(await refusalOf(demote(admin, admin))).toEqual(own);
    expect(await refusalOf(enableStaff(admin.ctx, admin.staff, { staffId }))).toEqual(own);
    expect(await refusalOf(recoverStaff(admin.ctx, admin.staff, { staffId }))).toEqual(own);
    expect(await activeAdministrators()).toBe(1);
  });
});

describe('T-CON-01: an administrator manages the staff', () => {
  test('who is disabled is signed out at once, and their cases are free', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const [mine, decided] = [
      await heldBy(idOf(reviewer)),
      await heldBy(idOf(reviewer), 'deciding'),
    ];
    const others = await heldBy('somebody else');
    await disable(admin, reviewer);
    expect(await isSignedIn(reviewer)).toBe(false);
    expect(await mine()).toMatchObject({ holderId: null, leaseEndsAtMs: null, version: 2 });
    expect(await decided()).toMatchObject({ holderId: idOf(reviewer), version: 1 });
    expect(await others()).toMatchObject({ holderId: 'somebody else', version: 1 });
    expect(await released()).toEqual([[(await mine())?.id, idOf(admin)]]);
    const mails = world.sandbox.mail.messages(`${idOf(reviewer).toLowerCase()}@staff.example.cn`);
    expect(mails).toEqual([]);
    await world.settle();
    expect(
      world.sandbox.mail
        .messages(`${idOf(reviewer).toLowerCase()}@staff.example.cn`)
        .map(({ text }) => text?.includes('已停用')),
    ).toEqual([true]);
  });

  test('T-CON-06: each of the cases that are free again is on record, and one whose lease was over is not', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const first = await heldBy(idOf(reviewer));
    world.advance(60_000);
    const [second, third] = [await heldBy(idOf(reviewer)), await heldBy(idOf(reviewer))];
    await disable(admin, reviewer);
    expect(new Set(await released())).toEqual(
      new Set([
        [(await second())?.id, idOf(admin)],
        [(await third())?.id, idOf(admin)],
      ]),
    );
    expect(await first()).toMatchObject({ version: 1 });
  });

  test('another role counts from a new sign-in on', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const mine = await heldBy(idOf(reviewer));
    await demote(admin, reviewer, 'auditor');
    expect(await isSignedIn(reviewer)).toBe(false);
    expect((await mine())?.holderId).toBeNull();
    const rows = await world.ctx().db.select().from(auditTable);
    expect(rows.at(-1)).toMatchObject({
      actor: `staff:${idOf(admin)}`,
      action: 'staff.role_changed',
      accountId: null,
      facts: JSON.stringify({ staffId: idOf(reviewer), before: 'reviewer', after: 'auditor' }),
    });
  });

  test('nothing is done twice, and nothing to nobody', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    await disable(admin, reviewer);
    const before = await world.ctx().db.$count(auditTable);
    await disable(admin, reviewer);
    await demote(admin, reviewer);
    expect(await world.ctx().db.$count(auditTable)).toBe(before);
    const nobody = { staffId: 'nobody' };
    const missing = { code: 'request.not_found' };
    expect(await refusalOf(disableStaff(admin.ctx, admin.staff, nobody))).toEqual(missing);
    expect(await refusalOf(recoverStaff(admin.ctx, admin.staff, nobody))).toEqual(missing);
  });

  test('all of it only within ten minutes of a proof', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    world.advance(10 * 60_000);
    const required = { code: 'staff.proof_required' };
    const input = { staffId: idOf(reviewer) };
    expect(await refusalOf(disable(admin, reviewer))).toEqual(required);
    expect(await refusalOf(demote(admin, reviewer, 'senior'))).toEqual(required);
    expect(await refusalOf(enableStaff(admin.ctx, admin.staff, input))).toEqual(required);
    expect(await refusalOf(recoverStaff(admin.ctx, admin.staff, input))).toEqual(required);
  });

  test('two changes of one member at once: one is made, the other is told to look again', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const second = await staffNamed(world, 'administrator');
    const { done, refused } = await atOnce(2, (index) =>
      index === 0 ? demote(admin, reviewer, 'senior') : disable(second, reviewer),
    );
    expect([done.length, refused]).toEqual([1, [{ code: 'request.stale' }]]);
  });

  test('with the database down nothing is changed', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const down = { ...admin, ctx: withoutDatabase(admin.ctx) };
    expect(await refusalOf(disable(down, reviewer))).toEqual({ code: 'service.unavailable' });
    expect(await isSignedIn(reviewer)).toBe(true);
  });

  test('the list shows who there is and how they sign in, and oneself as such', async () => {
    const { staff, ctx } = admin;
    await staffNamed(world, 'auditor', { name: '审计一' });
    const rows = await listStaff(ctx, staff);
    expect(rows).toMatchObject([
      { role: 'administrator', isSelf: true, status: 'active', lastSeenAtMs: world.nowMs() },
      { role: 'auditor', isSelf: false, name: '审计一', passkeys: 0, hasPassword: false },
    ]);
  });
});

const rowOf = async (of: TestStaff) => {
  const { db } = world.ctx();
  const [row] = await db
    .select()
    .from(staffTable)
    .where(eq(staffTable.id, idOf(of)));
  if (row === undefined) throw new Error('the row is gone');
  return row;
};
const mailsTo = async (address: string) => {
  await world.settle();
  return world.sandbox.mail.messages(address).map(({ text }) => text ?? '');
};

const changePerson = (
  whom: TestStaff,
  change: { email?: string; number?: string },
  by: TestStaff = admin,
) =>
  changeStaffPerson(by.ctx, by.staff, {
    staffId: idOf(whom),
    email: 'old@staff.example.cn',
    number: '',
    ...change,
  });

describe('T-CON-08a: an administrator changes address and number of a member', () => {
  test('the former address is told, and a link that went there is void', async () => {
    const member = await staffNamed(world, 'reviewer', { email: 'old@staff.example.cn' });
    await recoverStaff(admin.ctx, admin.staff, { staffId: idOf(member) });
    const link = await staffLinkIn(world, 'old@staff.example.cn');
    await changePerson(member, { email: 'new@staff.example.cn' });
    for (const address of ['old@staff.example.cn', 'new@staff.example.cn']) {
      expect((await mailsTo(address)).at(-1)).toContain('更改了工作邮箱');
    }
    expect(await refusalOf(openStaffLink(world.ctx(), { link }))).toEqual({ code: 'link.expired' });
    const person = await openStaffPerson(world.ctx(), await rowOf(member));
    expect(person).toMatchObject({ email: 'new@staff.example.cn', number: expect.any(String) });
    const rows = await world.ctx().db.select().from(auditTable);
    expect(rows.at(-1)).toMatchObject({
      actor: `staff:${idOf(admin)}`,
      action: 'staff.person_changed',
      facts: JSON.stringify({ staffId: idOf(member), email: true, number: false }),
    });
    expect(rows.at(-1)?.facts).not.toContain('example');
  });

  test('a number that was missing is put on record, also by who has none, and the member decides again', async () => {
    const member = await staffNamed(world, 'reviewer', {
      email: 'old@staff.example.cn',
      number: null,
    });
    const old = await staffNamed(world, 'administrator', { number: null });
    const view = async () => (await describeStaff(member.ctx, member.sessionToken))?.view;
    expect(await view()).toMatchObject({ needsNumber: true, needsAnotherWay: true });
    await changePerson(member, { number: madeUpNumber() }, old);
    expect(await view()).toMatchObject({ needsNumber: false });
    expect((await mailsTo('old@staff.example.cn')).at(-1)).toContain('证件号码');
    const again = await staffOf(world, member.sessionToken);
    expect(again.ctx.actor).toMatchObject({ hasNumber: true });
  });

  test('of two who get one number at once, one does; nothing else is taken', async () => {
    const number = madeUpNumber();
    const members = [
      await staffNamed(world, 'reviewer', { email: 'one@staff.example.cn' }),
      await staffNamed(world, 'reviewer', { email: 'two@staff.example.cn' }),
    ] as const;
    const { done, refused } = await atOnce(2, (index) =>
      changePerson(members[index === 0 ? 0 : 1], {
        email: index === 0 ? 'one@staff.example.cn' : 'two@staff.example.cn',
        number,
      }),
    );
    const taken = { code: 'input.invalid', fields: { number: 'staff_number.taken' } };
    expect([done.length, refused]).toEqual([1, [taken]]);
    const mine = changePerson(members[0], { email: 'TWO@staff.example.cn' });
    expect(await refusalOf(mine)).toEqual({
      code: 'input.invalid',
      fields: { email: 'staff_email.taken' },
    });
    const wrong = changePerson(members[0], { email: 'x', number: '1' });
    expect(await refusalOf(wrong)).toEqual({
      code: 'input.invalid',
      fields: { email: 'email.format', number: 'document_number.format' },
    });
    const own = changePerson(admin, { email: 'mine@staff.example.cn' });
    expect(await refusalOf(own)).toEqual({ code: 'staff.own_account' });
  });
});

const recover = (whom: TestStaff, by: TestStaff = admin) =>
  recoverStaff(by.ctx, by.staff, { staffId: idOf(whom) });
/** The same member at a sign-in of just now. */
const again = async (by: TestStaff) => {
  const session = await newStaffSession(world.ctx(), idOf(by));
  await session.statement;
  return staffOf(world, session.token);
};
const memberToMove = () => staffNamed(world, 'reviewer', { email: 'old@staff.example.cn' });

const moved = async (by: TestStaff = admin) => {
  const whom = await memberToMove();
  await changePerson(whom, { email: 'new@staff.example.cn' }, by);
  return whom;
};

describe('T-CON-01: one person does not both change an address and send the link there', () => {
  const hour = 3_600_000;

  test('the one who changed it is refused for 72 hours and reads who may; another administrator may at once', async () => {
    const changedAtMs = world.nowMs();
    const alone = await moved();
    const refusal = {
      code: 'staff.address_changed',
      changedAtMs,
      fromMs: changedAtMs + 72 * hour,
      others: [] as string[],
    };
    expect(await refusalOf(recover(alone))).toEqual(refusal);
    const other = await staffNamed(world, 'administrator', { name: '管理员二' });
    await staffNamed(world, 'administrator', { name: '没有号码', number: null });
    expect(await refusalOf(recover(alone))).toEqual({ ...refusal, others: ['管理员二'] });
    await recover(alone, other);
    await staffLinkIn(world, 'new@staff.example.cn');
    world.advance(72 * hour - 1);
    const later = await again(admin);
    expect(await refusalOf(recover(alone, later))).toMatchObject({ code: refusal.code });
    world.advance(1);
    await recover(alone, later);
  });

  test('of many of both acts at once by one administrator, no link goes to an address that they gave', async () => {
    const whom = await memberToMove();
    await atOnce(8, (index) =>
      index % 2 === 0 ? recover(whom) : changePerson(whom, { email: 'new@staff.example.cn' }),
    );
    await changePerson(whom, { email: 'new@staff.example.cn' });
    await expect(staffLinkIn(world, 'new@staff.example.cn')).rejects.toThrow('no link');
    const { db } = world.ctx();
    const live = await db.select().from(challengeTable);
    expect(live.filter(({ subject }) => subject === idOf(whom))).toEqual([]);
  });

  test('two accounts of one person are one, and an administrator without a number is nobody else', async () => {
    const number = madeUpNumber();
    const one = await staffNamed(world, 'administrator', { number });
    const two = await staffNamed(world, 'administrator', { number });
    const unknown = await staffNamed(world, 'administrator', { number: null });
    const whom = await moved(one);
    for (const by of [two, unknown]) {
      expect(await refusalOf(recover(whom, by))).toMatchObject({
        code: 'staff.address_changed',
        others: ['审核一'],
      });
    }
    const change = changePerson(whom, { email: 'third@staff.example.cn' }, unknown);
    expect(await refusalOf(change)).toEqual({ code: 'staff.number_required' });
    await recover(whom, admin);
  });

  test('an administrator whom the same one invited, or gave an address, lately is nobody else', async () => {
    const whom = await moved();
    const { staffId } = await inviteStaff(admin.ctx, admin.staff, {
      loginName: 'second',
      name: '管理员二',
      email: 'second@staff.example.cn',
      number: madeUpNumber(),
      role: 'administrator',
    });
    const link = await staffLinkIn(world, 'second@staff.example.cn');
    const invited = await acceptWithPasskey(world, link);
    const given = await staffNamed(world, 'administrator', { email: 'third@staff.example.cn' });
    await changePerson(given, { email: 'fourth@staff.example.cn' });
    for (const by of [invited, await staffOf(world, given.sessionToken)]) {
      expect(await refusalOf(recover(whom, by))).toMatchObject({ others: [] });
    }
    expect(idOf(invited)).toBe(staffId);
  });

  test('nor is the one who invited the one who changed it, directly or by a chain', async () => {
    const [second, third] = [
      await staffNamed(world, 'administrator'),
      await staffNamed(world, 'administrator'),
    ];
    const { db } = world.ctx();
    const give = (whom: TestStaff, by: TestStaff) =>
      db
        .update(staffTable)
        .set({ emailGivenById: idOf(by) })
        .where(eq(staffTable.id, idOf(whom)));
    await give(second, admin);
    await give(third, second);
    const whom = await moved(third);
    for (const by of [admin, second]) {
      expect(await refusalOf(recover(whom, by))).toMatchObject({
        code: 'staff.address_changed',
        others: [],
      });
    }
    await recover(whom, await staffNamed(world, 'administrator'));
  });

  test('an invitation that was never changed is sent again by the one who invited', async () => {
    const { staffId } = await inviteStaff(admin.ctx, admin.staff, {
      loginName: 'new.one',
      name: '审核二',
      email: 'one@staff.example.cn',
      number: madeUpNumber(),
      role: 'reviewer',
    });
    await recoverStaff(admin.ctx, admin.staff, { staffId });
    const change = { staffId, email: 'mistyped@staff.example.cn', number: '' };
    await changeStaffPerson(admin.ctx, admin.staff, change);
    const send = recoverStaff(admin.ctx, admin.staff, { staffId });
    expect(await refusalOf(send)).toMatchObject({ code: 'staff.address_changed' });
  });
});
