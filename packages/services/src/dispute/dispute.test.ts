import {
  auditTable,
  commit,
  caseTable,
  noticeTable,
  photoCheckTable,
  photoTable,
  staffTable,
} from '@shiming/db';
import { type DisputeAnswers, writeBase64 } from '@shiming/domain';
import { jpegOf, paddedTo } from '@shiming/domain/testing/jpeg';
import { desc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleCases } from '../desk/settle.ts';
import { inPortal } from '../context.ts';
import { exportData } from '../data/export.ts';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { viewQueueCounts } from '../desk/counts.ts';
import { undoDecision } from '../desk/decide.ts';
import { keepLease, releaseCase } from '../desk/lease.ts';
import { searchCases, viewQueue } from '../desk/queue.ts';
import { takeCase } from '../desk/take.ts';
import { takeNext } from '../desk/take-next.ts';
import { refreshRecord } from '../records/ask.ts';
import { viewRecords } from '../records/view.ts';
import { endReviews } from '../review/pause.ts';
import { attestFor } from '../testing/attestations.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  registerCompletely,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import {
  confirmPhotoCheck,
  disputeRecord,
  ratePhotoCheck,
  withdrawDispute,
} from '../photo-check/answer.ts';
import { decideDispute, revealDispute, viewDispute, viewDisputeStatistics } from './dispute.ts';
import { reportDisputes } from '../photo-check/report.ts';
import { runJobs } from '../run-jobs.ts';
import { findConfirmed, reopenPhotoCheck } from './reopen.ts';
import { assignDispute, viewUnclaimedDisputes } from './unclaimed.ts';
import { viewPhotoChecks } from '../photo-check/view.ts';

const dayMs = 24 * 3_600_000;
const recordId = 'XJ-99901-20243001';
const name = '古丽·买买提';
let world: TestWorld;
let person: Applicant;

/** A verified student at the student portal, with what the authority says of the photo check. */
async function student(who: string): Promise<Applicant> {
  const { signedIn, sessionToken } = await registerCompletely(world, citizenNamed(who));
  await attestFor(world, signedIn.account.id);
  const made = await applicantOf(world, sessionToken);
  const ctx = inPortal(made.ctx, 'student');
  for (const kind of ['document_number', 'records', 'own_photo'] as const) {
    await giveConsent(ctx, made.signedIn, { kind, hasAgreed: true });
  }
  await refreshRecord(ctx, made.signedIn, { kind: 'photo_check' });
  return { ...made, ctx };
}

beforeEach(async () => {
  world = await createTestWorld();
  person = await student(name);
});
afterEach(() => world.close());

const view = async ({ ctx, signedIn }: Applicant = person) => {
  const found = await viewPhotoChecks(ctx, signedIn);
  if (found === null) throw new Error('there is no photo check');
  return found;
};
const confirm = ({ ctx, signedIn }: Applicant = person, id = recordId) =>
  confirmPhotoCheck(ctx, signedIn, { recordId: id });
const rate = (stars: number) => ratePhotoCheck(person.ctx, person.signedIn, { recordId, stars });
const ownPhoto = (width: number) => writeBase64(paddedTo(21_000, jpegOf({ width, height: 640 })));
const wrong = {
  reason: 'field_wrong',
  field: 'studentNumber',
  value: '202430010128',
  note: '',
} as const;
const dispute = (
  { ctx, signedIn }: Applicant = person,
  change: Partial<DisputeAnswers> & { photo?: string | null; recordId?: string } = {},
) => disputeRecord(ctx, signedIn, { ...wrong, recordId, photo: null, ...change });
const clerk = (scope: string) => staffNamed(world, 'school', { scope });
const caseOf = async () => {
  const [row] = await world
    .ctx()
    .db.select()
    .from(caseTable)
    .where(eq(caseTable.kind, 'record_dispute'))
    .orderBy(desc(caseTable.createdAtMs));
  if (row === undefined) throw new Error('there is no dispute');
  return row;
};
const answers = () => world.ctx().db.select().from(photoCheckTable);

/** Takes, looks and decides. */
async function decided(
  { ctx, staff }: TestStaff,
  outcome: 'approve' | 'reject',
  text = '已更正学号',
) {
  const { caseId, version } = await takeCase(ctx, staff, { caseId: (await caseOf()).id });
  await revealDispute(ctx, staff, { caseId });
  await decideDispute(ctx, staff, { caseId, version, outcome, text });
  world.advance(10_001);
  expect(await settleCases(world.ctx())).toBe(1);
  return caseId;
}

