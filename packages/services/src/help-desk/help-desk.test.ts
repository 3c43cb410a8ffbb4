import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import {
  accountTable,
  auditTable,
  commit,
  contactChangeTable,
  correctionTable,
  faceCheckTable,
  noticeTable,
} from '@shiming/db';
import { correctionValidMs, type CorrectionKind } from '@shiming/domain';
import { webCrypto } from '@shiming/providers/crypto';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestCancellation } from '../data/cancellation.ts';
import { eraseCancelled } from '../data/erase-cancelled.ts';
import { exportAudit, searchAudit } from '../audit-trail/trail.ts';
import { listHistory } from '../data/history.ts';
import { closeAccount } from '../account/close.ts';
import { authenticate } from '../session/session.ts';
import { guardNumberFree } from '../account/attestation.ts';
import { putIdentifier } from '../account/identifiers.ts';
import { beginContactChange } from '../contact/begin.ts';
import { confirmContactChange } from '../contact/confirm.ts';
import { undoContactChange } from '../contact/undo.ts';
import { saveProfile } from '../profile/save.ts';
import { accountRow, openContact, openIdentity } from '../account/account.ts';
import { submitReview } from '../review/submit.ts';
import { changeStaffRole, disableStaff } from '../staff/manage.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  register,
  registerCompletely,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { completeDraft, mismatched } from '../testing/reviews.ts';
import { madeUpNumber, staffNamed, type TestStaff } from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { giveTestTicket } from '../testing/tickets.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { beginTicket } from '../ticket/begin.ts';
import { submitTicket } from '../ticket/submit.ts';
import { listCorrections } from './corrections.ts';
import { approveCorrection, expireChanges, revealCorrection, refuseCorrection } from './decide.ts';
import { findAccount, findAuditedAccount } from './find.ts';
import { requestCorrection } from './request.ts';
import { revealAccountItem } from './reveal.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { viewAccount } from './view.ts';

const citizen = citizenNamed('林知远');
const agentNumber = madeUpNumber();
const newMobile = '19900000077';
const newEmail = 'nova@example.org';
const evidence = '看过身份证原件和本人照片';
const note = '来电人要核对登记情况';

let world: TestWorld;
let person: Applicant;
let agent: TestStaff;
let senior: TestStaff;
beforeEach(async () => {
  world = await createTestWorld();
  person = await registerCompletely(world, citizen);
  agent = await staffNamed(world, 'reviewer', { name: '客服一', number: agentNumber });
  senior = await staffNamed(world, 'senior', { name: '高级一' });
});
afterEach(() => world.close());

const accountId = () => person.signedIn.account.id;
const find = (search: string, by = agent) => findAccount(by.ctx, by.staff, { search });
const view = (by = agent) => viewAccount(by.ctx, by.staff, { accountId: accountId() });
const reveal = (more: object = {}, by = agent) =>
  revealAccountItem(by.ctx, by.staff, {
    accountId: accountId(),
    item: 'mobile',
    reason: 'caller_check',
    note,
    ...more,
  });
const ask = (kind: CorrectionKind = 'mobile', value = newMobile, by = agent) =>
  requestCorrection(by.ctx, by.staff, { accountId: accountId(), kind, value, evidence });
const waiting = async () => {
  const [change] = await listCorrections(senior.ctx, senior.staff);
  if (change === undefined) throw new Error('nothing waits');
  return { correctionId: change.correctionId };
};
const approve = async (by = senior, change?: { correctionId: string }) =>
  approveCorrection(by.ctx, by.staff, change ?? (await waiting()));
const refuse = async (by = senior) => refuseCorrection(by.ctx, by.staff, await waiting());
async function account() {
  const [row] = await world
    .ctx()
    .db.select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, accountId()));
  if (row === undefined) throw new Error('there is no account');
  return row;
}
const contactNow = async () => openContact(world.ctx(), await account());
const records = (action: string) =>
  world.ctx().db.select().from(auditTable).where(eq(auditTable.action, action));
