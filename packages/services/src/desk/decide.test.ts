import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import {
  accountTable,
  attestationTable,
  auditTable,
  outboxTable,
  photoTable,
  caseDecisionTable,
  caseTable,
} from '@shiming/db';
import type { DecisionAnswers, CaseReason } from '@shiming/domain';
import { caseRule } from '@shiming/domain';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listNotices } from '../notice/list.ts';
import { openIdentity } from '../account/account.ts';
import { saveProfile } from '../profile/save.ts';
import { correctReview } from '../review/correct.ts';
import { currentReview } from '../review/current.ts';
import { saveReviewAnswers } from '../review/save-answers.ts';
import { settleCases } from './settle.ts';
import { submitReview } from '../review/submit.ts';
import { withdrawReview } from '../review/withdraw.ts';
import { newSession } from '../session/session.ts';
import { disableStaff } from '../staff/manage.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { type Applicant, applicantOf, citizenNamed, profileAnswersOf } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import {
  blurred,
  completeDraft,
  reviewAnswersOf,
  submitUnsampled,
  waitingFor,
} from '../testing/reviews.ts';
import { madeUpNumber, staffNamed, type TestStaff } from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { viewCase } from './case.ts';
import { decideCase, undoDecision } from './decide.ts';
import { reopenCase } from './reopen.ts';
import { revealCase } from './reveal.ts';
import { takeCase } from './take.ts';
import { peekNext, takeNext } from './take-next.ts';

let world: TestWorld;
let anna: TestStaff;
let bo: TestStaff;
let senior: TestStaff;
let person: Applicant & { caseId: string };
beforeEach(async () => {
  world = await createTestWorld();
  anna = await staffNamed(world, 'reviewer', { name: '安娜' });
  bo = await staffNamed(world, 'reviewer', { name: '柏青' });
  senior = await staffNamed(world, 'senior', { name: '程远' });
  person = await waitingFor(world);
});
afterEach(() => world.close());

const take = ({ ctx, staff }: TestStaff, caseId = person.caseId) =>
  takeCase(ctx, staff, { caseId });
const look = ({ ctx, staff }: TestStaff, caseId = person.caseId) =>
  revealCase(ctx, staff, { caseId });
/** Decides as it is, without a look. */
const decideUnseen = (
  { ctx, staff }: TestStaff,
  version: number,
  answers: DecisionAnswers = { outcome: 'approve', reasons: [] },
  more: { caseId?: string; isFaceDoubtful?: boolean } = {},
) =>
  decideCase(ctx, staff, {
    caseId: person.caseId,
    isFaceDoubtful: false,
    version,
    ...answers,
    ...more,
  });
/** Looks, where that may be, and decides. */
const decide: typeof decideUnseen = async (who, version, answers, more) => {
  await look(who, more?.caseId).catch(() => {});
  return decideUnseen(who, version, answers, more);
};
const rejection = (...reasons: CaseReason[]): DecisionAnswers => ({ outcome: 'reject', reasons });
const undo = ({ ctx, staff }: TestStaff) => undoDecision(ctx, staff, { caseId: person.caseId });
const settle = () => {
  world.advance(caseRule.undoMs);
  return settleCases(world.ctx());
};
/** Takes, decides, and lets it take effect. */
async function finish(who: TestStaff, answers?: DecisionAnswers) {
  const { version } = await take(who);
  await decide(who, version, answers);
  await settle();
}
const rowOf = async (id = person.caseId) => {
  const [row] = await world.ctx().db.select().from(caseTable).where(eq(caseTable.id, id));
  return row;
};
const accountOf = async () => {
  const [row] = await world
    .ctx()
    .db.select()
    .from(accountTable)
    .where(eq(accountTable.id, person.signedIn.account.id));
  return row;
};
/** The person in a session of now. */
async function again(): Promise<Applicant> {
  const session = await newSession(world.ctx(), person.signedIn.account.id);
  await session.statement;
  return applicantOf(world, session.token);
}
const current = async () => {
  const { ctx, signedIn } = await again();
  return currentReview(ctx, signedIn);
};
const noticed = async () => {
  const { ctx, signedIn } = await again();
  return (await listNotices(ctx, signedIn)).notices.map(({ kind }) => kind);
};
const actions = async () => {
  const rows = await world
    .ctx()
    .db.select()
    .from(auditTable)
    .where(eq(auditTable.accountId, person.signedIn.account.id));
  return rows
    .map(({ action }) => action)
    .filter((each) => each.startsWith('desk.') && each !== 'desk.revealed');
};

