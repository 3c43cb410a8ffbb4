import {
  accountTable,
  allowanceTable,
  auditTable,
  handoverTable,
  noticeTable,
  sessionTable,
} from '@shiming/db';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openContact } from '../account/account.ts';
import { usedSince } from '../allowance/allowance.ts';
import { beginContactChange } from '../contact/begin.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import { type Ctx, inPortal } from '../context.ts';
import { signIn } from '../login/sign-in.ts';
import { authenticate } from '../session/session.ts';
import { changeStaffRole, disableStaff } from '../staff/manage.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed, register, registerWithoutIdentity } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { handOver, revokeHandover } from './hand-over.ts';
import { findHandovers, listHandovers } from './list.ts';
import { takeUp } from './take-up.ts';

const citizen = citizenNamed('林知远');
const stranger = citizenNamed('古丽·买买提');
const person = { name: citizen.name, number: citizen.number, hasSeenCard: true };
const otherPassword = 'Another#47-brook';
const day = 24 * 3_600_000;

let world: TestWorld;
let ctx: Ctx;
let [clerk, colleague, other, chief]: [TestStaff, TestStaff, TestStaff, TestStaff] = [] as never;
beforeEach(async () => {
  world = await createTestWorld();
  ctx = inPortal(world.ctx(), 'student');
  clerk = await staffNamed(world, 'agency', { scope: '110199' });
  colleague = await staffNamed(world, 'agency', { scope: '110199' });
  other = await staffNamed(world, 'agency', { scope: '110198' });
  chief = await staffNamed(world, 'administrator');
});
afterEach(() => world.close());

const handedOver = ({ ctx: by, staff }: TestStaff = clerk, change: object = {}) =>
  handOver(by, staff, { ...person, ...change });
const take = async (firstPassword: string, change: object = {}, by = ctx) =>
  takeUp(by, {
    ...documentAnswersOf(citizen),
    firstPassword,
    password: testPassword,
    passwordAgain: testPassword,
    hasAgreed: true,
    ticket: await giveTestTicket(by, 'login'),
    ...change,
  });
const enter = async (name = citizen.number, password = testPassword, by = ctx) =>
  signIn(by, { name, password, ticket: await giveTestTicket(by, 'login') });
const used = { code: 'input.invalid', fields: { firstPassword: 'first_password.used' } };
const expired = { code: 'input.invalid', fields: { firstPassword: 'first_password.expired' } };
const statesOf = async ({ ctx: by, staff }: TestStaff) =>
  (await listHandovers(by, staff)).map(({ state }) => state);
const held = async (sessionToken: string) => {
  const signedIn = await authenticate(ctx, sessionToken);
  if (signedIn === null) throw new Error('the session is not one');
  const { account, sessionId } = signedIn;
  return {
    signedIn,
    ctx: { ...ctx, actor: { type: 'applicant', accountId: account.id, sessionId } as const },
  };
};

/** Proves a mail address as the first contact of whoever holds a session. */
async function proveMail(sessionToken: string) {
  const applicant = await held(sessionToken);
  const ticket = await giveTestTicket(ctx, 'contact');
  const proved = { ...applicant.signedIn, provedAtMs: ctx.now() };
  const change = { kind: 'email', value: 'zhiyuan@example.com', ticket } as const;
  await beginContactChange(applicant.ctx, proved, change);
  await world.settle();
  const [mail] = world.sandbox.mail.messages('zhiyuan@example.com').slice(-1);
  const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '';
  await confirmContactChange(applicant.ctx, applicant.signedIn, { code });
}