describe('S-REC-02: a person checks the record and its photos', () => {
  test('both photos, number, name and window are there; without an admission photo that one is empty', async () => {
    const { checks } = await view();
    expect(checks).toMatchObject([
      {
        recordId,
        isOpen: true,
        opensOn: '2026-11-01',
        closesOn: '2027-03-31',
        fields: { studentNumber: '202430010127', name, documentNumber: '110199199508150127' },
        answers: [],
      },
    ]);
    expect(checks[0]?.photos.admission).toMatch(/^\/9j\//);
    expect(checks[0]?.photos.graduation).toMatch(/^\/9j\//);
    const other = await view(await student('何俊彦'));
    expect(other.checks[0]?.photos).toMatchObject({ admission: null });
    // The page of records does not carry them.
    const records = await viewRecords(person.ctx, person.signedIn);
    expect(JSON.stringify(records)).not.toContain('/9j/');
  });

  test('【正确】 is final, and is rated once', async () => {
    await confirm();
    expect((await view()).checks[0]?.answers).toMatchObject([
      { answer: 'correct', isFinal: true, stars: null, dispute: null },
    ]);
    await rate(5);
    expect(await refusalOf(rate(1))).toEqual({ code: 'request.stale' });
    expect((await answers())[0]).toMatchObject({ stars: 5 });
    expect(await refusalOf(confirm())).toEqual({ code: 'photo_check.answered' });
    expect(await refusalOf(dispute())).toEqual({ code: 'photo_check.answered' });
  });

  test('of right and wrong at once, thirty times, one counts', async () => {
    const { done, refused } = await atOnce<unknown>(30, (at) =>
      at % 2 === 0 ? confirm() : dispute(),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'photo_check.answered': 29 }]);
    expect(await answers()).toHaveLength(1);
  });

  test('only within the window, and what has no photo is not right', async () => {
    const { signedIn } = person;
    const early = { ...person, ctx: { ...person.ctx, now: () => Date.UTC(2026, 9, 31, 15) } };
    const late = { ...person, ctx: { ...person.ctx, now: () => Date.UTC(2027, 2, 31, 16) } };
    const closed = { code: 'photo_check.closed', opensOn: '2026-11-01', closesOn: '2027-03-31' };
    expect(await refusalOf(confirm(early))).toEqual(closed);
    expect(await refusalOf(dispute(late))).toEqual(closed);
    expect(await refusalOf(confirm(person, 'XJ-99901-20231010'))).toEqual({
      code: 'request.not_found',
    });
    const without = await student('简柏言');
    expect((await view(without)).checks[0]?.photos).toEqual({ admission: null, graduation: null });
    expect(await refusalOf(confirm(without, 'XJ-99903-20231038'))).toEqual({
      code: 'request.not_found',
    });
    expect(await viewPhotoChecks(inPortal(person.ctx, 'teacher'), signedIn)).toBeNull();
  });

  test('a record that was fetched again meanwhile, or a consent withdrawn, is no answer', async () => {
    const { ctx, signedIn } = person;
    world.advance(1_000);
    const stale = { ...ctx, crypto: { ...ctx.crypto } };
    const work = confirmPhotoCheck(
      {
        ...stale,
        crypto: {
          ...ctx.crypto,
          async hmac(...of: Parameters<typeof ctx.crypto.hmac>) {
            await ctx.db.run('update record set answered_at_ms = answered_at_ms + 1');
            return ctx.crypto.hmac(...of);
          },
        },
      },
      signedIn,
      { recordId },
    );
    expect(await refusalOf(work)).toEqual({ code: 'request.stale' });
    await withdrawConsent(ctx, signedIn, { kind: 'records' });
    expect(await refusalOf(confirm())).toEqual({ code: 'request.not_found' });
    expect(await answers()).toEqual([]);
  });

  test('without a database nothing is answered', async () => {
    const work = confirm({ ...person, ctx: withoutDatabase(person.ctx) });
    expect(await refusalOf(work)).toMatchObject({ code: 'service.unavailable' });
  });
});