const approveFirst = async (isFaceDoubtful: boolean) => {
  const { version } = await take(anna);
  await decide(anna, version, undefined, { isFaceDoubtful });
  await settle();
};
const reopen = ({ ctx, staff }: TestStaff) =>
  reopenCase(ctx, staff, { caseId: person.caseId, reason: 'wrong_decision' });

const reopenings = () =>
  world.ctx().db.select().from(auditTable).where(eq(auditTable.action, 'review.reopened'));

describe('T-CON-04, T-REV-05: an approval', () => {
  test('takes effect after ten seconds: level 3, the person is told in the portal and by mail', async () => {
    const { version } = await take(anna);
    const { settlesAtMs } = await decide(anna, version);
    expect(settlesAtMs).toBe(world.nowMs() + caseRule.undoMs);
    world.advance(caseRule.undoMs - 1);
    expect(await settleCases(world.ctx())).toBe(0);
    expect((await current()).request?.status).toBe('waiting');
    expect(await noticed()).toEqual([]);
    world.advance(1);
    expect(await settleCases(world.ctx())).toBe(1);
    expect(await current()).toMatchObject({
      level: 3,
      request: null,
      last: { status: 'approved' },
    });
    expect(await standingOfAccount(world)).toMatchObject({
      level: 3,
      attested: { kind: 'manual_review', atMs: world.nowMs() },
    });
    expect(await noticed()).toEqual(['review_approved']);
    const [mail] = await world
      .ctx()
      .db.select()
      .from(outboxTable)
      .where(eq(outboxTable.channel, 'mail'));
    expect(mail?.status).toBe('waiting');
    const photos = await world.ctx().db.select().from(photoTable);
    expect(photos.map(({ removeAfterMs }) => removeAfterMs)).toEqual(
      Array.from({ length: 3 }, () => world.nowMs() + caseRule.photosAfterEndMs),
    );
    expect(await actions()).toEqual(['desk.taken', 'desk.decided']);
  });

  test('that a clock made which was hours ahead takes effect when the clock is right', async () => {
    const { version } = await take(anna);
    await decide(anna, version);
    world.advance(-9 * 3_600_000);
    expect(await settleCases(world.ctx())).toBe(1);
    expect(await rowOf()).toMatchObject({ status: 'approved' });
  });

  test('also takes effect when a colleague asks for the next case: nobody waits for the job', async () => {
    const { version } = await take(anna);
    await decide(anna, version);
    world.advance(caseRule.undoMs);
    await takeNext(bo.ctx, bo.staff);
    await world.settle();
    expect((await rowOf())?.status).toBe('approved');
  });
});

describe('T-CON-04: no approval without a look', () => {
  const unseen = { code: 'desk.look_required' };

  test('without a look, with somebody else’s, with one at part of it, or at another version', async () => {
    await take(anna);
    await look(anna);
    world.advance(caseRule.leaseMs);
    const { version } = await take(bo);
    expect(await refusalOf(decideUnseen(bo, version))).toEqual(unseen);
    await look(senior);
    expect(await refusalOf(decideUnseen(bo, version))).toEqual(unseen);
    await look(bo);
    const { db } = world.ctx();
    const missing = (item: string) =>
      sql`${auditTable.actor} = ${`staff:${bo.staff.member.id}`} and json_extract(${auditTable.facts}, '$.item') = ${item}`;
    for (const item of ['a', 'b', 'holding', 'number']) {
      await db.delete(auditTable).where(missing(item));
      expect(await refusalOf(decideUnseen(bo, version))).toEqual(unseen);
      await look(bo);
    }
    world.advance(caseRule.leaseMs);
    const again = await take(bo);
    expect(await refusalOf(decideUnseen(bo, again.version))).toEqual(unseen);
    expect(await rowOf()).toMatchObject({ status: 'waiting' });
    expect(await db.$count(caseDecisionTable)).toBe(0);
    await look(bo);
    await decideUnseen(bo, again.version);
    expect(await rowOf()).toMatchObject({ status: 'deciding' });
  });

  test('what was undone takes another look; a rejection or a return takes none', async () => {
    const { version } = await take(anna);
    await decideUnseen(anna, version, rejection(blurred));
    const { version: undone } = await undo(anna);
    await look(anna);
    await decideUnseen(anna, undone);
    const { version: last } = await undo(anna);
    expect(await refusalOf(decideUnseen(anna, last))).toEqual(unseen);
    await decideUnseen(anna, last, { outcome: 'return', reasons: [blurred] });
  });

  test('of many approvals and one look at once none comes before the look', async () => {
    const { version } = await take(anna);
    const { done, refused } = await atOnce<unknown>(9, (at) =>
      at === 4 ? look(anna) : decideUnseen(anna, version),
    );
    const codes = codesOf(refused);
    expect((codes['desk.look_required'] ?? 0) + (codes['desk.closed'] ?? 0)).toBe(refused.length);
    expect(await world.ctx().db.$count(caseDecisionTable)).toBe(done.length - 1);
  });
});