const mailsTo = async (address: string) => {
  await world.settle();
  return world.sandbox.mail.messages(address);
};
const undoIn = async (address: string) => {
  const links = (await mailsTo(address)).flatMap((mail) => mail.links);
  return new URL(links.findLast((link) => link.includes('/undo#')) ?? '').hash.slice(1);
};
/** The same person of the staff as the citizen. */
const themselves = (role: 'reviewer' | 'senior') =>
  staffNamed(world, role, { number: citizen.number });

/** The same person as the agent, by another account. */
const double = (role: 'reviewer' | 'senior') => staffNamed(world, role, { number: agentNumber });

/** The same while nothing answers where the database should be. */
const off = (by: TestStaff): TestStaff => ({ ...by, ctx: withoutDatabase(by.ctx) });

describe('T-CON-08: finding an account', () => {
  test('by its number, its contacts or the number of a review; not by a name, and it says so', async () => {
    const found = { outcome: 'found', accountId: accountId() };
    expect(await find('110199 19950815 0119')).toEqual(found);
    const other = await mismatched(world);
    await completeDraft(other);
    const { caseNumber } = await submitReview(other.ctx, other.signedIn);
    expect(await find(caseNumber)).toEqual({ ...found, accountId: other.signedIn.account.id });
    expect(await find(citizen.mobile)).toEqual(found);
    // Both gave it, as a family does.
    expect(await find(testEmail)).toEqual({ outcome: 'several', count: 2 });
    expect(await find(citizen.name)).toEqual({ outcome: 'no_index' });
    expect(await find(citizenNamed('沈秀兰').number)).toEqual({ outcome: 'none' });
    expect(await find('x1')).toEqual({ outcome: 'none' });
  });

  test('X-01: every search is recorded, and nothing of what was typed', async () => {
    await find(citizen.number);
    await find(citizenNamed('沈秀兰').number);
    const rows = await records('help_desk.searched');
    expect(rows.map((row) => [row.actor, row.accountId, row.facts])).toEqual([
      [`staff:${agent.staff.member.id}`, accountId(), '{"by":"number","role":"reviewer"}'],
      [`staff:${agent.staff.member.id}`, null, '{"by":"number","role":"reviewer"}'],
    ]);
  });

  test('nobody is led to their own account', async () => {
    const self = await themselves('reviewer');
    expect(await find(citizen.number, self)).toEqual({ outcome: 'own' });
  });
});

describe('T-CON-08: an account on the screen', () => {
  test('what came of comparisons of faces is shown, without how alike they were', async () => {
    const check = {
      purpose: 'level',
      askedAtMs: world.nowMs(),
      status: 'no_photo',
      rawCode: 'IdPhotoNoExist',
      vendorRequestId: 'r-1',
    } as const;
    const { db } = world.ctx();
    const kept = { id: 'f', accountId: accountId(), person: 'x', score: 12.5, ...check };
    await db.insert(faceCheckTable).values(kept);
    expect((await view()).faces).toEqual([check]);
  });

  test('is masked, and that it was looked at is recorded', async () => {
    expect(await view()).toMatchObject({
      documentType: 'resident_identity_card',
      level: 2,
      masked: {
        name: '林*远',
        number: '11**************19',
        mobile: expect.stringMatching(/^199\*{5}\d\d$/),
        email: 'so****@example.com',
        localDocumentNumber: null,
        travelPermitNumber: null,
      },
      changes: [],
    });
    expect(JSON.stringify(await view())).not.toMatch(
      new RegExp(`${citizen.number}|${citizen.name}|${citizen.mobile}|someone@`),
    );
    expect(await records('help_desk.viewed')).toMatchObject([
      { accountId: accountId() },
      { accountId: accountId() },
    ]);
    const history = await listHistory(person.ctx, person.signedIn);
    expect(history.filter(({ look }) => look !== undefined)).toEqual([
      {
        atMs: world.nowMs(),
        event: 'desk.revealed',
        look: { role: 'reviewer', items: ['account'], reason: null },
      },
    ]);
  });

  test('X-01a: an account that a search has found, and one whose trail is read, is looked at', async () => {
    await find(citizen.number);
    world.advance(1_000);
    const auditor = await staffNamed(world, 'auditor');
    await findAuditedAccount(auditor.ctx, { search: citizen.number });
    const history = await listHistory(person.ctx, person.signedIn);
    expect(history.flatMap(({ look }) => look ?? [])).toMatchObject([
      { role: 'auditor', items: ['trail'] },
      { role: 'reviewer', items: ['account'] },
    ]);
    // By the id of the account it is read, or taken along, without a search.
    const { id } = person.signedIn.account;
    const query = { accountId: id, actor: '', action: '', from: '', to: '', cursor: '' };
    for (const read of [searchAudit, exportAudit]) {
      const another = await staffNamed(world, 'auditor');
      world.advance(1_000);
      await read(another.ctx, query);
      const [newest] = await listHistory(person.ctx, person.signedIn);
      expect(newest).toMatchObject({
        atMs: world.nowMs(),
        look: { role: 'auditor', items: ['trail'] },
      });
    }
  });

  test('its tickets are no reviews', async () => {
    const draft = await beginTicket(person.ctx, person.signedIn, {
      topic: 'other',
      text: '我有一个问题，请回答。',
      name: '',
      number: '',
      email: '',
      agreesToPhotos: false,
      ticket: await giveTestTicket(person.ctx, 'ticket'),
    });
    await submitTicket(person.ctx, draft);
    expect((await view()).reviews).toEqual([]);
  });

  test('one that there is not is not there, and nothing is recorded', async () => {
    const nobody = viewAccount(agent.ctx, agent.staff, { accountId: 'nobody' });
    expect(await refusalOf(nobody)).toEqual({ code: 'request.not_found' });
    expect(await records('help_desk.viewed')).toEqual([]);
  });
});