describe('S-REG-09: a person without a mobile number gets an account with a first password', () => {
  test('which works once; they sign in with the number and their own password, until they have proved a contact', async () => {
    const slip = await handedOver();
    expect(slip).toMatchObject({
      firstPassword: expect.stringMatching(/^([2-9A-Z]{4}-){2}[2-9A-Z]{4}$/),
      name: citizen.name,
      endsAtMs: world.nowMs() + 3 * day,
      address: expect.stringMatching(/\/student\/first-sign-in$/),
    });
    expect(await ctx.db.$count(accountTable)).toBe(0);
    const { sessionToken } = await take(slip.firstPassword.toLowerCase());
    const { signedIn } = await held(sessionToken);
    expect(signedIn).toMatchObject({
      level: 2,
      isBound: false,
      hasConsented: true,
      hasAgreed: true,
    });
    expect(await openContact(ctx, signedIn.account)).toEqual({ mobile: '', email: '' });
    expect(await refusalOf(take(slip.firstPassword))).toEqual(used);
    expect(await refusalOf(enter(citizen.number, slip.firstPassword))).toMatchObject({
      code: 'login.refused',
    });
    const later = await enter();
    await proveMail(later.sessionToken);
    expect(await refusalOf(enter())).toMatchObject({ code: 'login.refused' });
    await enter('zhiyuan@example.com');
    const notices = await ctx.db.select().from(noticeTable).orderBy(noticeTable.atMs);
    const told = notices.filter(({ kind }) => kind === 'handed_over');
    expect(told.map(({ facts }) => facts)).toEqual([{ agency: '110199' }, { agency: '110199' }]);
  });

  test('the number signs in to no account that an agency has not helped to', async () => {
    await register(world, citizen);
    expect(await refusalOf(enter())).toMatchObject({ code: 'login.refused' });
    await enter(citizen.number, testPassword, world.ctx());
  });

  test.for([
    ['another first password', { firstPassword: 'ABCD-2345-WXYZ' }],
    ['another name', { name: '林知近' }],
  ] as const)('%s is refused as a number that nobody handed one over for', async ([, change]) => {
    const nobody = await refusalOf(take('ABCD-2345-WXYZ'));
    const { firstPassword } = await handedOver();
    expect(await refusalOf(take(firstPassword, change))).toMatchObject({ code: 'login.refused' });
    expect(nobody).toMatchObject({ code: 'login.refused' });
    await take(firstPassword);
  });

  test('after three days it no longer works, nor once it is revoked or another is handed over', async () => {
    const [first, second] = [await handedOver(), await handedOver(colleague)];
    expect(await refusalOf(take(first.firstPassword))).toEqual(expired);
    await revokeHandover(clerk.ctx, clerk.staff, second);
    expect(await refusalOf(take(second.firstPassword))).toEqual(expired);
    expect(await refusalOf(revokeHandover(clerk.ctx, clerk.staff, second))).toEqual({
      code: 'request.stale',
    });
    const third = await handedOver();
    world.advance(3 * day);
    expect(await refusalOf(take(third.firstPassword))).toEqual(expired);
    expect(await statesOf(clerk)).toEqual(['expired', 'revoked', 'revoked']);
    expect(await ctx.db.$count(accountTable)).toBe(0);
  });

  test('three at once with one first password: one account', async () => {
    const { firstPassword } = await handedOver();
    const { done, refused } = await atOnce(3, () => take(firstPassword));
    expect(done).toHaveLength(1);
    const codes = codesOf(refused);
    // Who comes later finds it used already.
    expect((codes['request.stale'] ?? 0) + (codes['input.invalid'] ?? 0)).toBe(2);
    expect(await ctx.db.$count(accountTable)).toBe(1);
    expect(await ctx.db.$count(sessionTable)).toBe(1);
  });

  test('two people with one first password at once: the account has the password of the one who was first', async () => {
    const { firstPassword } = await handedOver();
    const passwords = [testPassword, otherPassword];
    const { done } = await atOnce(2, (at) =>
      take(
        firstPassword,
        { password: passwords[at], passwordAgain: passwords[at] },
        { ...ctx, visitor: { ...ctx.visitor, deviceId: `device-${at}` } },
      ),
    );
    expect(done).toHaveLength(1);
    expect(await ctx.db.$count(accountTable)).toBe(1);
    const entered = await atOnce(2, (at) => enter(citizen.number, passwords[at]));
    expect(entered.done).toHaveLength(1);
    // The session of the first, and the one of the sign-in.
    expect(await ctx.db.$count(sessionTable)).toBe(2);
  });

  test('it is taken up or revoked, and never both', async () => {
    const slip = await handedOver();
    const { done } = await atOnce<unknown>(2, (at) =>
      at === 0 ? take(slip.firstPassword) : revokeHandover(clerk.ctx, clerk.staff, slip),
    );
    expect(done).toHaveLength(1);
    const isTaken = (await ctx.db.$count(accountTable)) === 1;
    expect(await statesOf(clerk)).toEqual([isTaken ? 'taken_up' : 'revoked']);
  });
});

