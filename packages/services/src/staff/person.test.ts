import { auditTable, caseDecisionTable, staffTable } from '@shiming/db';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestCorrection } from '../help-desk/request.ts';
import { takeNext } from '../desk/take-next.ts';
import { citizenNamed, registerCompletely } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  madeUpNumber,
  staffLinkIn,
  staffNamed,
  staffOf,
  type TestStaff,
} from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { invitedMember, inviteStaff } from './invite.ts';
import { mailStaffLink } from './link.ts';
import { changeStaffRole, disableStaff, enableStaff, recoverStaff } from './manage.ts';
import { isSamePerson, samePersonIds } from './person.ts';
import { rotateKeys } from '../vault/rotate.ts';

let world: TestWorld;
let admin: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  admin = await staffNamed(world, 'administrator');
});
afterEach(() => world.close());

const idOf = ({ staff }: TestStaff) => staff.member.id;
const invite = (loginName: string, person: { email: string; number: string }) =>
  inviteStaff(admin.ctx, admin.staff, { loginName, name: '审核一', role: 'reviewer', ...person });
const fields = (of: object) => ({ code: 'input.invalid', fields: of });

describe('T-CON-01: one person has one account in use', () => {
  test('of invitations at once with one number, and with one mailbox, one goes out each', async () => {
    const number = madeUpNumber();
    const byNumber = await atOnce(5, (index) =>
      invite(`by.number.${index}`, { email: `rev${index}@staff.example.cn`, number }),
    );
    expect([byNumber.done.length, byNumber.refused]).toEqual([
      1,
      Array.from({ length: 4 }, () => fields({ number: 'staff_number.taken' })),
    ]);
    const byMail = await atOnce(5, (index) =>
      invite(`by.mail.${index}`, {
        email: index % 2 === 0 ? 'Post@Staff.Example.cn' : 'post@staff.example.cn',
        number: madeUpNumber(),
      }),
    );
    expect([byMail.done.length, byMail.refused]).toEqual([
      1,
      Array.from({ length: 4 }, () => fields({ email: 'staff_email.taken' })),
    ]);
    expect(await world.ctx().db.$count(staffTable)).toBe(3);
  });

  test('of two invitations to one number from before, accepted at once, one becomes an account', async () => {
    const number = madeUpNumber();
    const links = await Promise.all(
      ['one', 'two'].map(async (loginName) => {
        const person = { name: '审核一', email: `${loginName}@staff.example.cn`, number };
        const member = await invitedMember(admin.ctx, { loginName, ...person }, 'reviewer');
        await admin.ctx.db.insert(staffTable).values(member);
        for (const statement of await mailStaffLink(admin.ctx, member, person)) await statement;
        return staffLinkIn(world, person.email);
      }),
    );
    const { done, refused } = await atOnce(2, (index) =>
      acceptWithPasskey(world, links[index] ?? ''),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'staff.same_person': 1 }]);
  });

  test('who left may join again under another name, and the old account stays closed meanwhile', async () => {
    const number = madeUpNumber();
    const before = await staffNamed(world, 'reviewer', { number });
    const again = { email: 'again@staff.example.cn', number };
    expect(await refusalOf(invite('again', again))).toEqual(
      fields({ number: 'staff_number.taken' }),
    );
    await disableStaff(admin.ctx, admin.staff, { staffId: idOf(before) });
    await invite('again', again);
    const enable = enableStaff(admin.ctx, admin.staff, { staffId: idOf(before) });
    expect(await refusalOf(enable)).toEqual({ code: 'staff.same_person' });
  });

  test('an administrator manages no account of their own, by whichever name', async () => {
    const number = madeUpNumber();
    const other = await staffNamed(world, 'reviewer', { number });
    const self = await staffNamed(world, 'administrator', { number });
    const own = { code: 'staff.own_account' };
    const target = { staffId: idOf(other) };
    expect(await refusalOf(disableStaff(self.ctx, self.staff, target))).toEqual(own);
    expect(
      await refusalOf(changeStaffRole(self.ctx, self.staff, { ...target, role: 'senior' })),
    ).toEqual(own);
  });
});