describe('T-CON-04, T-REV-06: a rejection', () => {
  test('has coded reasons with mark and sentence, which the person reads; nothing of it is stored readable', async () => {
    const reason: CaseReason = {
      code: 'photo_glare',
      item: 'b',
      mark: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
      note: '  右下角反光。 ',
    };
    await finish(anna, rejection(reason, blurred));
    expect((await current()).last).toMatchObject({
      status: 'rejected',
      reasons: [{ ...reason, note: '右下角反光。' }, blurred],
    });
    expect(await noticed()).toEqual(['review_rejected']);
    expect((await storedTexts(world)).join('\n')).not.toContain('右下角');
  });

  const refusals: readonly (readonly [string, DecisionAnswers, string])[] = [
    ['without a reason', rejection(), 'decision_reasons.missing'],
    ['sent back without a reason', { outcome: 'return', reasons: [] }, 'decision_reasons.missing'],
    ['approved with a reason', { outcome: 'approve', reasons: [blurred] }, 'input.shape'],
    [
      'a code on an item it does not go with',
      rejection({ ...blurred, item: 'name' }),
      'input.shape',
    ],
    ['the same twice', rejection(blurred, { ...blurred, note: '再看看' }), 'input.shape'],
    [
      'a sentence that is too long',
      rejection({ ...blurred, note: '长'.repeat(201) }),
      'text.too_long',
    ],
    [
      'a mark beside the photo',
      rejection({ ...blurred, mark: { x: 0.9, y: 0, width: 0.2, height: 0.1 } }),
      'input.shape',
    ],
    [
      'sent back for what cannot be corrected there',
      {
        outcome: 'return',
        reasons: [{ code: 'number_mismatch', item: 'number', mark: null, note: null }],
      },
      'decision_reasons.not_returnable',
    ],
  ];
  test.each(refusals)('%s is refused, and the case is as it was', async (_, answers, code) => {
    const { version } = await take(anna);
    expect(await refusalOf(decide(anna, version, answers))).toEqual({
      code: 'input.invalid',
      fields: { reasons: code },
    });
    expect(await rowOf()).toMatchObject({ status: 'waiting', version });
  });

  test('T-CON-04a: a wrong ethnicity is sent back, corrected on the profile, and sent again at no cost', async () => {
    const wrong: CaseReason = { ...blurred, code: 'ethnicity_mismatch', item: 'profile' };
    const answers = profileAnswersOf(citizenNamed('周子涵'));
    const change = async () => {
      const { ctx, signedIn } = await again();
      return saveProfile(ctx, signedIn, { ...answers, ethnicity: '02' });
    };
    expect(await refusalOf(change())).toEqual({ code: 'review.open' });
    await finish(anna, { outcome: 'return', reasons: [wrong] });
    expect((await current()).request).toMatchObject({ returned: ['profile'], missing: [] });
    await change();
    const { ctx, signedIn } = await again();
    await submitReview(ctx, signedIn);
    expect(await current()).toMatchObject({ remaining: 2, request: { status: 'waiting' } });
    expect(await refusalOf(change())).toEqual({ code: 'review.open' });
    // Sent back for something else, the profile stays as it is.
    await finish(anna, { outcome: 'return', reasons: [blurred] });
    expect(await refusalOf(change())).toEqual({ code: 'review.open' });
  });

  test('sent back, the person corrects the one item, and it comes into the queue again', async () => {
    await finish(anna, { outcome: 'return', reasons: [blurred] });
    expect((await current()).request).toMatchObject({ status: 'returned', returned: ['a'] });
    expect(await noticed()).toEqual(['review_returned']);
    const { ctx, signedIn } = await again();
    expect(await refusalOf(submitReview(ctx, signedIn))).toMatchObject({ missing: ['a'] });
  });
});