describe('S-REG-09: a forgotten password', () => {
  test('the same agency hands over a first password; the other password and all sessions end', async () => {
    const first = await handedOver();
    const { sessionToken } = await take(first.firstPassword);
    const second = await handedOver(colleague);
    await enter();
    const again = { password: otherPassword, passwordAgain: otherPassword };
    await take(second.firstPassword, again);
    expect(await authenticate(ctx, sessionToken)).toBeNull();
    expect(await refusalOf(enter())).toMatchObject({ code: 'login.refused' });
    await enter(citizen.number, otherPassword);
    expect(await ctx.db.$count(accountTable)).toBe(1);
    expect(await refusalOf(take(second.firstPassword))).toEqual(used);
  });

  test('no agency opens an account with a proved contact, of another agency, or that it never helped to', async () => {
    const taken = { code: 'registration.number_taken' };
    const { firstPassword } = await handedOver();
    const { sessionToken } = await take(firstPassword);
    const elsewhere = await handedOver(other);
    expect(await refusalOf(take(elsewhere.firstPassword))).toEqual(taken);
    await proveMail(sessionToken);
    const here = await handedOver();
    expect(await refusalOf(take(here.firstPassword))).toEqual(taken);
    expect(await authenticate(ctx, sessionToken)).not.toBeNull();
    await register(world, stranger);
    const theirs = await handedOver(clerk, stranger);
    const change = documentAnswersOf(stranger);
    expect(await refusalOf(take(theirs.firstPassword, change))).toEqual(taken);
  });

  test('the holder of an account that an agency did not open reads that it was tried', async () => {
    const { signedIn } = await register(world, citizen);
    const { handoverId, firstPassword } = await handedOver();
    await refusalOf(take(firstPassword));
    const tried = await ctx.db
      .select({ accountId: auditTable.accountId, facts: auditTable.facts })
      .from(auditTable)
      .where(eq(auditTable.action, 'agency.refused'));
    const facts = JSON.stringify({ handover: handoverId, scope: '110199' });
    expect(tried).toEqual([{ accountId: signedIn.account.id, facts }]);
  });

  test('whether the number has an account makes no difference for the agency', async () => {
    const before = Object.keys(await handedOver());
    await registerWithoutIdentity(world, { mobile: '19900000077' }, 'student');
    await register(world, citizen);
    expect(Object.keys(await handedOver(colleague))).toEqual(before);
    expect(await statesOf(clerk)).toEqual(['open', 'revoked']);
  });

  test('a suspended account stays so', async () => {
    const first = await handedOver();
    await take(first.firstPassword);
    await ctx.db.update(accountTable).set({ status: 'suspended' });
    const second = await handedOver();
    for (let times = 0; times < 6; times += 1) {
      expect(await refusalOf(take(second.firstPassword))).toEqual({ code: 'account.suspended' });
    }
  });

  test('a former password is refused, as often as it is typed, and costs no try', async () => {
    const others = { password: otherPassword, passwordAgain: otherPassword };
    await take((await handedOver()).firstPassword);
    await take((await handedOver()).firstPassword, others);
    const { firstPassword } = await handedOver();
    for (let times = 0; times < 6; times += 1) {
      expect(await refusalOf(take(firstPassword))).toEqual({
        code: 'input.invalid',
        fields: { password: 'password.reused' },
      });
    }
    await take(firstPassword, others);
  });
});

