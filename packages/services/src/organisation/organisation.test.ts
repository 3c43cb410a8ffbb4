import { auditTable, caseTable, organisationSessionTable, organisationTable } from '@shiming/db';
import { caseRule, type CaseOutcome } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleCases } from '../desk/settle.ts';
import { type Ctx, inPortal } from '../context.ts';
import { takeCase } from '../desk/take.ts';
import { takeNext } from '../desk/take-next.ts';
import { decideTicket, revealTicket, viewTicketCase } from '../help-desk/ticket.ts';
import { authenticate } from '../session/session.ts';
import { authenticateStaff } from '../staff/session.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { testPhotos } from '../testing/reviews.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { addTicketFile } from '../ticket/files.ts';
import { proveTicket, submitTicket } from '../ticket/submit.ts';
import { viewTicket } from '../ticket/view.ts';
import { beginLetter } from './letter.ts';
import { authenticateOrganisation, viewOrganisation } from './session.ts';
import { setOrganisationPassword, signInOrganisation, signOutOrganisation } from './sign-in.ts';

const code = '12110199PDY00001XT';
const typed = {
  name: '县第一中学',
  code,
  person: '林知远',
  mobile: '19900000031',
  email: 'office@example.org',
  text: '申请开通单位账号，附申请函。',
  agreesToPhotos: true,
};
const otherPassword = 'Another#47-brook';

let world: TestWorld;
let ctx: Ctx;
let [anna, bert]: [TestStaff, TestStaff] = [] as never;
beforeEach(async () => {
  world = await createTestWorld();
  ctx = inPortal(world.ctx(), 'student');
  anna = await staffNamed(world, 'reviewer');
  bert = await staffNamed(world, 'senior');
});
afterEach(() => world.close());

const begin = async (change: Partial<typeof typed> = {}, by = ctx) =>
  beginLetter(by, { ...typed, ...change, ticket: await giveTestTicket(by, 'ticket') });

/** A letter that waits, with its mail address confirmed. */
async function sent(change: Partial<typeof typed> = {}) {
  const key = await begin(change);
  await addTicketFile(ctx, key, testPhotos.a);
  const { caseNumber } = await submitTicket(ctx, key);
  await world.settle();
  const texts = world.sandbox.mail.messages(typed.email).map(({ text }) => text);
  const link = new RegExp(`/tickets#(${key.number}\\.\\S+)$`, 'm').exec(texts.join('\n'))?.[1];
  await proveTicket(ctx, { link: link ?? '' });
  return { number: caseNumber, code: key.code, caseId: key.number };
}

async function decided(by: TestStaff, caseId: string, outcome: CaseOutcome) {
  const { version } = await takeCase(by.ctx, by.staff, { caseId });
  if (outcome === 'approve') await revealTicket(by.ctx, by.staff, { caseId });
  const text = '已核对公章和登记证书。';
  await decideTicket(by.ctx, by.staff, { caseId, version, outcome, text, freesNumber: false });
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
  await world.settle();
}

const setPassword = (key: { number: string; code: string }, password = testPassword) =>
  setOrganisationPassword(ctx, { ...key, password, passwordAgain: password });
const signIn = async (password = testPassword, of = code, held: string | null = null) =>
  signInOrganisation(ctx, { code: of, password, ticket: await giveTestTicket(ctx, 'login') }, held);
async function registered() {
  const key = await sent();
  await decided(anna, key.caseId, 'approve');
  await setPassword(key);
  return key;
}
const statusOf = async (key: { number: string; code: string }) =>
  (await viewTicket(ctx, key)).status;