describe('who may not decide', () => {
  test('without a lease, with somebody else’s, with one that is over, or only reserved', async () => {
    const version = (await rowOf())?.version ?? 0;
    const notHolder = { code: 'desk.not_holder' };
    expect(await refusalOf(decide(anna, version))).toEqual(notHolder);
    await peekNext(anna.ctx, anna.staff);
    expect(await refusalOf(decide(anna, version + 1))).toEqual(notHolder);
    const lease = await take(anna);
    expect(await refusalOf(decide(bo, lease.version))).toEqual(notHolder);
    world.advance(caseRule.leaseMs);
    expect(await refusalOf(decide(anna, lease.version))).toEqual(notHolder);
    expect(await world.ctx().db.$count(caseDecisionTable)).toBe(0);
  });

  test('on one’s own case, on none, twice', async () => {
    const { number } = citizenNamed('周子涵');
    const own = await staffNamed(world, 'senior', { number });
    expect(await refusalOf(decide(own, 1))).toEqual({ code: 'desk.own_case' });
    const nothing = decide(anna, 1, undefined, { caseId: 'nothing' });
    expect(await refusalOf(nothing)).toEqual({ code: 'request.not_found' });
    const { version } = await take(anna);
    await decide(anna, version);
    expect(await refusalOf(decide(anna, version))).toEqual({ code: 'desk.closed' });
    await settle();
    expect(await refusalOf(decide(anna, version))).toEqual({ code: 'desk.closed' });
    expect(await refusalOf(undo(own))).toEqual({ code: 'desk.own_case' });
  });

  test('from a version that is not the present one; it is told what was done since', async () => {
    const { version } = await take(anna);
    world.advance(caseRule.leaseMs);
    await take(bo);
    // Rows of former times name the case as a review.
    await world.ctx().db.run(`update audit set facts = replace(facts, '"case"', '"review"')`);
    world.advance(caseRule.leaseMs);
    await take(anna);
    expect(await refusalOf(decide(anna, version))).toEqual({
      code: 'request.stale',
      changes: [
        { action: 'desk.taken', atMs: world.nowMs() },
        { action: 'desk.taken', atMs: world.nowMs() - caseRule.leaseMs },
      ],
    });
    expect((await rowOf())?.status).toBe('waiting');
  });

  test('of ten decisions at once one counts', async () => {
    const { version } = await take(anna);
    const { done, refused } = await atOnce(10, (at) =>
      decide(anna, version, at % 2 === 0 ? undefined : rejection(blurred)),
    );
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'desk.closed': 9 });
    expect(await world.ctx().db.$count(caseDecisionTable)).toBe(1);
  });
});

describe('UX-36: ten seconds to undo', () => {
  test('undone, nothing has happened: the case is on the screen again, and another decision counts', async () => {
    const { version } = await take(anna);
    await decide(anna, version, rejection(blurred));
    world.advance(caseRule.undoMs - 1);
    expect(await refusalOf(undo(bo))).toEqual({ code: 'desk.not_holder' });
    const lease = await undo(anna);
    expect(lease).toMatchObject({ version: version + 2 });
    expect(await settle()).toBe(0);
    expect(await noticed()).toEqual([]);
    await decide(anna, lease.version);
    await settle();
    expect((await current()).last).toMatchObject({ status: 'approved', reasons: [] });
    expect(await actions()).toEqual(['desk.taken', 'desk.decided', 'desk.undone', 'desk.decided']);
  });

  test('too late is too late, and so is twice', async () => {
    const { version } = await take(anna);
    expect(await refusalOf(undo(anna))).toEqual({ code: 'desk.closed' });
    await decide(anna, version);
    world.advance(caseRule.undoMs);
    expect(await refusalOf(undo(anna))).toEqual({ code: 'desk.closed' });
    await settleCases(world.ctx());
    expect(await refusalOf(undo(anna))).toEqual({ code: 'desk.closed' });
  });

  test('of many undoing at once one does', async () => {
    const { version } = await take(anna);
    await decide(anna, version);
    const { done, refused } = await atOnce(5, () => undo(anna));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'desk.closed': 4 }]);
  });
});