describe('【有误】: what is wrong goes to the school', () => {
  test('the school sees before and after, corrects, and the check is open again', async () => {
    const { dueDate } = await dispute();
    expect(dueDate).toBe('2026-12-04');
    expect((await view()).checks[0]?.answers).toMatchObject([
      {
        answer: 'disputed',
        isFinal: true,
        dispute: { status: 'waiting', said: { field: 'studentNumber', value: '202430010128' } },
      },
    ]);
    const school = await clerk('99901');
    const { ctx, staff } = school;
    const { rows } = await viewQueue(ctx, staff, { kind: 'record_dispute' });
    expect(rows).toMatchObject([{ maskedName: '古****提' }]);
    const lease = await takeNext(ctx, staff, { kind: 'record_dispute' });
    const caseId = lease?.caseId ?? '';
    const shown = await viewDispute(ctx, staff, { caseId });
    expect(shown).toMatchObject({
      school: '沙箱师范大学',
      before: { studentNumber: '202430010127' },
      statement: { reason: 'field_wrong', field: 'studentNumber', value: '202430010128' },
      hasPhotos: { admission: true, graduation: true, own: false },
    });
    expect(JSON.stringify(shown)).not.toContain('110199199508150127');
    // Without a recorded look nothing is corrected.
    const decide = () =>
      decideDispute(ctx, staff, {
        caseId,
        version: lease?.version ?? 0,
        outcome: 'approve',
        text: '已更正学号',
      });
    expect(await refusalOf(decide())).toEqual({ code: 'desk.look_required' });
    expect(await revealDispute(ctx, staff, { caseId })).toMatchObject({
      name,
      documentNumber: '110199199508150127',
    });
    await keepLease(ctx, staff, { caseId });
    await decide();
    world.advance(10_001);
    expect(await settleCases(world.ctx())).toBe(1);
    expect((await view()).checks[0]?.answers).toMatchObject([
      { isFinal: false, dispute: { status: 'approved' } },
    ]);
    const notices = await world.ctx().db.select().from(noticeTable);
    expect(notices.map(({ kind }) => kind)).toContain('dispute_approved');
    await confirm();
    // What has ended keeps what was said, and no photo.
    const { trail, hasPhotos } = await viewDispute(ctx, staff, { caseId });
    expect(hasPhotos).toEqual({ admission: false, graduation: false, own: false });
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'photo_check.disputed',
        'desk.taken',
        'desk.revealed',
        'desk.decided',
        'dispute.approved',
      ]),
    );
  });

  test('X-01: the person reads in the history that the school looked', async () => {
    await dispute();
    await decided(await clerk('99901'), 'reject', '学号无误，请再核对');
    const { id } = person.signedIn.account;
    const audit = await world
      .ctx()
      .db.select()
      .from(auditTable)
      .where(eq(auditTable.accountId, id));
    const looks = audit
      .filter(({ action }) => action === 'desk.revealed')
      .map(({ facts }) => JSON.parse(facts));
    expect(looks).toMatchObject([
      { role: 'school', item: 'number' },
      { role: 'school', item: 'photos' },
    ]);
    expect(audit.map(({ action }) => action)).toContain('dispute.rejected');
  });

  test('the person takes it back, also while it is on a screen, and can answer again', async () => {
    const { caseNumber } = await dispute();
    const { ctx, staff } = await clerk('99901');
    await takeCase(ctx, staff, { caseId: (await caseOf()).id });
    await withdrawDispute(person.ctx, person.signedIn, { caseNumber });
    expect(await refusalOf(withdrawDispute(person.ctx, person.signedIn, { caseNumber }))).toEqual({
      code: 'request.stale',
    });
    await confirm();
    const other = await student('何俊彦');
    expect(await refusalOf(withdrawDispute(other.ctx, other.signedIn, { caseNumber }))).toEqual({
      code: 'request.not_found',
    });
  });

  test('without the consent nobody looks or decides, and with it the case goes on', async () => {
    await dispute();
    const { ctx, staff } = await clerk('99901');
    const caseId = (await caseOf()).id;
    const { version } = await takeCase(ctx, staff, { caseId });
    await revealDispute(ctx, staff, { caseId });
    await decideDispute(ctx, staff, { caseId, version, outcome: 'reject', text: '学号无误' });
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'records' });
    world.advance(10_001);
    expect(await settleCases(world.ctx())).toBe(0);
    expect(await refusalOf(takeCase(ctx, staff, { caseId }))).toEqual({
      code: 'desk.consent_withdrawn',
    });
    await giveConsent(person.ctx, person.signedIn, { kind: 'records', hasAgreed: true });
    expect(await caseOf()).toMatchObject({ status: 'waiting', holderId: null });
    await decided(await clerk('99901'), 'reject', '学号无误');
  });

  test('a photo of one’s own goes with it where it is a diploma’s, and no other file does', async () => {
    const without = await student('简柏言');
    const id = 'XJ-99903-20231038';
    const send = (file: string) =>
      dispute(without, { reason: 'no_photo', recordId: id, photo: file });
    expect(await refusalOf(send('x'))).toEqual({ code: 'photo.refused', reason: 'broken' });
    expect(await refusalOf(send(ownPhoto(481)))).toEqual({
      code: 'photo.refused',
      reason: 'unsupported',
    });
    await send(ownPhoto(480));
    const { ctx, staff } = await clerk('99903');
    const { caseId } = await takeCase(ctx, staff, { caseId: (await caseOf()).id });
    const { photos } = await revealDispute(ctx, staff, { caseId });
    expect(photos.own).toMatch(/^\/9j\//);
    const isKept = async () => {
      const [photo] = await world.ctx().db.select().from(photoTable);
      return photo?.removeAfterMs === null;
    };
    expect(await isKept()).toBe(true);
    // It is in the copy, and it ends with the dispute.
    const proved = { ...without.signedIn, provedAtMs: world.nowMs() };
    const taken = await exportData(without.ctx, proved);
    expect(taken.photoChecks[0]?.dispute?.photos).toEqual([{ photo: taken.photos[0]?.id }]);
    const { caseNumber } = await caseOf();
    await withdrawDispute(without.ctx, without.signedIn, { caseNumber: caseNumber ?? '' });
    expect(await isKept()).toBe(false);
  });

  test('a page of the queue reads no photos: what stands in the case is small', async () => {
    const without = await student('简柏言');
    await dispute(without, {
      reason: 'no_photo',
      recordId: 'XJ-99903-20231038',
      photo: writeBase64(paddedTo(290_000, jpegOf({ width: 480, height: 640 }))),
    });
    expect((await caseOf()).answersSealed?.length).toBeLessThan(2_000);
  });
});