describe('S-USR-03: an organisation registers by a letter', () => {
  test('which is approved by its look; the answer goes to the confirmed mail, then the password is set and signs in', async () => {
    const key = await sent();
    expect(await refusalOf(setPassword(key))).toEqual({ code: 'request.stale' });
    expect(await refusalOf(signIn())).toMatchObject({ code: 'login.refused' });
    await decided(anna, key.caseId, 'approve');
    expect(await statusOf(key)).toBe('approved');
    expect(world.sandbox.mail.messages(typed.email).at(-1)?.text).toContain(key.number.slice(0, 6));
    await setPassword(key);
    const { sessionToken } = await signIn();
    expect(await viewOrganisation(ctx, sessionToken)).toEqual({
      name: typed.name,
      code,
      createdAtMs: expect.any(Number),
      maskedPerson: '林*远',
      maskedMobile: '199*****31',
      maskedEmail: 'of****@example.org',
    });
    // The letter sets one password.
    expect(await refusalOf(setPassword(key, otherPassword))).toEqual({ code: 'request.stale' });
  });

  test('without a letter it is not sent off, and with an unconfirmed mail not approved', async () => {
    const key = await begin();
    expect(await refusalOf(submitTicket(ctx, key))).toEqual({
      code: 'organisation.letter_required',
    });
    await addTicketFile(ctx, key, testPhotos.a);
    await submitTicket(ctx, key);
    const caseId = key.number;
    expect(await refusalOf(decided(anna, caseId, 'approve'))).toEqual({
      code: 'contact.not_proved',
    });
  });

  test('an approval takes the look at the letter', async () => {
    const { caseId } = await sent();
    const { version } = await takeCase(anna.ctx, anna.staff, { caseId });
    const approval = { caseId, version, outcome: 'approve', text: '已核对。', freesNumber: false };
    const decide = () =>
      decideTicket(anna.ctx, anna.staff, approval as Parameters<typeof decideTicket>[2]);
    expect(await refusalOf(decide())).toEqual({ code: 'desk.look_required' });
  });

  test('the answer by telephone is on record, by a member who has looked at the number', async () => {
    const { caseId } = await sent();
    const { version } = await takeCase(anna.ctx, anna.staff, { caseId });
    const answer = () =>
      decideTicket(anna.ctx, anna.staff, {
        caseId,
        version,
        outcome: 'reject',
        text: '公章不清楚，请重新提交。',
        freesNumber: false,
        isTelephoned: true,
      });
    expect(await refusalOf(answer())).toEqual({ code: 'desk.look_required' });
    await revealTicket(anna.ctx, anna.staff, { caseId });
    await answer();
    const { telephonedAtMs } = await viewTicketCase(anna.ctx, anna.staff, { caseId });
    expect(telephonedAtMs).toBe(world.nowMs());
    const rows = await ctx.db.select().from(auditTable);
    expect(rows.filter(({ action }) => action === 'organisation.telephoned')).toHaveLength(1);
  });

  test('rejected there is no organisation; the queue has it by its kind', async () => {
    const key = await sent();
    expect(await takeNext(anna.ctx, anna.staff, { kind: 'ticket' })).toBeNull();
    const next = await takeNext(anna.ctx, anna.staff, { kind: 'organisation_letter' });
    expect(next?.caseId).toBe(key.caseId);
    const view = await viewTicketCase(anna.ctx, anna.staff, { caseId: key.caseId });
    expect(view).toMatchObject({
      kind: 'organisation_letter',
      organisation: { name: typed.name, code, maskedMobile: '199*****31' },
      isEmailProved: true,
      flags: [],
    });
    await decided(anna, key.caseId, 'reject');
    expect(await ctx.db.$count(organisationTable)).toBe(0);
    expect(await refusalOf(setPassword(key))).toEqual({ code: 'request.stale' });
  });

  test('a code of an unknown kind takes two persons', async () => {
    const { caseId } = await sent({ code: '17110199PDY00001XB' });
    const [row] = await ctx.db.select().from(caseTable).where(eq(caseTable.id, caseId));
    expect(row?.flags).toEqual(['organisation_code_unusual']);
    await decided(anna, caseId, 'approve');
    expect(await ctx.db.$count(organisationTable)).toBe(0);
    await decided(bert, caseId, 'approve');
    expect(await ctx.db.$count(organisationTable)).toBe(1);
  });

  test.for([
    [{ code: '12110199PDY00001XU' }, { code: 'organisation_code.check' }],
    [{ name: ' ' }, { name: 'organisation_name.missing' }],
    [
      { email: '', mobile: '1' },
      { email: 'email.missing', mobile: 'mobile.format' },
    ],
  ] as const)('%j is refused', async ([change, fields]) => {
    expect(await refusalOf(begin(change))).toEqual({ code: 'input.invalid', fields });
  });
});

