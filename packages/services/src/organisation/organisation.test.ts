import {
  auditTable,
  caseTable,
  organisationSessionTable,
  organisationTable,
  photoTable,
  retentionReceiptTable,
} from '@shiming/db';
import { AppError, caseRule, type CaseOutcome } from '@shiming/domain';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleCases } from '../desk/settle.ts';
import { type Ctx, inPortal } from '../context.ts';
import { takeCase } from '../desk/take.ts';
import { takeNext } from '../desk/take-next.ts';
import { decideTicket, revealTicket, viewTicketCase } from '../help-desk/ticket.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { sweepPhotos } from '../review/sweep-photos.ts';
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
import { eraseOrganisations, requestClosing, stopClosing, stopClosingByLink } from './closing.ts';
import {
  changeOrganisationContact,
  openOrganisationContact,
  type Organisation,
  sendOrganisationCode,
} from './contact.ts';
import { exportOrganisation } from './export.ts';
import { authenticateOrganisation, viewOrganisation } from './session.ts';
import {
  changeOrganisationPassword,
  setOrganisationPassword,
  signInOrganisation,
  signOutOrganisation,
} from './sign-in.ts';

const code = '12110199PDY00001XT';
const typed = {
  name: '县第一中学',
  code,
  person: '林知远',
  mobile: '19900000031',
  email: 'office@example.org',
  text: '申请开通单位账号，附申请函。',
  agreesToPhotos: true,
  contactAgrees: true,
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
  const { email } = { ...typed, ...change };
  const texts = world.sandbox.mail.messages(email).map(({ text }) => text);
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
  await deliverWaiting(world.ctx());
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
      closesAtMs: null,
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

  test('nobody answers the letter of which they are the contact person', async () => {
    const post = 'Office@Example.org';
    const own = await staffNamed(world, 'reviewer', { email: post });
    const { caseId } = await sent();
    expect(await refusalOf(decided(own, caseId, 'approve'))).toEqual({ code: 'desk.own_case' });
    world.advance(caseRule.leaseMs);
    await decided(anna, caseId, 'approve');
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
      { email: '', mobile: '1', contactAgrees: false },
      {
        email: 'email.missing',
        mobile: 'mobile.format',
        contactAgrees: 'organisation_person.unasked',
      },
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

const mailsTo = (email: string) => world.sandbox.mail.messages(email).map(({ subject }) => subject);
const signedIn = async (password = testPassword) => {
  const { sessionToken } = await signIn(password);
  return async () => {
    const found = await authenticateOrganisation(ctx, sessionToken);
    if (found === null) throw new Error('the session is not one');
    return found.organisation;
  };
};
const other = {
  person: '林知近',
  mobile: '19900000032',
  email: 'other@example.org',
  contactAgrees: true,
};
const wrongPassword = { code: 'input.invalid', fields: { password: 'password.wrong' } };
const day = 24 * 3_600_000;

const sendCode = async (of: Organisation, change: object = {}) =>
  sendOrganisationCode(ctx, of, {
    ...other,
    password: testPassword,
    ticket: await giveTestTicket(ctx, 'contact'),
    ...change,
  });
const codeIn = async () => {
  await world.settle();
  const text = world.sandbox.mail.messages(other.email).at(-1)?.text ?? '';
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
};

describe('X-07: the contact person changes', () => {
  test('by the password and a code to the new address; the former person reads of it', async () => {
    await registered();
    const now = await signedIn();
    expect(await refusalOf(sendCode(await now(), { password: 'wrong' }))).toEqual(wrongPassword);
    await sendCode(await now());
    const code = await codeIn();
    const wrong = code === '000000' ? '000001' : '000000';
    const change = async (of: object) =>
      changeOrganisationContact(ctx, await now(), { ...other, code, ...of });
    expect(await refusalOf(change({ code: wrong }))).toMatchObject({ code: 'code.wrong' });
    // The code is for one address.
    expect(await refusalOf(change({ email: 'third@example.org' }))).toEqual({
      code: 'code.expired',
    });
    expect(await refusalOf(change({ contactAgrees: false }))).toMatchObject({
      code: 'input.invalid',
    });
    await change({});
    await world.settle();
    expect(mailsTo(typed.email).at(-1)).toContain('单位联系人已更换');
    const contact = await openOrganisationContact(ctx, await now());
    const consent = { noticeVersion: ctx.portal.privacyNoticeVersion, atMs: world.nowMs() };
    expect(contact).toEqual({
      person: other.person,
      mobile: other.mobile,
      email: other.email,
      consent,
    });
    expect(await refusalOf(change({}))).toEqual({ code: 'code.expired' });
  });

  test('four times at once with one code: once', async () => {
    await registered();
    const now = await signedIn();
    await sendCode(await now());
    const [code, of] = [await codeIn(), await now()];
    const { done, refused } = await atOnce(4, () =>
      changeOrganisationContact(ctx, of, { ...other, code }),
    );
    expect(done).toHaveLength(1);
    const codes = codesOf(refused);
    expect((codes['code.expired'] ?? 0) + (codes['request.stale'] ?? 0)).toBe(3);
  });
});

const request = (of: Organisation, password = testPassword) =>
  requestClosing(ctx, of, { password });
const keepLink = async () => {
  await world.settle();
  const links = world.sandbox.mail.messages(typed.email).flatMap((mail) => mail.links);
  return links.findLast((each) => each.includes('/organisation/keep#'))?.split('#')[1] ?? '';
};

describe('X-07, PIPL 47: an organisation is closed by itself', () => {
  test('seven days later it is deleted with its letters, photos and sessions', async () => {
    const key = await registered();
    const now = await signedIn();
    expect(await refusalOf(request(await now(), 'wrong'))).toEqual(wrongPassword);
    const { closesAtMs } = await request(await now());
    expect(closesAtMs).toBe(world.nowMs() + 7 * day);
    expect(await refusalOf(request(await now()))).toEqual({ code: 'account.closing' });
    world.advance(7 * day - 1);
    expect(await eraseOrganisations(ctx)).toBe(0);
    await signIn();
    world.advance(1);
    expect(await eraseOrganisations(ctx)).toBe(1);
    expect(await ctx.db.$count(organisationTable)).toBe(0);
    expect(await ctx.db.$count(organisationSessionTable)).toBe(0);
    expect(await ctx.db.$count(caseTable)).toBe(0);
    await sweepPhotos(ctx);
    expect(await ctx.db.$count(photoTable)).toBe(0);
    expect(await refusalOf(signIn())).toMatchObject({ code: 'login.refused' });
    expect(await refusalOf(viewTicket(ctx, key))).toEqual({ code: 'request.not_found' });
    const receipts = await ctx.db.select().from(retentionReceiptTable);
    expect(receipts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['organisation', 'organisation_session', 'ticket']),
    );
  });

  test('somebody who is signed in stops it, and so does the link in the mail, once', async () => {
    await registered();
    const now = await signedIn();
    expect(await refusalOf(stopClosing(ctx, await now()))).toEqual({ code: 'request.stale' });
    await request(await now());
    const link = await keepLink();
    await stopClosing(ctx, await now());
    const used = { code: 'link.used', for: 'organisation.stop' };
    expect(await refusalOf(stopClosingByLink(ctx, { link }))).toEqual(used);
    await request(await now());
    const another = await keepLink();
    expect(await refusalOf(stopClosingByLink(ctx, { link: `${another}x` }))).toEqual({
      code: 'link.expired',
    });
    const { done } = await atOnce(4, () => stopClosingByLink(ctx, { link: another }));
    expect(done).toHaveLength(1);
    await world.settle();
    expect(mailsTo(typed.email).at(-1)).toContain('单位账号已取消注销');
    world.advance(8 * day);
    expect(await eraseOrganisations(ctx)).toBe(0);
    await signIn();
  });

  test('of the job and the link at once, one is done', async () => {
    await registered();
    await request(await (await signedIn())());
    const link = await keepLink();
    world.advance(7 * day - 1);
    const late = { ...ctx, now: () => world.nowMs() + 1 };
    const { done } = await atOnce<unknown>(2, async (at) => {
      if (at === 0) await stopClosingByLink(ctx, { link });
      else if ((await eraseOrganisations(late)) === 0)
        throw new AppError({ code: 'request.stale' });
    });
    expect(done).toHaveLength(1);
  });

  test('a letter that is approved keeps it, and its former contact person reads of the letter', async () => {
    await registered();
    const key = await sent({ email: other.email });
    await request(await (await signedIn())());
    await decided(anna, key.caseId, 'approve');
    await decided(bert, key.caseId, 'approve');
    expect(mailsTo(typed.email).at(-1)).toContain('单位申请函已同意');
    world.advance(6 * day);
    await setPassword(key, otherPassword);
    await world.settle();
    expect(mailsTo(other.email).at(-1)).toContain('单位密码已设置');
    world.advance(2 * day);
    expect(await eraseOrganisations(ctx)).toBe(0);
  });

  test('who has the former password undoes nothing of an approved letter', async () => {
    await registered();
    const key = await sent({ email: 'new@example.org', person: '林望' });
    await decided(anna, key.caseId, 'approve');
    await decided(bert, key.caseId, 'approve');
    const now = await signedIn();
    await sendCode(await now());
    await changeOrganisationContact(ctx, await now(), { ...other, code: await codeIn() });
    await request(await now());
    await world.settle();
    const links = world.sandbox.mail.messages(other.email).flatMap((mail) => mail.links);
    const link = links.findLast((each) => each.includes('/keep#'))?.split('#')[1] ?? '';
    world.advance(6 * day);
    await setPassword(key, otherPassword);
    world.advance(2 * day);
    expect(await eraseOrganisations(ctx)).toBe(0);
    const after = await (await signedIn(otherPassword))();
    expect(after.closesAtMs).toBeNull();
    expect(await openOrganisationContact(ctx, after)).toMatchObject({
      person: '林望',
      email: 'new@example.org',
    });
    expect(await refusalOf(stopClosingByLink(ctx, { link }))).toMatchObject({
      code: expect.stringMatching(/^link\./),
    });
  });

  test('five requests a day', async () => {
    await registered();
    const now = await signedIn();
    for (let times = 0; times < 5; times += 1) {
      await request(await now());
      await stopClosing(ctx, await now());
    }
    expect(await refusalOf(request(await now()))).toMatchObject({ code: 'request.too_many' });
  });
});

test('X-08: an organisation that never sets a password is deleted with the time of its letter, which can still be followed', async () => {
  const key = await sent();
  await decided(anna, key.caseId, 'approve');
  world.advance(7 * day - caseRule.undoMs);
  expect(await eraseOrganisations(ctx)).toBe(0);
  world.advance(caseRule.undoMs);
  expect(await eraseOrganisations(ctx)).toBe(1);
  expect(await ctx.db.$count(organisationTable)).toBe(0);
  expect(await statusOf(key)).toBe('approved');
  // One that has a password stays, whatever became of a later letter.
  await registered();
  const again = await sent();
  await decided(anna, again.caseId, 'approve');
  await decided(bert, again.caseId, 'approve');
  world.advance(8 * day);
  expect(await eraseOrganisations(ctx)).toBe(0);
  await signIn();
});

test('PIPL 45: the contact person takes along all that is held, with the letters and their photos', async () => {
  const key = await registered();
  await sent({ person: '古丽', text: '别人的函。' });
  const now = await signedIn();
  expect(await refusalOf(exportOrganisation(ctx, await now(), { password: 'x' }))).toEqual(
    wrongPassword,
  );
  const taken = await exportOrganisation(ctx, await now(), { password: testPassword });
  const { name, person, mobile, email, text } = typed;
  expect(taken).toMatchObject({
    format: 'shiming.organisation',
    portal: ctx.portal.name.zh,
    organisation: { name, code, closesAt: null },
    contact: { person, mobile, email, consent: { version: ctx.portal.privacyNoticeVersion } },
    letters: [
      {
        caseNumber: key.number,
        status: 'approved',
        person,
        mobile,
        email,
        text,
        answers: [{ outcome: 'approve', text: '已核对公章和登记证书。' }],
        images: [{ side: 'letter', jpeg: expect.stringMatching(/^\/9j\//) }],
      },
    ],
    sessions: [{ endedAt: null }],
  });
  // What somebody else wrote in its name, and nobody approved, is not the organisation's.
  expect(JSON.stringify(taken)).not.toContain('别人的函');
  for (let times = 0; times < 9; times += 1) {
    await exportOrganisation(ctx, await now(), { password: testPassword });
  }
  expect(
    await refusalOf(exportOrganisation(ctx, await now(), { password: testPassword })),
  ).toMatchObject({ code: 'request.too_many' });
});

test('S-LOG-01: an organisation changes its password; its other sessions end, and the contact person reads of it', async () => {
  await registered();
  const [here, there] = [await signIn(), await signIn()];
  const found = async () => {
    const of = await authenticateOrganisation(ctx, here.sessionToken);
    if (of === null) throw new Error('the session is not one');
    return of;
  };
  const change = async (of: object = {}) =>
    changeOrganisationPassword(ctx, await found(), {
      current: testPassword,
      password: otherPassword,
      passwordAgain: otherPassword,
      ...of,
    });
  const refusals = [
    [{ current: 'wrong' }, { current: 'password.wrong' }],
    [{ current: '' }, { current: 'password.missing' }],
    [{ passwordAgain: 'x' }, { passwordAgain: 'password.mismatch' }],
    [{ password: testPassword, passwordAgain: testPassword }, { password: 'password.reused' }],
  ] as const;
  for (const [typedSo, fields] of refusals) {
    expect(await refusalOf(change(typedSo))).toMatchObject({ code: 'input.invalid', fields });
  }
  const { done } = await atOnce(3, () => change());
  expect(done).toHaveLength(1);
  await found();
  expect(await authenticateOrganisation(ctx, there.sessionToken)).toBeNull();
  expect(await refusalOf(signIn())).toMatchObject({ code: 'login.refused' });
  await signIn(otherPassword);
  await world.settle();
  expect(mailsTo(typed.email).at(-1)).toContain('单位密码已设置');
});

test('S-LOG-01: at a session five wrong passwords lock the next, however many come at once, and no sign-in', async () => {
  await registered();
  const now = await signedIn();
  const of = await now();
  const { refused } = await atOnce(8, () => requestClosing(ctx, of, { password: 'wrong' }));
  expect(codesOf(refused)).toEqual({ 'input.invalid': 5, 'login.locked': 3 });
  await signIn();
});

test('S-LOG-01: a browser that has signed in is not locked out by the failures of others', async () => {
  await registered();
  const { deviceMark } = await signIn();
  const known = { ...ctx, visitor: { ...ctx.visitor, deviceMarks: [deviceMark] } };
  for (let times = 0; times < 3; times += 1) await refusalOf(signIn(otherPassword));
  expect(await refusalOf(signIn())).toMatchObject({ code: 'login.locked' });
  const ticket = await giveTestTicket(known, 'login');
  await signInOrganisation(known, { code, password: testPassword, ticket }, null);
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
    () => stopClosingByLink(down, { link: 'a.b' }),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  expect(await ctx.db.$count(organisationTable)).toBe(0);
});

test('the database down for an organisation that is signed in: service.unavailable, and all is as it was', async () => {
  await registered();
  const { sessionToken } = await signIn();
  const found = async () => {
    const session = await authenticateOrganisation(ctx, sessionToken);
    if (session === null) throw new Error('the session is not one');
    return session;
  };
  const session = await found();
  const of = session.organisation;
  await sendCode(of);
  const [sentCode, down] = [await codeIn(), withoutDatabase(ctx)];
  const newPassword = { password: otherPassword, passwordAgain: otherPassword };
  const ticket = await giveTestTicket(ctx, 'contact');
  for (const work of [
    () => sendOrganisationCode(down, of, { ...other, password: testPassword, ticket }),
    () => changeOrganisationContact(down, of, { ...other, code: sentCode }),
    () => changeOrganisationPassword(down, session, { current: testPassword, ...newPassword }),
    () => exportOrganisation(down, of, { password: testPassword }),
    () => requestClosing(down, of, { password: testPassword }),
    () => stopClosing(down, { ...of, closesAtMs: world.nowMs() + day }),
  ]) {
    expect(await refusalOf(work())).toEqual({ code: 'service.unavailable' });
  }
  const after = (await found()).organisation;
  expect(after).toEqual(of);
  await changeOrganisationContact(ctx, after, { ...other, code: sentCode });
  await signIn();
});