describe('S-REC-03: the staff of a school', () => {
  test('cannot learn that a student of another school exists', async () => {
    const { caseNumber } = await dispute();
    const caseId = (await caseOf()).id;
    const other = await clerk('99902');
    const { ctx, staff } = other;
    const kind = 'record_dispute' as const;
    expect(await viewQueue(ctx, staff, { kind })).toMatchObject({
      rows: [],
      counts: { waiting: 0, overdue: 0 },
    });
    expect(await viewQueueCounts(ctx, staff, { kind })).toMatchObject({ waiting: 0 });
    for (const search of [caseNumber, name, '110199199508150127']) {
      expect(await searchCases(ctx, staff, { search, kind })).toEqual({ rows: [] });
    }
    expect(await takeNext(ctx, staff, { kind })).toBeNull();
    expect(await viewDisputeStatistics(ctx, staff)).toMatchObject({ waiting: 0, approved: 0 });
    const made = { caseId: 'made-up' };
    for (const of of [{ caseId }, made]) {
      const found = { code: 'request.not_found' };
      expect(await refusalOf(takeCase(ctx, staff, of))).toEqual(found);
      expect(await refusalOf(viewDispute(ctx, staff, of))).toEqual(found);
      expect(await refusalOf(revealDispute(ctx, staff, of))).toEqual(found);
      expect(await refusalOf(undoDecision(ctx, staff, of))).toEqual(found);
      expect(await refusalOf(keepLease(ctx, staff, of))).toEqual({ code: 'desk.not_holder' });
      expect(await refusalOf(releaseCase(ctx, staff, of))).toEqual({ code: 'desk.not_holder' });
      expect(
        await refusalOf(
          decideDispute(ctx, staff, { ...of, version: 1, outcome: 'reject', text: '学号无误' }),
        ),
      ).toEqual(found);
    }
    // A search of theirs is on record for nobody.
    const audit = await world
      .ctx()
      .db.select()
      .from(auditTable)
      .where(eq(auditTable.action, 'desk.searched'));
    expect(audit.every(({ accountId }) => accountId === null)).toBe(true);
    const own = await clerk('99901');
    expect((await searchCases(own.ctx, own.staff, { search: name, kind })).rows).toHaveLength(1);
    expect(await viewDisputeStatistics(own.ctx, own.staff)).toMatchObject({
      waiting: 1,
      overdue: 0,
    });
  });

  test('whose scope changes while they hold a case has lost it', async () => {
    await dispute();
    const { ctx, staff } = await clerk('99901');
    const caseId = (await caseOf()).id;
    const { version } = await takeCase(ctx, staff, { caseId });
    await ctx.db
      .update(staffTable)
      .set({ scope: '99902' })
      .where(eq(staffTable.id, staff.member.id));
    const moved = { ...staff, member: { ...staff.member, scope: '99902' } };
    expect(
      await refusalOf(
        decideDispute(ctx, moved, { caseId, version, outcome: 'reject', text: '学号无误' }),
      ),
    ).toEqual({ code: 'request.not_found' });
  });

  test('nobody else of the staff sees a dispute, and school staff see nothing else', async () => {
    await dispute();
    const caseId = (await caseOf()).id;
    for (const role of ['reviewer', 'senior', 'administrator', 'auditor'] as const) {
      const { ctx, staff } = await staffNamed(world, role);
      expect(await refusalOf(viewDispute(ctx, staff, { caseId }))).toEqual({
        code: 'request.not_found',
      });
      expect((await viewQueue(ctx, staff, { kind: 'record_dispute' })).rows).toEqual([]);
    }
  });

  test('S-REC-02: opens a check again that was answered with 【正确】, of its own students alone', async () => {
    const { number } = citizenNamed(name);
    await confirm();
    const other = await clerk('99902');
    const self = await staffNamed(world, 'school', { scope: '99901', number });
    const [answer] = await answers();
    const of = { answerId: answer?.id ?? '' };
    for (const { ctx, staff } of [other, self]) {
      expect(await findConfirmed(ctx, staff, { search: number })).toEqual([]);
      expect(await refusalOf(reopenPhotoCheck(ctx, staff, of))).toEqual({
        code: 'request.not_found',
      });
    }
    const { ctx, staff } = await clerk('99901');
    // Nothing is looked at without the consent, nor by anything but the whole number.
    expect(await findConfirmed(ctx, staff, { search: name })).toEqual([]);
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'records' });
    expect(await findConfirmed(ctx, staff, { search: number })).toEqual([]);
    await giveConsent(person.ctx, person.signedIn, { kind: 'records', hasAgreed: true });
    await refreshRecord(person.ctx, person.signedIn, { kind: 'photo_check' });
    const [found] = await findConfirmed(ctx, staff, { search: number });
    expect(found).toMatchObject({ ...of, recordId });
    const { done } = await atOnce(5, () => reopenPhotoCheck(ctx, staff, of));
    expect(done).toHaveLength(1);
    expect(await findConfirmed(ctx, staff, { search: number })).toEqual([]);
    expect((await view()).checks[0]?.answers).toEqual([]);
    // Stars belong to an answer that stands.
    expect(await refusalOf(rate(5))).toEqual({ code: 'request.stale' });
    await confirm();
    await rate(4);
    const rows = await answers();
    expect(rows.filter(({ reopenedAtMs }) => reopenedAtMs === null)).toMatchObject([{ stars: 4 }]);
    expect(rows).toHaveLength(2);
    const notices = await world.ctx().db.select().from(noticeTable);
    expect(notices.map(({ kind }) => kind)).toContain('photo_check_reopened');
    const { id } = person.signedIn.account;
    const audit = await world.ctx().db.select().from(auditTable);
    const told = audit.filter(({ accountId }) => accountId === id).map(({ action }) => action);
    expect(told).toContain('photo_check.reopened');
    expect(told.filter((action) => action === 'desk.searched')).toHaveLength(1);
  });

  test('nobody works off their own: a member of staff who is the student', async () => {
    await dispute();
    const self = await staffNamed(world, 'school', {
      scope: '99901',
      number: citizenNamed(name).number,
    });
    const caseId = (await caseOf()).id;
    expect(await refusalOf(takeCase(self.ctx, self.staff, { caseId }))).toEqual({
      code: 'desk.own_case',
    });
    expect(await takeNext(self.ctx, self.staff, { kind: 'record_dispute' })).toBeNull();
  });

  test('statistics of the own school: answered, withdrawn, overdue', async () => {
    await dispute();
    await decided(await clerk('99901'), 'approve');
    const { caseNumber } = await dispute();
    await withdrawDispute(person.ctx, person.signedIn, { caseNumber });
    await dispute();
    world.advance(20 * dayMs);
    const { ctx, staff } = await clerk('99901');
    expect(await viewDisputeStatistics(ctx, staff)).toMatchObject({
      waiting: 1,
      overdue: 1,
      approved: 1,
      rejected: 0,
      withdrawn: 1,
    });
  });
});