describe('S-REG-09: what staff of an agency may', () => {
  test('they see and revoke those of their agency alone', async () => {
    const slip = await handedOver();
    expect(await listHandovers(other.ctx, other.staff)).toEqual([]);
    for (const search of [citizen.number, citizen.name]) {
      expect(await findHandovers(other.ctx, other.staff, { search })).toEqual([]);
      expect(await findHandovers(colleague.ctx, colleague.staff, { search })).toMatchObject([
        {
          handoverId: slip.handoverId,
          maskedName: '林*远',
          state: 'open',
          createdAtMs: world.nowMs(),
        },
      ]);
    }
    expect(await findHandovers(clerk.ctx, clerk.staff, { search: '?' })).toEqual([]);
    expect(await refusalOf(revokeHandover(other.ctx, other.staff, slip))).toEqual({
      code: 'request.stale',
    });
  });

  test('nothing for oneself, for a child, without the card, or long after one has proved who one is', async () => {
    const self = await staffNamed(world, 'agency', { scope: '110199', number: citizen.number });
    expect(await refusalOf(handedOver(self))).toEqual({ code: 'help_desk.own_account' });
    expect(await refusalOf(handedOver(clerk, { hasSeenCard: false }))).toEqual({
      code: 'input.invalid',
      fields: { hasSeenCard: 'card_seen.missing' },
    });
    const child = { ...person, number: '110199201408150118' };
    expect(await refusalOf(handedOver(clerk, child))).toMatchObject({
      code: expect.stringMatching(/^(guardian.required|input.invalid)$/),
    });
    world.advance(10 * 60_000);
    expect(await refusalOf(handedOver())).toEqual({ code: 'staff.proof_required' });
    expect(await ctx.db.$count(handoverTable)).toBe(0);
  });

  test.for([
    ['is dismissed', (staffId: string) => disableStaff(chief.ctx, chief.staff, { staffId })],
    [
      'goes to another agency',
      (staffId: string) =>
        changeStaffRole(chief.ctx, chief.staff, { staffId, role: 'agency', scope: '110198' }),
    ],
  ] as const)('what a member who %s handed over no longer works', async ([, end]) => {
    const [mine, theirs] = [await handedOver(), await handedOver(colleague, stranger)];
    await end(clerk.staff.member.id);
    expect(await refusalOf(take(mine.firstPassword))).toEqual(expired);
    expect((await statesOf(colleague)).toSorted()).toEqual(['open', 'revoked']);
    const revoked = await ctx.db
      .select({ facts: auditTable.facts })
      .from(auditTable)
      .where(eq(auditTable.action, 'agency.revoked'));
    const facts = JSON.stringify({ handover: mine.handoverId, scope: '110199' });
    expect(revoked).toEqual([{ facts }]);
    // The session that is still open in a request hands over nothing.
    expect(await refusalOf(handedOver())).toEqual({ code: 'staff.forbidden' });
    await take(theirs.firstPassword, documentAnswersOf(stranger));
  });

  test('of a dismissal and a first password at once, none is left that works', async () => {
    const staffId = clerk.staff.member.id;
    const { refused } = await atOnce<unknown>(4, (at) =>
      at === 0 ? disableStaff(chief.ctx, chief.staff, { staffId }) : handedOver(),
    );
    expect(refused.filter(({ code }) => code !== 'staff.forbidden')).toEqual([]);
    expect(await statesOf(colleague)).not.toContain('open');
  });

  test.for([
    ['agency.member', 60, () => ({ subject: clerk.staff.member.id, by: clerk })],
    ['agency', 300, () => ({ subject: '110199', by: colleague })],
  ] as const)('%s: %i a day, however many ask at once', async ([kind, limit, of]) => {
    const { subject, by } = of();
    await ctx.db.insert(allowanceTable).values(
      Array.from({ length: limit - 1 }, (_, at) => ({
        id: `used-${at}`,
        kind,
        subject,
        atMs: ctx.now(),
        isCounted: true,
      })),
    );
    const { done, refused } = await atOnce(2, (at) => handedOver(by, at === 0 ? {} : stranger));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'request.too_many': 1 });
  });

  test('three a day for a person, however many ask at once, and none of it shows elsewhere', async () => {
    const { done, refused } = await atOnce(8, () => handedOver());
    expect(done).toHaveLength(3);
    expect(codesOf(refused)).toEqual({ 'request.too_many': 5 });
    expect((await statesOf(clerk)).filter((state) => state === 'open')).toHaveLength(1);
    await handedOver(other);
    const [used] = await usedSince(ctx.db, 'agency.member', clerk.staff.member.id, 0);
    expect(used).toEqual({ used: 3 });
  });

  test('X-08: no first password is kept, nothing personal is readable, and each step stands in the audit', async () => {
    const slip = await handedOver();
    await findHandovers(clerk.ctx, clerk.staff, { search: citizen.number });
    await take(slip.firstPassword);
    await revokeHandover(clerk.ctx, clerk.staff, await handedOver());
    const texts = (await storedTexts(world)).join('\n');
    const bare = slip.firstPassword.replaceAll('-', '');
    for (const word of [slip.firstPassword, bare, citizen.name, citizen.number]) {
      expect(texts).not.toContain(word);
    }
    const rows = await ctx.db.select().from(auditTable);
    const actions = rows
      .map(({ action }) => action)
      .filter((action) => action.startsWith('agency.'));
    expect(actions.toSorted()).toEqual([
      'agency.handed_over',
      'agency.handed_over',
      'agency.revoked',
      'agency.searched',
      'agency.taken_up',
    ]);
    const taken = rows.find(({ action }) => action === 'agency.taken_up');
    expect(taken?.accountId).not.toBeNull();
  });
});

test('the database down: service.unavailable, and nothing half done', async () => {
  const { firstPassword } = await handedOver();
  const ticket = await giveTestTicket(ctx, 'login');
  const down = withoutDatabase(ctx);
  const byClerk = withoutDatabase(clerk.ctx);
  for (const work of [
    () => take(firstPassword, { ticket }, down),
    () => handOver(byClerk, clerk.staff, person),
    () => listHandovers(byClerk, clerk.staff),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  expect(
    await ctx.db.select().from(handoverTable).where(eq(handoverTable.scope, '110199')),
  ).toHaveLength(1);
  await take(firstPassword);
});