describe('T-CON-04: a second person', () => {
  test('decides where the first one doubts the face, is another one, and sees nothing of it', async () => {
    const { version } = await take(anna);
    // Whoever decides reads that it does not count yet.
    expect(await decide(anna, version, undefined, { isFaceDoubtful: true })).toMatchObject({
      needsSecond: ['identity_disagreement'],
    });
    await settle();
    expect(await rowOf()).toMatchObject({
      status: 'waiting',
      stage: 'second',
      holderId: null,
      secondCauses: ['identity_disagreement'],
    });
    expect((await standingOfAccount(world)).level).toBe(2);
    expect(await noticed()).toEqual([]);
    expect(await refusalOf(take(anna))).toEqual({ code: 'desk.same_person' });
    expect(await takeNext(anna.ctx, anna.staff)).toBeNull();
    await take(bo);
    const seen = await viewCase(bo.ctx, bo.staff, { caseId: person.caseId });
    expect(seen).toMatchObject({ stage: 'second', decisions: [], needsSecond: [] });
    expect(seen.flags).not.toContain('face_doubtful');
    expect(JSON.stringify(seen)).not.toContain('安娜');
  });

  test('who agrees makes it so', async () => {
    await approveFirst(true);
    await finish(bo);
    expect((await current()).level).toBe(3);
  });

  test('who disagrees sends it to a senior, who sees both and decides', async () => {
    await approveFirst(true);
    await finish(bo, rejection(blurred));
    expect(await rowOf()).toMatchObject({ status: 'waiting', stage: 'senior' });
    expect(await refusalOf(take(bo))).toEqual({ code: 'staff.forbidden' });
    await take(senior);
    const seen = await viewCase(senior.ctx, senior.staff, { caseId: person.caseId });
    expect(seen.decisions).toMatchObject([
      { stage: 'first', outcome: 'approve', byName: '安娜', reasons: [] },
      { stage: 'second', outcome: 'reject', byName: '柏青', reasons: [blurred] },
    ]);
    expect(seen.flags).toContain('face_doubtful');
    await finish(senior, rejection(blurred));
    expect((await current()).last).toMatchObject({ status: 'rejected', reasons: [blurred] });
    expect(await noticed()).toEqual(['review_rejected']);
  });

  test('decides an approval after two rejections', async () => {
    for (const _ of [1, 2]) {
      await finish(anna, rejection(blurred));
      const now = await again();
      await correctReview(now.ctx, now.signedIn);
      await completeDraft(now);
      person = { ...now, caseId: await submitUnsampled(now) };
    }
    await take(anna);
    const seen = await viewCase(anna.ctx, anna.staff, { caseId: person.caseId });
    expect(seen).toMatchObject({ attempts: 3, needsSecond: ['after_rejections'] });
    expect(seen.previous.map(({ status, decisions }) => [status, decisions[0]?.reasons])).toEqual([
      ['rejected', [blurred]],
      ['rejected', [blurred]],
    ]);
    await finish(anna);
    expect(await rowOf()).toMatchObject({ stage: 'second', secondCauses: ['after_rejections'] });
  });
});