describe('X-01: a look with a reason', () => {
  test('shows the one item, is recorded with code and words, and the person reads of it', async () => {
    expect(await reveal()).toEqual({ value: citizen.mobile });
    world.advance(60_000);
    await reveal({ item: 'number' });
    await reveal({ item: 'name', reason: 'complaint' });
    expect((await records('help_desk.revealed')).map(({ facts }) => JSON.parse(facts))).toEqual([
      { role: 'reviewer', item: 'mobile', reason: 'caller_check', note },
      { role: 'reviewer', item: 'number', reason: 'caller_check', note },
      { role: 'reviewer', item: 'name', reason: 'complaint', note },
    ]);
    const history = await listHistory(person.ctx, person.signedIn);
    const looks = history.filter(({ event }) => event === 'help_desk.revealed');
    expect(looks.map(({ look }) => look)).toEqual(
      expect.arrayContaining([
        { role: 'reviewer', items: ['mobile', 'number'], reason: 'caller_check' },
        { role: 'reviewer', items: ['name'], reason: 'complaint' },
      ]),
    );
    expect(JSON.stringify(history)).not.toContain(agent.staff.member.id);
  });

  test.each([
    ['', 'help_desk_note.missing'],
    [`来电人是${citizen.name}`, 'help_desk_note.personal'],
    ['来电号码 199 0000 0001', 'help_desk_note.personal'],
  ])('a note %j is refused, and nothing shown or recorded', async (typed, code) => {
    const fields = { note: code };
    expect(await refusalOf(reveal({ note: typed }))).toEqual({ code: 'input.invalid', fields });
    expect(await records('help_desk.revealed')).toEqual([]);
  });

  test('what an account has not is not found', async () => {
    const none = reveal({ item: 'travelPermitNumber' });
    expect(await refusalOf(none)).toEqual({ code: 'request.not_found' });
  });
});