const studentNumber = async () => {
  await refreshRecord(person.ctx, person.signedIn, { kind: 'photo_check' });
  return (await view()).checks[0]?.fields.studentNumber;
};
const reportShown = async () => (await view()).checks[0]?.answers[0]?.dispute?.report;

describe('X-06a: the photo of one’s own rests on a consent of its own', () => {
  const id = 'XJ-99903-20231038';
  const withPhoto = async () => {
    const without = await student('简柏言');
    const { ctx, signedIn } = without;
    const own = (isGiven: boolean) =>
      isGiven
        ? giveConsent(ctx, signedIn, { kind: 'own_photo', hasAgreed: true })
        : withdrawConsent(ctx, signedIn, { kind: 'own_photo' });
    const send = () => dispute(without, { reason: 'no_photo', recordId: id, photo: ownPhoto(480) });
    return { without, own, send };
  };

  test('without it no photo is taken or kept; a dispute without one goes on', async () => {
    const { without, own, send } = await withPhoto();
    await own(false);
    expect(await refusalOf(send())).toEqual({ code: 'consent.required' });
    expect(await world.ctx().db.select().from(photoTable)).toEqual([]);
    expect(await view(without)).toMatchObject({ takesOwnPhoto: false });
    await dispute(without, { reason: 'no_photo', recordId: id });
    await decided(await clerk('99903'), 'approve', '请来补拍');
  });

  test('withdrawn, nobody reveals, decides, settles or sends it; given again, it goes on', async () => {
    const { own, send } = await withPhoto();
    await send();
    const { ctx, staff } = await clerk('99903');
    const { id: caseId } = await caseOf();
    const paused = { code: 'desk.consent_withdrawn' };
    const { version } = await takeCase(ctx, staff, { caseId });
    await revealDispute(ctx, staff, { caseId });
    await own(false);
    const decide = { caseId, version, outcome: 'reject', text: '学号无误' } as const;
    expect(await refusalOf(revealDispute(ctx, staff, { caseId }))).toEqual(paused);
    expect(await refusalOf(decideDispute(ctx, staff, decide))).toEqual(paused);
    await own(true);
    const { version: next } = await takeCase(ctx, staff, { caseId });
    await revealDispute(ctx, staff, { caseId });
    await decideDispute(ctx, staff, { ...decide, outcome: 'approve', version: next });
    await own(false);
    world.advance(10_001);
    expect(await settleCases(world.ctx())).toBe(0);
    await own(true);
    await decided(await clerk('99903'), 'approve');
    await own(false);
    expect(await reportDisputes(world.ctx())).toEqual({ done: 0, refused: 0 });
    await own(true);
    expect(await reportDisputes(world.ctx())).toEqual({ done: 1, refused: 0 });
  });
});

