import { auditTable, staffTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliverWaiting } from '../outbox/outbox.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { refusalOf } from '../testing/refusals.ts';
import {
  acceptWithPasskey,
  acceptWithPassword,
  madeUpNumber,
  staffNamed,
  staffOf,
} from '../testing/staff.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { createFirstAdministrator } from './first-administrator.ts';
import { listStaff } from './manage.ts';
import { recoverAdministrator } from './recover-administrator.ts';
import { authenticateStaff } from './session.ts';
import { signInByPassword } from './sign-in-by-password.ts';

let world: TestWorld;
let code: () => string;
let sessionToken: string;
beforeEach(async () => {
  world = await createTestWorld();
  const { link } = await createFirstAdministrator(command(), {
    loginName: 'root',
    name: '管理一',
    email: 'root@staff.example.cn',
    number: madeUpNumber(),
  });
  ({ code, sessionToken } = await acceptWithPassword(world, secretOf(link)));
});
afterEach(() => world.close());

const command = () => world.ctx({ actor: { type: 'system', job: 'first-administrator' } });
const secretOf = (link: string) => new URL(link).hash.slice(1);
const recover = (loginName = 'root', number = '', ctx = command()) =>
  recoverAdministrator(ctx, { loginName, number });
const mailsTo = async (address: string) => {
  await deliverWaiting(world.ctx());
  return world.sandbox.mail.messages(address).map(({ text }) => text ?? '');
};

describe('T-CON-01: the only administrator lost the authenticator', () => {
  test('the command ends every session and every way to sign in at once, and its link sets up new ones', async () => {
    const { link } = await recover();
    const isSignedIn = async (token: string) =>
      (await authenticateStaff(world.ctx(), token, { isSignOfLife: false })) !== null;
    expect(await isSignedIn(sessionToken)).toBe(false);
    const typed = { loginName: 'root', password: testPassword, code: code() };
    expect(await refusalOf(signInByPassword(world.ctx(), typed))).toEqual({
      code: 'staff.sign_in_refused',
    });
    const again = await acceptWithPasskey(world, secretOf(link));
    expect(again.staff.member).toMatchObject({ role: 'administrator', passwordHash: null });
    expect(await isSignedIn(again.sessionToken)).toBe(true);
  });

  test('is on record, in the list, and told to the administrator and to all who watch', async () => {
    const other = { email: 'second@staff.example.cn' };
    await staffNamed(world, 'administrator', other);
    const auditor = await staffNamed(world, 'auditor', { email: 'aud@staff.example.cn' });
    await staffNamed(world, 'reviewer', { email: 'rev@staff.example.cn' });
    const { told } = await recover();
    expect(told).toBe(3);
    for (const address of ['root@staff.example.cn', other.email, 'aud@staff.example.cn']) {
      expect((await mailsTo(address)).at(-1)).toMatch(/登录名 root.*由运维命令恢复登录/);
    }
    expect(await mailsTo('rev@staff.example.cn')).toEqual([]);
    const rows = await world.ctx().db.select().from(auditTable);
    expect(rows.at(-1)).toMatchObject({
      actor: 'system:first-administrator',
      action: 'staff.recovered_by_command',
    });
    const list = await listStaff(auditor.ctx, auditor.staff);
    expect(list.find(({ loginName }) => loginName === 'root')?.recoveredAtMs).toBe(world.nowMs());
  });

  test('puts a number on record that was missing, and changes none', async () => {
    const { db } = world.ctx();
    const member = async () => {
      const [row] = await db.select().from(staffTable).where(eq(staffTable.loginName, 'root'));
      return row;
    };
    const before = await member();
    await recover('root', madeUpNumber());
    expect((await member())?.numberIndex).toBe(before?.numberIndex);

    const old = await staffNamed(world, 'administrator', { number: null });
    const { loginName } = old.staff.member;
    expect(await refusalOf(recover(loginName))).toEqual({
      code: 'input.invalid',
      fields: { number: 'document_number.missing' },
    });
    const { link } = await recover(loginName, madeUpNumber());
    const again = await acceptWithPasskey(world, secretOf(link));
    expect((await staffOf(world, again.sessionToken)).ctx.actor).toMatchObject({ hasNumber: true });
  });

  test('restores no other role, nobody unknown, and nothing without a database', async () => {
    const reviewer = await staffNamed(world, 'reviewer');
    const missing = { code: 'request.not_found' };
    expect(await refusalOf(recover(reviewer.staff.member.loginName))).toEqual(missing);
    expect(await refusalOf(recover('nobody'))).toEqual(missing);
    const down = withoutDatabase(command());
    expect(await refusalOf(recover('root', '', down))).toEqual({ code: 'service.unavailable' });
  });
});