describe('T-CON-08: a wrong name', () => {
  test('is put right by one person, told to its holder, and recorded', async () => {
    expect(await ask('name', '林知遥')).toEqual({ status: 'done' });
    const row = await account();
    expect((await openIdentity(world.ctx(), row)).name).toBe('林知遥');
    const [mail] = (await mailsTo(testEmail)).slice(-1);
    expect(mail?.text).toContain('由客服把姓名从 林*远 更正为 林*遥');
    expect(mail?.text).not.toContain('重新核验');
    expect(await records('help_desk.corrected')).toMatchObject([{ accountId: accountId() }]);
    const [change] = (await view()).changes;
    expect(change).toMatchObject({
      status: 'done',
      maskedBefore: '林*远',
      maskedAfter: '林*遥',
      requestedBy: { name: '客服一', isSelf: true },
      decidedByName: null,
    });
  });

  test('of a verified account has to be verified again', async () => {
    await attestFor(world, accountId());
    await ask('name', '林知遥');
    expect(await standingOfAccount(world, accountId())).toEqual({ level: 2, attested: null });
    const [mail] = (await mailsTo(testEmail)).slice(-1);
    expect(mail?.text).toContain('办理业务前要重新核验');
  });

  test('T-REV-04: while a review is open it stays', async () => {
    person = await mismatched(world);
    await completeDraft(person);
    await submitReview(person.ctx, person.signedIn);
    expect(await refusalOf(ask('name', '周子瀚'))).toEqual({ code: 'review.open' });
    expect(await world.ctx().db.$count(correctionTable)).toBe(0);
  });

  test('that is right already is refused, and so is none', async () => {
    expect(await refusalOf(ask('name', citizen.name))).toEqual({
      code: 'input.invalid',
      fields: { value: 'correction.unchanged' },
    });
    expect(await refusalOf(ask('name', 'x'))).toMatchObject({ code: 'input.invalid' });
  });
});

const suspend = (by = agent, reason = 'taken_over') => ask('suspend', reason, by);
const restore = (by = agent) => ask('restore', '', by);
const signIn = () => signInAs(world.ctx(), citizen.number, testPassword);
const status = async () => (await account()).status;

describe('suspending and restoring', () => {
  test('one person suspends, for a reason: sessions end, sign-in says so after the right password alone, and the holder is told how to object', async () => {
    expect(await refusalOf(suspend(agent, 'annoying'))).toMatchObject({
      fields: { value: 'suspension_reason.missing' },
    });
    expect(await suspend()).toEqual({ status: 'done' });
    expect(await authenticate(world.ctx(), person.sessionToken)).toBeNull();
    expect(await refusalOf(signIn())).toEqual({ code: 'account.suspended' });
    const wrong = signInAs(world.ctx(), citizen.number, 'Falsch#31-hafen');
    expect(await refusalOf(wrong)).toMatchObject({ code: 'login.refused' });
    const [mail] = (await mailsTo(testEmail)).slice(-1);
    expect(mail?.text).toContain('原因：可能有他人在使用');
    expect(mail?.links.join()).toContain('/tickets');
    expect(await records('account.suspended')).toMatchObject([
      { accountId: accountId(), facts: '{"reason":"taken_over"}' },
    ]);
    expect(await refusalOf(suspend())).toEqual({ code: 'request.stale' });
    expect(await view()).toMatchObject({ status: 'suspended', changes: [{ kind: 'suspend' }] });
  });

  test('two restore: who asks does not agree, and nothing is opened before', async () => {
    expect(await refusalOf(restore())).toEqual({ code: 'request.stale' });
    await suspend(senior);
    expect(await restore(senior)).toEqual({ status: 'waiting' });
    expect(await refusalOf(approve(senior))).toEqual({ code: 'help_desk.same_person' });
    expect(await refusalOf(signIn())).toEqual({ code: 'account.suspended' });
    const other = await staffNamed(world, 'senior', { name: '高级二' });
    await approve(other);
    await signIn();
    const notices = await world.ctx().db.select().from(noticeTable);
    expect(notices.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['account_suspended', 'account_restored']),
    );
    expect((await mailsTo(testEmail)).map(({ subject }) => subject).join()).toContain(
      '账号已恢复使用',
    );
  });

  test('a closing that somebody asked for deletes nothing while it is suspended, and ends with the restoring', async () => {
    const { ctx, signedIn } = await proved(world, person);
    await requestCancellation(ctx, signedIn);
    await suspend();
    world.advance(30 * 24 * 3_600_000);
    expect(await eraseCancelled(world.ctx())).toBe(0);
    await restore(await staffNamed(world, 'reviewer', { name: '客服二' }));
    await approve(await staffNamed(world, 'senior', { name: '高级二' }));
    expect(await eraseCancelled(world.ctx())).toBe(0);
    await signIn();
  });

  test('a review waits while the account is suspended', async () => {
    person = await mismatched(world);
    await completeDraft(person);
    await submitReview(person.ctx, person.signedIn);
    await suspend();
    const [review] = (await view()).reviews;
    expect(review).toMatchObject({ status: 'waiting' });
    expect(await records('review.paused')).toHaveLength(1);
  });

  test('one that was closed is restored by two, unless its number has another account', async () => {
    const close = async () =>
      commit(world.ctx().db, [...(await closeAccount(world.ctx(), await account(), 'owner'))]);
    await close();
    expect(await find(citizen.number)).toMatchObject({ accountId: accountId() });
    await restore();
    await approve();
    await signIn();
    await close();
    await restore();
    world.advance(61_000);
    await register(world, citizen);
    expect(await refusalOf(approve())).toEqual({ code: 'account.number_taken' });
    expect(await status()).toBe('closed');
  });

  test('eight suspend at once: the account is suspended once', async () => {
    const { done, refused } = await atOnce(8, () => suspend());
    expect([done.length, refused.length]).toEqual([1, 7]);
    expect(await records('account.suspended')).toHaveLength(1);
    expect(await status()).toBe('suspended');
  });
});