describe('UX-36: opening again what was decided', () => {
  test('a senior opens an approval again: the level falls, the person is told, a senior decides', async () => {
    await finish(anna);
    await reopen(senior);
    expect(await rowOf()).toMatchObject({
      status: 'waiting',
      stage: 'senior',
      round: 2,
      endedAtMs: null,
    });
    expect(await standingOfAccount(world)).toEqual({ level: 2, attested: null });
    expect(await noticed()).toEqual(['review_reopened', 'review_approved']);
    const { ctx, signedIn } = await again();
    const save = saveProfile(ctx, signedIn, profileAnswersOf(citizenNamed('周子涵')));
    expect(await refusalOf(save)).toEqual({ code: 'review.open' });
    expect(await refusalOf(withdrawReview(ctx, signedIn))).toEqual({ code: 'review.opened' });
    const kept = await world.ctx().db.select().from(photoTable);
    expect(kept.every(({ removeAfterMs }) => removeAfterMs === null)).toBe(true);
    await finish(senior, rejection(blurred));
    expect(await current()).toMatchObject({ level: 2, last: { status: 'rejected' } });
    const [audited] = await reopenings();
    expect(JSON.parse(audited?.facts ?? '')).toEqual({
      case: person.caseId,
      reason: 'wrong_decision',
    });
  });

  test('a senior who rejected, reopens and approves takes a second person', async () => {
    await finish(senior, rejection(blurred));
    await reopen(senior);
    await take(senior);
    const seen = await viewCase(senior.ctx, senior.staff, { caseId: person.caseId });
    expect(seen.needsSecond).toEqual(['decided_before']);
    await finish(senior);
    expect(await rowOf()).toMatchObject({
      status: 'waiting',
      stage: 'second',
      secondCauses: ['decided_before'],
    });
    expect((await standingOfAccount(world)).level).toBe(2);
    expect(await refusalOf(take(senior))).toEqual({ code: 'desk.same_person' });
    await finish(anna);
    expect(await current()).toMatchObject({ level: 3, last: { status: 'approved' } });
  });

  test('the same person by another account is the same person', async () => {
    const number = madeUpNumber();
    const [one, other] = [
      await staffNamed(world, 'senior', { number }),
      await staffNamed(world, 'senior', { number }),
    ];
    await finish(one, rejection(blurred));
    await reopen(other);
    await finish(other);
    expect(await rowOf()).toMatchObject({ stage: 'second', secondCauses: ['decided_before'] });
    for (const who of [one, other]) {
      expect(await refusalOf(take(who))).toEqual({ code: 'desk.same_person' });
      expect(await takeNext(who.ctx, who.staff)).toBeNull();
    }
  });

  test('of a doubt two have to approve again; who does not bear it out leaves it rejected', async () => {
    await approveFirst(true);
    await finish(bo);
    await reopen(senior);
    await finish(senior);
    expect(await rowOf()).toMatchObject({ status: 'waiting', stage: 'second' });
    expect((await standingOfAccount(world)).level).toBe(2);
    await finish(anna, rejection(blurred));
    expect(await current()).toMatchObject({ level: 2, last: { status: 'rejected' } });
  });

  test('a doubt is still there in what was sent back, and in the next request', async () => {
    await approveFirst(true);
    await finish(bo, { outcome: 'return', reasons: [blurred] });
    const now = await again();
    await completeDraft(now).catch(() => {});
    await withdrawReview(now.ctx, now.signedIn);
    await correctReview(now.ctx, now.signedIn);
    await completeDraft(now);
    person = { ...now, caseId: await submitUnsampled(now) };
    expect((await rowOf())?.flags).toContain('face_doubted_before');
    await finish(anna);
    expect(await rowOf()).toMatchObject({ stage: 'second' });
  });

  test('name and validity that it gave the account are taken back, and given again by another approval', async () => {
    // The newest request is the one that is corrected.
    world.advance(1);
    const { ctx, signedIn } = await again();
    await withdrawReview(ctx, signedIn);
    await correctReview(ctx, signedIn);
    await completeDraft(person);
    await saveReviewAnswers(ctx, signedIn, { ...reviewAnswersOf('周子涵'), name: '周子函' });
    person = { ...person, caseId: await submitUnsampled({ ...person, ctx, signedIn }) };
    const identity = async () => {
      const account = await accountOf();
      if (account === undefined) throw new Error('nobody');
      return openIdentity(world.ctx(), account);
    };
    const before = await identity();
    await finish(anna);
    await finish(bo);
    expect(await identity()).toMatchObject({ name: '周子函' });
    await reopen(senior);
    expect(await identity()).toEqual(before);
    await finish(senior);
    await finish(anna);
    expect(await identity()).toMatchObject({ name: '周子函' });
    await reopen(senior);
    await finish(senior, rejection(blurred));
    expect(await identity()).toEqual(before);
    expect((await storedTexts(world)).join('\n')).not.toContain('周子函');
  });

  test('the name that it gave is taken back also when the document has run out since', async () => {
    // The newest request is the one that is corrected.
    world.advance(1);
    const { ctx, signedIn } = await again();
    await withdrawReview(ctx, signedIn);
    await correctReview(ctx, signedIn);
    await completeDraft(person);
    await saveReviewAnswers(ctx, signedIn, { ...reviewAnswersOf('周子涵'), name: '周子函' });
    person = { ...person, caseId: await submitUnsampled({ ...person, ctx, signedIn }) };
    await finish(anna);
    await finish(bo);
    await ctx.db.update(attestationTable).set({ untilMs: world.nowMs() - 1 });
    await reopen(senior);
    const account = await accountOf();
    expect(account && (await openIdentity(ctx, account)).name).toBe('周子涵');
  });

  test('a level that the authority has confirmed since stays', async () => {
    await finish(anna);
    world.advance(1);
    await attestFor(world, person.signedIn.account.id);
    await reopen(senior);
    expect((await standingOfAccount(world)).level).toBe(3);
  });

  test('not by a reviewer, not without proof, not while it is open, not when something newer is', async () => {
    const closed = { code: 'desk.closed' };
    expect(await refusalOf(reopen(senior))).toEqual(closed);
    await finish(anna, rejection(blurred));
    expect(await refusalOf(reopen(anna))).toEqual({ code: 'staff.forbidden' });
    const now = await again();
    await correctReview(now.ctx, now.signedIn);
    expect(await refusalOf(reopen(senior))).toEqual({ code: 'review.open' });
    world.advance(10 * 60_000);
    expect(await refusalOf(reopen(senior))).toEqual({ code: 'staff.proof_required' });
  });

  test('not one’s own case, not by a senior who is none any more; nothing of it is on record', async () => {
    await finish(anna, rejection(blurred));
    const own = await staffNamed(world, 'senior', { number: citizenNamed('周子涵').number });
    expect(await refusalOf(reopen(own))).toEqual({ code: 'desk.own_case' });
    const admin = await staffNamed(world, 'administrator');
    const { id: staffId } = senior.staff.member;
    await disableStaff(admin.ctx, admin.staff, { staffId });
    expect(await refusalOf(reopen(senior))).toEqual({ code: 'staff.forbidden' });
    expect(await rowOf()).toMatchObject({ status: 'rejected', round: 1 });
    expect(await reopenings()).toEqual([]);
  });

  test('of two seniors at once, four times each, one does; once more is too late; the record names who', async () => {
    await finish(anna);
    const other = await staffNamed(world, 'senior');
    const { done, refused } = await atOnce(8, async (at) => {
      const who = at % 2 === 0 ? senior : other;
      await reopen(who);
      return `staff:${who.staff.member.id}`;
    });
    expect([done.length, codesOf(refused)]).toEqual([1, { 'desk.closed': 7 }]);
    expect(await refusalOf(reopen(senior))).toEqual({ code: 'desk.closed' });
    expect((await reopenings()).map(({ actor }) => actor)).toEqual(done);
    expect(await noticed()).toEqual(['review_reopened', 'review_approved']);
    expect(await rowOf()).toMatchObject({ status: 'waiting', round: 2 });
  });

  test('the person begins anew at the same moment: one of the two is first, and one request is active', async () => {
    await finish(anna, rejection(blurred));
    const now = await again();
    const { done, refused } = await atOnce(2, (at) =>
      at === 0 ? reopen(senior) : correctReview(now.ctx, now.signedIn),
    );
    expect([done.length, codesOf(refused)]).toEqual([1, { 'review.open': 1 }]);
    const rows = await world.ctx().db.select().from(caseTable);
    expect(rows.filter(({ endedAtMs }) => endedAtMs === null)).toHaveLength(1);
  });

  test('not when the photos are gone', async () => {
    await finish(anna, rejection(blurred));
    world.advance(caseRule.photosAfterEndMs);
    const later = await staffNamed(world, 'senior');
    expect(await refusalOf(reopen(later))).toEqual({ code: 'desk.closed' });
  });
});

describe('a bad day', () => {
  test('without a database it is service.unavailable', async () => {
    const { version } = await take(anna);
    const down = { ...anna, ctx: withoutDatabase(anna.ctx) };
    expect(await refusalOf(decide(down, version))).toEqual({ code: 'service.unavailable' });
    expect(await refusalOf(undo(down))).toEqual({ code: 'service.unavailable' });
    const seniorDown = { ...senior, ctx: withoutDatabase(senior.ctx) };
    expect(await refusalOf(reopen(seniorDown))).toEqual({ code: 'service.unavailable' });
  });

  test('a decision that fails on its way leaves no half of one', async () => {
    const { version } = await take(anna);
    await world.ctx().db.run('drop table case_reason');
    await expect(decide(anna, version, rejection(blurred))).rejects.toThrow('case_reason');
    expect(await rowOf()).toMatchObject({ status: 'waiting', version });
    expect(await world.ctx().db.$count(caseDecisionTable)).toBe(0);
  });
});