describe('no dispute without a way out', () => {
  test('one whose consent is withdrawn is on the page, can be taken back, and ends after 30 days', async () => {
    const { caseNumber } = await dispute();
    const { ctx, signedIn } = person;
    await withdrawConsent(ctx, signedIn, { kind: 'records' });
    const found = await view();
    expect(found.checks).toEqual([]);
    expect(found.elsewhere).toMatchObject([
      { dispute: { caseNumber, status: 'waiting', pausedUntilMs: world.nowMs() + 30 * dayMs } },
    ]);
    // Consent again ends the time; a second withdrawal begins another.
    await giveConsent(ctx, signedIn, { kind: 'records', hasAgreed: true });
    expect((await caseOf()).expiresAtMs).toBeNull();
    world.advance(40 * dayMs);
    await runJobs(world.ctx());
    expect(await caseOf()).toMatchObject({ status: 'waiting' });
    await withdrawConsent(ctx, signedIn, { kind: 'records' });
    world.advance(30 * dayMs - 1);
    await runJobs(world.ctx());
    expect(await caseOf()).toMatchObject({ status: 'waiting' });
    world.advance(1);
    await runJobs(world.ctx());
    expect(await caseOf()).toMatchObject({ status: 'expired' });
    const notices = await world.ctx().db.select().from(noticeTable);
    expect(notices.map(({ kind }) => kind)).toContain('dispute_expired');
    expect((await answers())[0]?.reportStatus).toBeNull();
  });

  test('one that is paused is taken back', async () => {
    const { caseNumber } = await dispute();
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'records' });
    await withdrawDispute(person.ctx, person.signedIn, { caseNumber });
    expect((await view()).elsewhere).toEqual([]);
  });

  test('one that nobody may take is shown to administrators, without its student, and given to a school', async () => {
    await dispute();
    const { ctx, staff } = await staffNamed(world, 'administrator');
    const { id: caseId, caseNumber } = await caseOf();
    await world.ctx().db.update(caseTable).set({ scope: '' });
    const shown = await viewUnclaimedDisputes(ctx);
    expect(shown).toMatchObject({
      rows: [{ caseId, caseNumber, school: '沙箱师范大学', scope: '' }],
      schools: [],
    });
    expect(JSON.stringify(shown)).not.toContain(name);
    const to = { caseId, scope: '99901' };
    const cannot = { code: 'desk.cannot_assign' };
    expect(await refusalOf(assignDispute(ctx, staff, to))).toEqual(cannot);
    // The student alone is nobody.
    const { number } = citizenNamed(name);
    await staffNamed(world, 'school', { scope: '99901', number });
    expect(await refusalOf(assignDispute(ctx, staff, to))).toEqual(cannot);
    const school = await clerk('99901');
    const { done, refused } = await atOnce(5, () => assignDispute(ctx, staff, to));
    expect([done.length, refused.length]).toEqual([1, 4]);
    expect((await viewUnclaimedDisputes(ctx)).rows).toEqual([]);
    expect(await refusalOf(assignDispute(ctx, staff, to))).toEqual({ code: 'desk.not_stuck' });
    expect(
      (await viewQueue(school.ctx, school.staff, { kind: 'record_dispute' })).rows,
    ).toHaveLength(1);
    const audit = await world.ctx().db.select().from(auditTable);
    const assigned = audit.find(({ action }) => action === 'desk.assigned');
    expect(assigned?.accountId).toBe(person.signedIn.account.id);
    expect(JSON.parse(assigned?.facts ?? '')).toMatchObject({ scope: '99901', before: '' });
    await decided(school, 'reject', '学号无误');
  });
});