const attested = async () => (await standingOfAccount(world, accountId())).attested;

describe('T-CON-08a: every field that a person cannot correct alone', () => {
  test.for([
    ['validity', '2023.05.06-2043.05.06', false],
    ['ethnicity', '05', true],
  ] as const)('%s is put right at once; what was attested of it stands: %s', async (given) => {
    const [kind, value, stands] = given;
    await attestFor(world, accountId());
    expect(await ask(kind, value)).toEqual({ status: 'done' });
    expect((await reveal({ item: kind })).value).toBe(value);
    expect((await attested()) !== null).toBe(stands);
    const [notice] = await world.ctx().db.select().from(noticeTable);
    // What is too short to be masked is not in the notice.
    const verify = stands ? {} : { verify: 'again' };
    expect(notice).toMatchObject({ kind: 'details_corrected', facts: { field: kind, ...verify } });
    expect(notice?.facts).not.toHaveProperty('before');
  });

  test.for([
    ['localDocumentNumber', 'A1234563', 'A123456(3)'],
    ['sex', 'male', 'male'],
    ['birthDate', '1991.02.03', '1991-02-03'],
  ] as const)('%s, which no check is about, ends nothing', async ([kind, typed, value]) => {
    person = await registerCompletely(world, citizenNamed('温以恒'));
    await attestFor(world, accountId());
    expect(await ask(kind, typed)).toEqual({ status: 'done' });
    expect((await reveal({ item: kind })).value).toBe(value);
    expect(await attested()).not.toBeNull();
  });

  test('T-VER-03a: another permit number ends what was attested of the wrong one, which is free for its owner', async () => {
    person = await registerCompletely(world, citizenNamed('欧阳若澄'));
    await attestFor(world, accountId(), 'travel_permit', 'M87654321');
    expect(await attested()).not.toBeNull();
    expect(await ask('travelPermitNumber', 'M11111111')).toEqual({ status: 'done' });
    expect(await attested()).toBeNull();
    await commit(world.ctx().db, [...(await guardNumberFree(world.ctx(), 'owner', 'M87654321'))]);
    const [notice] = await world.ctx().db.select().from(noticeTable);
    expect(notice?.facts).toEqual({
      field: 'travelPermitNumber',
      before: 'M8*****21',
      after: 'M1*****11',
      verify: 'again',
    });
  });

  test('what the document does not ask for, or its number says, is not corrected', async () => {
    for (const [kind, value] of [
      ['travelPermitNumber', 'M11111111'],
      ['sex', 'female'],
    ] as const) {
      expect(await refusalOf(ask(kind, value))).toMatchObject({ code: 'input.invalid' });
    }
  });

  test('at once: one of two corrections of an account is done', async () => {
    const values = ['05', '11'];
    const { done, refused } = await atOnce(2, (at) => ask('ethnicity', values[at]));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'request.stale': 1 });
  });
});