describe('T-CON-01: two persons, not two accounts', () => {
  test('the same number or mailbox is the same person, also of an account that is closed', async () => {
    const number = madeUpNumber();
    const email = 'post@staff.example.cn';
    const self = await staffNamed(world, 'senior', { number, email: 'Post@staff.example.cn' });
    const former = await staffNamed(world, 'reviewer', { number });
    const mailbox = await staffNamed(world, 'reviewer', { email, number: null });
    const other = await staffNamed(world, 'reviewer');
    await disableStaff(admin.ctx, admin.staff, { staffId: idOf(former) });
    const isSame = (of: TestStaff) => isSamePerson(self.ctx, self.staff.member, of.staff.member);
    expect([await isSame(self), await isSame(former), await isSame(mailbox)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await isSame(other)).toBe(false);
    const [ids] = await samePersonIds(self.ctx, self.staff.member);
    expect(new Set((await ids).map(({ id }) => id))).toEqual(
      new Set([idOf(self), idOf(former), idOf(mailbox)]),
    );
    // And as a subquery, as the queue asks it.
    const decidedBySelf = self.ctx.db
      .select()
      .from(caseDecisionTable)
      .where(inArray(caseDecisionTable.reviewerId, ids));
    expect(await decidedBySelf).toEqual([]);
  });

  test('a row from before is found by its mailbox once the job has come by', async () => {
    const self = await staffNamed(world, 'senior', { email: 'post@staff.example.cn' });
    const old = await staffNamed(world, 'reviewer', { email: 'post@staff.example.cn' });
    const { db } = world.ctx();
    const isOld = eq(staffTable.id, idOf(old));
    await db.update(staffTable).set({ emailIndex: null }).where(isOld);
    expect(await rotateKeys(world.ctx())).toBe(1);
    const [row] = await db.select().from(staffTable).where(isOld);
    if (row === undefined) throw new Error('the row is gone');
    expect(await isSamePerson(self.ctx, self.staff.member, row)).toBe(true);
    expect(await rotateKeys(world.ctx())).toBe(0);
  });
});

describe('T-CON-01: who has no number on record decides nothing', () => {
  const required = { code: 'staff.number_required' };

  test('neither a case nor an account nor who is on the staff; what takes rights away goes on', async () => {
    const person = await registerCompletely(world, citizenNamed('林知远'));
    const reviewer = await staffNamed(world, 'reviewer', { number: null });
    const { ctx, staff } = await staffNamed(world, 'administrator', { number: null });
    const other = await staffNamed(world, 'reviewer');
    expect(await refusalOf(takeNext(reviewer.ctx, reviewer.staff))).toEqual(required);
    const change = requestCorrection(reviewer.ctx, reviewer.staff, {
      accountId: person.signedIn.account.id,
      kind: 'name',
      value: '林知近',
      evidence: '看过身份证原件和本人照片',
    });
    expect(await refusalOf(change)).toEqual(required);
    const typed = { loginName: 'rev.01', name: '审核一', email: 'rev@staff.example.cn' };
    const invitation = { ...typed, number: madeUpNumber(), role: 'reviewer' } as const;
    expect(await refusalOf(inviteStaff(ctx, staff, invitation))).toEqual(required);
    const target = { staffId: idOf(other) };
    expect(await refusalOf(changeStaffRole(ctx, staff, { ...target, role: 'senior' }))).toEqual(
      required,
    );
    await recoverStaff(ctx, staff, target);
    await disableStaff(ctx, staff, target);
    expect(await refusalOf(enableStaff(ctx, staff, target))).toEqual(required);
    const rows = await world.ctx().db.select().from(auditTable);
    expect(
      rows.map(({ action }) => action).filter((action) => action.startsWith('staff.')),
    ).toEqual(['staff.link_sent', 'staff.disabled']);
  });

  test('whoever only watches needs none', async () => {
    const typed = {
      loginName: 'aud.01',
      name: '审计一',
      email: 'aud@staff.example.cn',
      number: '',
    };
    await inviteStaff(admin.ctx, admin.staff, { ...typed, role: 'auditor' });
    const auditor = await acceptWithPasskey(world, await staffLinkIn(world, typed.email));
    expect((await staffOf(world, auditor.sessionToken)).staff.member.numberIndex).toBeNull();
  });
});
