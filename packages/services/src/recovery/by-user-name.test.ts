import { auditTable, identifierTable, newMeter, outboxTable, recoveryTable } from '@shiming/db';
import { studentPortal } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ctx, inPortal } from '../context.ts';
import {
  citizenNamed,
  identifyAs,
  register,
  registerWithoutIdentity,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestTickets } from '../testing/tickets.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { beginRecovery } from './begin.ts';
import { currentRecovery } from './current.ts';
import { resetPassword } from './reset-password.ts';
import { sendRecoveryCode } from './send-code.ts';
import { sendRecoveryLink } from './send-link.ts';
import { tellUserNames } from './tell-user-names.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
  await register(world, citizen);
  // As after a registration that begins with a contact, and a second one that was bound.
  await world.ctx().db.update(identifierTable).set({ provedAtMs: world.nowMs(), signsIn: true });
  world.advance(2 * 86_400_000);
});
afterEach(() => world.close());

const citizen = citizenNamed('林知远');
const { mobile } = citizen;
const newPassword = 'Yutou#31-harbour';
const passwords = { password: newPassword, passwordAgain: newPassword };
const student = (extra: Parameters<TestWorld['ctx']>[0] = {}): Ctx =>
  inPortal(world.ctx(extra), studentPortal.id);

/** Begins by a mobile number or an address. */
async function begin(userName: string, ctx = student()) {
  const ticket = await giveTestTicket(ctx, 'recover');
  return beginRecovery(ctx, { name: userName, ticket });
}

const bySms = () => world.sandbox.phone.lastCode(mobile) ?? '';
const byMail = () =>
  /\d{6}/.exec(world.sandbox.mail.messages(testEmail).at(-1)?.subject ?? '')?.[0] ?? '';
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('S-PWD-01: a password is reset by the user name', () => {
  test.each([
    ['mobile', mobile, bySms],
    ['email', testEmail, byMail],
  ] as const)('by %s: the code goes there, and resets once', async (kind, userName, read) => {
    const { token, recovery } = await begin(userName);
    await world.settle();
    expect(recovery).toMatchObject({ userNameKind: kind, code: { triesLeft: 5 }, scene: null });
    expect(await currentRecovery(student(), token)).toEqual(recovery);
    const typed = { ...passwords, code: read() };
    await resetPassword(student(), token, typed);
    await signInAs(world.ctx(), citizen.number, newPassword);
    expect(await refusalOf(resetPassword(student(), token, typed))).toEqual({
      code: 'recovery.not_started',
    });
  });

  test('an account that has no identity yet is reset too, and the browser is no stranger at the next sign-in', async () => {
    const email = 'newcomer@example.com';
    await registerWithoutIdentity(world, { email }, studentPortal.id);
    const { token } = await begin(email);
    await world.settle();
    const code = /\d{6}/.exec(world.sandbox.mail.messages(email).at(-1)?.subject ?? '')?.[0] ?? '';
    const { deviceMark } = await resetPassword(student(), token, { ...passwords, code });
    const ctx = student({ visitor: { deviceMarks: [deviceMark] } });
    await signInAs(ctx, email, newPassword);
    const facts = await ctx.db
      .select({ facts: auditTable.facts })
      .from(auditTable)
      .where(eq(auditTable.action, 'login.signed_in'));
    expect(JSON.parse(facts.at(-1)?.facts ?? '')).toEqual({ isKnownDevice: true });
  });

  test('the code is good for the day that the portal says, and so is what it stands in', async () => {
    const { token } = await begin(mobile);
    await world.settle();
    world.advance(studentPortal.codes.sms.validMs - 1);
    await resetPassword(student(), token, { ...passwords, code: bySms() });
  });

  test('it is sent again to the same contact, a minute later', async () => {
    const { token } = await begin(testEmail);
    const again = async () =>
      sendRecoveryCode(student(), token, { ticket: await giveTestTicket(student(), 'recover') });
    expect(await refusalOf(again())).toMatchObject({ code: 'code.too_soon' });
    world.advance(60_000);
    expect(await again()).toMatchObject({ outcome: 'sent', recovery: { userNameKind: 'email' } });
    await world.settle();
    expect(world.sandbox.mail.messages(testEmail)).toHaveLength(2);
  });

  test('what takes the facts of a document is not to be had by a user name', async () => {
    const { token } = await begin(mobile);
    const ticket = await giveTestTicket(student(), 'recover');
    const refusal = { code: 'recovery.not_started' };
    expect(await refusalOf(sendRecoveryLink(student(), token, { ticket }))).toEqual(refusal);
    expect(await refusalOf(tellUserNames(student(), token, { code: bySms() }))).toEqual(refusal);
  });
});