describe('T-CON-08: mobile and mail take two persons', () => {
  test('the same mailbox in other capitals is no change', async () => {
    expect(await refusalOf(ask('email', `S${testEmail.slice(1)}`))).toEqual({
      code: 'input.invalid',
      fields: { value: 'correction.unchanged' },
    });
  });

  test('nothing changes until the second one agrees; then the old contact gets a notice, and the new one is asked to prove itself', async () => {
    expect(await ask('email', newEmail)).toEqual({ status: 'waiting' });
    expect((await contactNow()).email).toBe(testEmail);
    const opened = await revealCorrection(senior.ctx, senior.staff, await waiting());
    expect(opened).toEqual({ before: testEmail, after: newEmail, evidence, maskedName: '林*远' });
    await approve();
    expect(await contactNow()).toEqual({ mobile: citizen.mobile, email: newEmail });
    const said = '由客服把安全邮箱从 so****@example.com 改为 no****@example.org';
    expect((await mailsTo(testEmail)).at(-1)?.text).toContain(said);
    const toNew = await mailsTo(newEmail);
    expect(toNew).toHaveLength(1);
    expect(toNew[0]?.links[0]).toMatch(/\/mail#/);
    const notices = await world.ctx().db.select().from(noticeTable);
    expect(notices.at(-1)).toMatchObject({ kind: 'email_changed', facts: { by: 'staff' } });
    expect(await listCorrections(senior.ctx, senior.staff)).toEqual([]);
    expect((await view()).changes).toMatchObject([{ status: 'done', decidedByName: '高级一' }]);
    const history = await listHistory(person.ctx, person.signedIn);
    expect(history.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        'help_desk.change_requested',
        'help_desk.revealed',
        'help_desk.corrected',
      ]),
    );
  });

  test('T-PRO-05: the holder of the old contact takes it back by the code, as with every change', async () => {
    await ask('email', newEmail);
    await approve();
    const secret = await undoIn(testEmail);
    const toNew = (await mailsTo(newEmail)).flatMap(({ links }) => links);
    expect(toNew.join()).not.toContain('/undo#');
    await undoContactChange(world.ctx(), { secret });
    expect((await contactNow()).email).toBe(testEmail);
    expect(await refusalOf(undoContactChange(world.ctx(), { secret }))).toEqual({
      code: 'link.used',
      for: 'contact.undo',
    });
  });

  test('T-PRO-05: of a mobile the code goes to the old one, by SMS; the new one is told, without it', async () => {
    await ask();
    await approve();
    await world.settle();
    expect((await contactNow()).mobile).toBe(newMobile);
    const [change] = await world.ctx().db.select().from(contactChangeTable);
    expect(change?.doneAtMs).toBe(world.nowMs());
    const texts = world.sandbox.phone.messages(citizen.mobile).map(({ text }) => text);
    expect(texts.at(-1)).toMatch(/[\dA-Z]{12}/);
    const toNew = world.sandbox.phone.messages(newMobile).map(({ text }) => text);
    expect(toNew).toEqual([expect.stringContaining('已把本号码登记为您账号的手机号码')]);
    expect(toNew.join()).not.toMatch(/[\dA-Z]{6}/);
  });

  test('what the person was changing themselves is void', async () => {
    world.advance(24 * 3_600_000);
    const { sessionToken } = await signInAs(world.ctx(), citizen.number, testPassword);
    const mine = await proved(world, await applicantOf(world, sessionToken));
    await beginContactChange(mine.ctx, mine.signedIn, {
      kind: 'mobile',
      value: '19900000078',
      ticket: await giveTestTicket(mine.ctx, 'contact'),
    });
    const code = world.sandbox.phone.lastCode('19900000078') ?? '';
    agent = await staffNamed(world, 'reviewer');
    senior = await staffNamed(world, 'senior');
    await ask();
    await approve();
    const again = await applicantOf(world, mine.sessionToken);
    expect(await refusalOf(confirmContactChange(again.ctx, again.signedIn, { code }))).toEqual({
      code: 'code.expired',
    });
    expect((await contactNow()).mobile).toBe(newMobile);
  });

  test('whoever asked does not agree, open or refuse', async () => {
    await ask('mobile', newMobile, senior);
    const same = { code: 'help_desk.same_person' };
    expect(await refusalOf(approve())).toEqual(same);
    expect(await refusalOf(refuse())).toEqual(same);
    const open = revealCorrection(senior.ctx, senior.staff, await waiting());
    expect(await refusalOf(open)).toEqual(same);
    await approve(await staffNamed(world, 'senior'));
    expect((await contactNow()).mobile).toBe(newMobile);
  });

  test('nor the same person by another account, not even once the first one is closed', async () => {
    await ask();
    const same = { code: 'help_desk.same_person' };
    const other = await double('senior');
    expect(await refusalOf(approve(other))).toEqual(same);
    const administrator = await staffNamed(world, 'administrator');
    const target = { staffId: agent.staff.member.id };
    await disableStaff(administrator.ctx, administrator.staff, target);
    expect(await refusalOf(approve(other))).toEqual(same);
    expect(await refusalOf(refuse(other))).toEqual(same);
    const open = revealCorrection(other.ctx, other.staff, await waiting());
    expect(await refusalOf(open)).toEqual(same);
    expect((await listCorrections(other.ctx, other.staff))[0]?.requestedBy.isSelf).toBe(true);
    await approve();
  });

  test('refused, nothing changes, and it is over', async () => {
    await ask();
    const change = await waiting();
    await refuse();
    expect((await contactNow()).mobile).toBe(citizen.mobile);
    expect(await refusalOf(approve(senior, change))).toEqual({ code: 'help_desk.change_closed' });
    expect(await records('help_desk.change_refused')).toHaveLength(1);
    await ask();
  });

  test('agreed to and refused by ten at once: it is one of both, once', async () => {
    const seniors = await Promise.all(
      Array.from({ length: 10 }, () => staffNamed(world, 'senior')),
    );
    for (let round = 0; round < 3; round += 1) {
      const value = `1990000008${round}`;
      const { mobile } = await contactNow();
      await ask('mobile', value);
      const change = await waiting();
      const { done, refused } = await atOnce(10, async (index) => {
        const by = seniors[index] ?? senior;
        await (index % 2 === 0 ? approveCorrection : refuseCorrection)(by.ctx, by.staff, change);
        return index % 2 === 0;
      });
      expect(done).toHaveLength(1);
      expect(Object.keys(codesOf(refused)).toSorted()).toEqual(['help_desk.change_closed']);
      expect((await contactNow()).mobile).toBe(done.includes(true) ? value : mobile);
    }
  });

  test('asked for by ten at once: one waits', async () => {
    const { done, refused } = await atOnce(10, () => ask());
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'help_desk.change_waiting': 9 });
    expect(await ask('email', newEmail)).toEqual({ status: 'waiting' });
  });

  test('a name put right by ten at once is put right once', async () => {
    const { done, refused } = await atOnce(10, () => ask('name', '林知遥'));
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(9);
    expect(await world.ctx().db.$count(correctionTable)).toBe(1);
  });

  test('what has changed since is not overwritten', async () => {
    await ask();
    const change = await waiting();
    const { ctx } = person;
    await (
      await putIdentifier(ctx, accountId(), {
        kind: 'mobile',
        value: '19900000079',
        provedAtMs: null,
      })
    )[0];
    await ctx.db.update(accountTable).set({ version: 77 });
    expect(await refusalOf(approve(senior, change))).toEqual({ code: 'request.stale' });
    expect((await contactNow()).mobile).toBe('19900000079');
  });

  test('while the person saves the profile: one of both wins, and no half of either', async () => {
    await ask();
    const change = await waiting();
    const answers = profileAnswersOf(citizen);
    const { done, refused } = await atOnce(2, (index) =>
      index === 0
        ? approve(senior, change)
        : saveProfile(person.ctx, person.signedIn, { ...answers, ethnicity: '05' }),
    );
    expect(done.length + refused.length).toBe(2);
    const [row] = await world.ctx().db.select().from(correctionTable);
    expect((await contactNow()).mobile).toBe(row?.status === 'done' ? newMobile : citizen.mobile);
  });

  test('after three days, to the millisecond, it has run out; the job writes it down', async () => {
    await ask();
    const change = await waiting();
    world.advance(correctionValidMs - 1);
    const before = await staffNamed(world, 'senior');
    expect(await listCorrections(before.ctx, before.staff)).toHaveLength(1);
    expect(await expireChanges(world.ctx())).toBe(0);
    world.advance(1);
    const later = await staffNamed(world, 'senior');
    expect(await listCorrections(later.ctx, later.staff)).toEqual([]);
    expect(await refusalOf(approve(later, change))).toEqual({ code: 'help_desk.change_closed' });
    expect((await view(later)).changes).toMatchObject([{ status: 'expired' }]);
    expect(await expireChanges(world.ctx())).toBe(1);
    expect(await expireChanges(world.ctx())).toBe(0);
    await ask('mobile', newMobile, later);
  });
});