describe('S-REC-03: the answer goes to the authority', () => {
  test('a correction stands in the record afterwards; what is upheld changes nothing', async () => {
    await dispute();
    const caseId = await decided(await clerk('99901'), 'approve');
    expect(await reportShown()).toBe('waiting');
    expect(await reportDisputes(world.ctx())).toEqual({ done: 1, refused: 0 });
    expect(await reportShown()).toBe('accepted');
    const { ctx, staff } = await clerk('99901');
    expect(await viewDispute(ctx, staff, { caseId })).toMatchObject({ report: 'accepted' });
    expect(await studentNumber()).toBe('202430010128');
    world.advance(1_000);
    await dispute(person, { value: '202430010129' });
    await decided(await clerk('99901'), 'reject', '学号无误');
    await reportDisputes(world.ctx());
    expect(await studentNumber()).toBe('202430010128');
    expect([...world.sandbox.records.reports.values()].at(-1)).toContain('"Outcome":"upheld"');
    expect([...world.sandbox.records.reports.values()].at(-1)).not.toContain('202430010129');
  });

  test('while the authority is away it is sent again, later and later, until it is taken, once', async () => {
    await dispute();
    await decided(await clerk('99901'), 'approve');
    world.sandbox.records.setMode('source_down');
    const sent: string[] = [];
    const ctx = world.ctx();
    const source = ctx.records;
    if (source === null) throw new Error('no source');
    const counted = {
      ...ctx,
      records: {
        ...source,
        reportDispute(report: Parameters<typeof source.reportDispute>[0]) {
          sent.push(report.id);
          return source.reportDispute(report);
        },
      },
    };
    for (let minute = 0; minute < 10; minute += 1) {
      await reportDisputes(counted);
      world.advance(60_000);
    }
    expect(sent).toHaveLength(4);
    expect(await reportShown()).toBe('waiting');
    world.sandbox.records.setMode('working');
    world.advance(6 * 3_600_000);
    const { done } = await atOnce(8, () => reportDisputes(counted));
    expect(done.reduce((sum, each) => sum + each.done, 0)).toBe(1);
    expect(new Set(sent).size).toBe(1);
    expect(sent).toHaveLength(5);
    expect((await answers())[0]).toMatchObject({ reportStatus: 'accepted', reportNextAtMs: null });
  });

  test('a sender that died leaves it to the next, and the authority takes it once', async () => {
    await dispute();
    await decided(await clerk('99901'), 'approve');
    const ctx = world.ctx();
    const dead = {
      ...ctx,
      records: ctx.records && {
        ...ctx.records,
        async reportDispute(report: Parameters<typeof ctx.records.reportDispute>[0]) {
          await ctx.records?.reportDispute(report);
          throw new Error('died');
        },
      },
    };
    await expect(reportDisputes(dead)).rejects.toThrow('died');
    expect(await reportDisputes(ctx)).toEqual({ done: 0, refused: 0 });
    world.advance(60_001);
    expect(await reportDisputes(ctx)).toEqual({ done: 1, refused: 0 });
    expect(world.sandbox.records.reports.size).toBe(1);
  });

  test('what the authority refuses is on the page and raises an alarm; the check is open', async () => {
    await dispute();
    await decided(await clerk('99901'), 'approve');
    const ctx = world.ctx();
    const refusing = {
      ...ctx,
      records: ctx.records && {
        ...ctx.records,
        reportDispute: () =>
          Promise.resolve({ outcome: 'refused' as const, rawCode: '-1', requestId: 'r' }),
      },
    };
    const { reports } = await runJobs(refusing);
    expect(reports).toMatchObject({ done: 1, refused: 1, alarm: 'report_refused', waitingMs: 0 });
    expect(await reportShown()).toBe('refused');
    await dispute();
  });

  test('a photo of one’s own is sent, and goes when it was taken', async () => {
    const without = await student('简柏言');
    const id = 'XJ-99903-20231038';
    await dispute(without, { reason: 'no_photo', recordId: id, photo: ownPhoto(480) });
    const school = await clerk('99903');
    const caseId = await decided(school, 'approve', '已收到照片');
    const shown = await viewDispute(school.ctx, school.staff, { caseId });
    expect(shown).toMatchObject({ report: 'waiting', hasPhotos: { own: false } });
    await reportDisputes(world.ctx());
    await refreshRecord(without.ctx, without.signedIn, { kind: 'photo_check' });
    expect((await view(without)).checks[0]?.photos.graduation).toMatch(/^\/9j\//);
    const [photo] = await world.ctx().db.select().from(photoTable);
    expect(photo?.removeAfterMs).toBeLessThanOrEqual(world.nowMs());
  });

  test('X-06a: without the consent nothing is sent, and with it, it goes on', async () => {
    await dispute();
    await decided(await clerk('99901'), 'approve');
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'records' });
    const { reports } = await runJobs(world.ctx());
    expect(reports).toMatchObject({ done: 0, waitingMs: 0 });
    await giveConsent(person.ctx, person.signedIn, { kind: 'records', hasAgreed: true });
    expect(await reportDisputes(world.ctx())).toEqual({ done: 1, refused: 0 });
  });
});

test('an account that was closed and restored can answer its photo check', async () => {
  await dispute();
  const { ctx, signedIn } = person;
  await commit(ctx.db, endReviews(ctx, signedIn.account.id));
  expect(await caseOf()).toMatchObject({ status: 'withdrawn' });
  expect((await view()).checks[0]?.answers).toMatchObject([{ isFinal: false }]);
  await confirm();
});

test('X-07a: the photos of a record are in the export', async () => {
  const proved = { ...person.signedIn, provedAtMs: world.nowMs() };
  const { records } = await exportData(person.ctx, proved);
  const images = records.flatMap(({ answer }) => answer?.records.flatMap((each) => each.images));
  expect(images.map((image) => image?.side)).toEqual(['admission', 'graduation']);
  expect(images[0]?.jpeg).toMatch(/^\/9j\//);
});

test('X-07: answers and disputes are in the export', async () => {
  await dispute();
  const proved = { ...person.signedIn, provedAtMs: world.nowMs() };
  const taken = await exportData(person.ctx, proved);
  expect(taken.photoChecks).toMatchObject([
    {
      record: recordId,
      answer: 'disputed',
      dispute: { status: 'waiting', reason: 'field_wrong', value: '202430010128' },
    },
  ]);
});