describe('X-03: a stranger learns from none of it whether there is an account', () => {
  const nobody = { mobile: '19900009999', email: 'nobody@example.com' };

  test.each([
    [mobile, nobody.mobile],
    [testEmail, nobody.email],
  ])(
    '%s and %s: the same answers for as many round trips, and a message for one',
    async (...both) => {
      const traces = [];
      for (const userName of both) {
        const meter = newMeter();
        const { token, recovery } = await begin(userName, student({ meter }));
        const standing = await currentRecovery(student({ meter }), token);
        const guess = {
          ...passwords,
          code: 'made up'.length === 7 ? '13579x'.replace('x', '1') : '',
        };
        const refusals = [];
        for (let tries = 0; tries < 6; tries += 1) {
          refusals.push(await refusalOf(resetPassword(student({ meter }), token, guess)));
        }
        const { drawnFrom: _, maskedMobile, maskedEmail, ...shown } = recovery;
        const masked = [maskedMobile.length, maskedEmail.length > 0];
        traces.push({ shown, masked, refusals, isSame: standing?.code?.expiresAtMs, ...meter });
        world.advance(120_000);
      }
      const [known, unknown] = traces;
      const times = (trace: typeof known) => JSON.stringify(trace).replaceAll(/\d{13}/g, 'instant');
      expect(times(unknown)).toBe(times(known));
      await world.settle();
      expect(world.sandbox.phone.messages(nobody.mobile)).toEqual([]);
      expect(world.sandbox.mail.messages(nobody.email)).toEqual([]);
      expect(await world.ctx().db.$count(outboxTable, eq(outboxTable.status, 'waiting'))).toBe(0);
    },
  );

  test('a code that is guessed for nobody’s contact resets nothing', async () => {
    const { token } = await begin(nobody.mobile, { ...student(), crypto: fixedCode(student()) });
    const typed = { ...passwords, code: '000000' };
    expect(await refusalOf(resetPassword(student(), token, typed))).toEqual({
      code: 'code.expired',
    });
  });

  test('T-PWD-01: of an account that is opened by its number a contact alone resets nothing', async () => {
    const { db } = world.ctx();
    await db
      .update(identifierTable)
      .set({ signsIn: false })
      .where(eq(identifierTable.kind, 'mobile'));
    await begin(mobile);
    const rows = await db.select().from(recoveryTable);
    expect(rows.map(({ accountId }) => accountId)).toEqual([null]);
  });

  test('E3: strangers who ask for mails use up nothing of the holder’s', async () => {
    for (let turns = 0; turns < 5; turns += 1) {
      await begin(testEmail, student({ visitor: { address: `198.51.100.${turns}` } }));
      world.advance(1_000);
    }
    await begin(testEmail, student({ visitor: { address: '203.0.113.77' } }));
  });

  test('X-02: of 20 at once to one number one gets a code', async () => {
    const from = Array.from({ length: 20 }, (_, at) =>
      student({ visitor: { address: `198.51.100.${at}`, deviceId: `device-${at}` } }),
    );
    const tickets = await giveTestTickets(from, 'recover');
    const { done, refused } = await atOnce(20, (at) =>
      beginRecovery(from[at] ?? student(), { name: mobile, ticket: tickets[at] ?? '' }),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'code.too_soon': 19 }]);
  });
});

/** A source of chance by which every code is 000000. */
const fixedCode = ({ crypto }: Ctx): Ctx['crypto'] => ({
  ...crypto,
  randomBytes: (length) => (length === 8 ? new Uint8Array(8) : crypto.randomBytes(length)),
});

const identify = async () => identifyAs(student(), citizen);
const send = async (token: string, by: 'mobile' | 'email') =>
  sendRecoveryCode(student(), token, {
    by,
    ticket: await giveTestTicket(student(), 'recover'),
  });

describe('S-USR-01: the user name is found by real-name data and a code', () => {
  test.each([
    ['mobile', bySms],
    ['email', byMail],
  ] as const)('by %s: told in full, once, and on record', async (by, read) => {
    const token = await identify();
    expect(await send(token, by)).toMatchObject({ outcome: 'sent', recovery: { code: {} } });
    await world.settle();
    const code = read();
    expect(await refusalOf(tellUserNames(student(), token, { code: wrong(code) }))).toEqual({
      code: 'code.wrong',
      triesLeft: 4,
    });
    const { done, refused } = await atOnce(5, () => tellUserNames(student(), token, { code }));
    expect(done).toEqual([{ mobile, email: testEmail }]);
    expect(refused).toHaveLength(4);
    const actions = await world.ctx().db.select({ is: auditTable.action }).from(auditTable);
    expect(actions.filter(({ is }) => is === 'recovery.user_names_told')).toHaveLength(1);
  });

  test('not without a code, and not of a contact that nobody has proved', async () => {
    const token = await identify();
    expect(await refusalOf(tellUserNames(student(), token, { code: '123456' }))).toEqual({
      code: 'code.expired',
    });
    expect(await refusalOf(tellUserNames(student(), null, { code: '123456' }))).toEqual({
      code: 'recovery.not_started',
    });
    await world
      .ctx()
      .db.update(identifierTable)
      .set({ provedAtMs: null })
      .where(eq(identifierTable.kind, 'email'));
    expect(await refusalOf(send(token, 'email'))).toEqual({ code: 'contact.not_proved' });
  });
});