describe('T-CON-01: who may', () => {
  test('nobody sees or corrects their own account, nor agrees to that', async () => {
    const own = { code: 'help_desk.own_account' };
    const self = await themselves('senior');
    await ask();
    const change = await waiting();
    for (const work of [
      () => view(self),
      () => reveal({}, self),
      () => ask('email', newEmail, self),
      () => approve(self, change),
      () => refuseCorrection(self.ctx, self.staff, change),
      () => revealCorrection(self.ctx, self.staff, change),
    ]) {
      expect(await refusalOf(work())).toEqual(own);
    }
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });

  test('corrections take a fresh proof', async () => {
    await ask();
    const change = await waiting();
    world.advance(10 * 60_000);
    const late = { code: 'staff.proof_required' };
    expect(await refusalOf(ask('email', newEmail))).toEqual(late);
    expect(await refusalOf(approve(senior, change))).toEqual(late);
  });

  test('who was demoted a moment ago does not agree any more', async () => {
    await ask();
    const change = await waiting();
    const admin = await staffNamed(world, 'administrator');
    await changeStaffRole(admin.ctx, admin.staff, {
      staffId: senior.staff.member.id,
      role: 'reviewer',
    });
    expect(await refusalOf(approve(senior, change))).toEqual({ code: 'staff.forbidden' });
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });
});