describe('S-USR-02: an organisation gets back in by a letter', () => {
  test('two persons approve; the password stays until another is set, then all sessions end', async () => {
    await registered();
    const { sessionToken } = await signIn();
    const key = await sent();
    const { flags } = await viewTicketCase(bert.ctx, bert.staff, { caseId: key.caseId });
    expect(flags).toEqual(['organisation_known']);
    await decided(anna, key.caseId, 'approve');
    expect(await statusOf(key)).toBe('waiting');
    await decided(bert, key.caseId, 'approve');
    expect(await authenticateOrganisation(ctx, sessionToken)).not.toBeNull();
    await setPassword(key, otherPassword);
    expect(await authenticateOrganisation(ctx, sessionToken)).toBeNull();
    expect(await refusalOf(signIn())).toMatchObject({ code: 'login.refused' });
    await signIn(otherPassword);
    expect(await ctx.db.$count(organisationTable)).toBe(1);
  });

  test('two letters that wait at once: the second does not take the account over by one person', async () => {
    const [one, two] = [await sent(), await sent()];
    await decided(anna, one.caseId, 'approve');
    await decided(anna, two.caseId, 'approve');
    expect(await statusOf(two)).toBe('waiting');
    await setPassword(one);
    await signIn();
  });

  test('after seven days the letter sets no password', async () => {
    const key = await sent();
    await decided(anna, key.caseId, 'approve');
    world.advance(7 * 24 * 3_600_000);
    expect(await refusalOf(setPassword(key))).toEqual({ code: 'request.stale' });
  });

  test('twenty passwords at once: one is set', async () => {
    const key = await sent();
    await decided(anna, key.caseId, 'approve');
    const { done, refused } = await atOnce(8, () => setPassword(key));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'request.stale': 7 });
  });
});

describe('S-LOG-01: signing in', () => {
  test('wrong passwords and unknown organisations are refused alike, and locked alike', async () => {
    await registered();
    const wrong = [];
    for (const of of [code, '91110199PDY000036G']) {
      wrong.push(await refusalOf(signIn(otherPassword, of)));
    }
    expect(wrong[0]).toEqual(wrong[1]);
    const { refused } = await atOnce(10, () => signIn(otherPassword));
    expect(Object.keys(codesOf(refused))).toContain('login.locked');
  });

  test('an organisation has no right of a person, nor of the staff', async () => {
    await registered();
    const { sessionToken } = await signIn();
    expect(await authenticate(ctx, sessionToken)).toBeNull();
    expect(await authenticateStaff(ctx, sessionToken, { isSignOfLife: true })).toBeNull();
    expect(await authenticateOrganisation(ctx, `${sessionToken}x`)).toBeNull();
  });

  test('a session ends idle, by signing out, and where another begins in the same browser', async () => {
    await registered();
    const one = await signIn();
    const two = await signIn(testPassword, code, one.sessionToken);
    expect(await authenticateOrganisation(ctx, one.sessionToken)).toBeNull();
    await signOutOrganisation(ctx, two.sessionToken);
    expect(await authenticateOrganisation(ctx, two.sessionToken)).toBeNull();
    const three = await signIn();
    world.advance(30 * 60_000);
    expect(await authenticateOrganisation(ctx, three.sessionToken)).toBeNull();
    expect(await ctx.db.$count(organisationSessionTable)).toBe(3);
  });
});

test('X-08: who is reached at an organisation is sealed, and what is done stands in the audit', async () => {
  await registered();
  const texts = (await storedTexts(world)).join('\n');
  for (const word of [typed.mobile, typed.email, typed.person]) expect(texts).not.toContain(word);
  const actions = await ctx.db.select({ action: auditTable.action }).from(auditTable);
  expect(actions.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['organisation.approved', 'organisation.password_set']),
  );
});

test('the database down: service.unavailable, and nothing half done', async () => {
  const key = await sent();
  const down = withoutDatabase(ctx);
  const ticket = await giveTestTicket(ctx, 'login');
  for (const work of [
    () => beginLetter(down, { ...typed, ticket }),
    () => setOrganisationPassword(down, { ...key, password: 'x', passwordAgain: 'x' }),
    () => signInOrganisation(down, { code, password: testPassword, ticket }, null),
    () => viewOrganisation(down, 'a.b'),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  expect(await ctx.db.$count(organisationTable)).toBe(0);
});