describe('what is kept of it', () => {
  test('is sealed: neither contact nor evidence stands anywhere in the database', async () => {
    await ask();
    const texts = (await storedTexts(world)).join('\n');
    for (const word of [newMobile, citizen.mobile, evidence]) expect(texts).not.toContain(word);
  });

  test('ARCHITECTURE 10: moves to a new key, and opens under it alone', async () => {
    await ask();
    const vault = { id: 'v2', key: webCrypto.randomBytes(32) };
    const rotating = { ...world.keys, vault: [vault, ...world.keys.vault] as const };
    expect(await rotateKeys(world.ctx({ keys: rotating }))).toBeGreaterThan(0);
    expect(await rotateKeys(world.ctx({ keys: rotating }))).toBe(0);
    const [row] = await world
      .ctx()
      .db.select()
      .from(correctionTable)
      .where(and(eq(correctionTable.keyId, 'v2')));
    expect(row?.changeSealed).toMatch(/^v2\./);
  });

  test('the database down: service.unavailable, and nothing half done', async () => {
    await ask();
    const change = await waiting();
    const down = { code: 'service.unavailable' };
    for (const work of [
      () => find(citizen.number, off(agent)),
      () => view(off(agent)),
      () => reveal({}, off(agent)),
      () => ask('email', newEmail, off(agent)),
      () => approve(off(senior), change),
      () => listCorrections(off(senior).ctx, senior.staff),
    ]) {
      expect(await refusalOf(work())).toEqual(down);
    }
    expect((await contactNow()).mobile).toBe(citizen.mobile);
  });
});
