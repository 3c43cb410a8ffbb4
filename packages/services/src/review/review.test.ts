import { attestFor } from '../testing/attestations.ts';
import {
  accountTable,
  allowanceTable,
  auditTable,
  commit,
  outboxTable,
  photoTable,
  caseReasonTable,
  caseTable,
} from '@shiming/db';
import { photoSides, caseRule, type TimelineEvent } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { webCrypto } from '@shiming/providers/crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inPortal, type Keys } from '../context.ts';
import { takeNext } from '../desk/take-next.ts';
import { withdrawConsent } from '../data/consents.ts';
import { runJobs } from '../run-jobs.ts';
import { openIdentity, openProfile } from '../account/account.ts';
import { changeAccount } from '../account/change.ts';
import { saveProfile } from '../profile/save.ts';
import { authenticate, newSession } from '../session/session.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { atOnce, codesOf, moment, refusalOf } from '../testing/refusals.ts';
import {
  completeDraft,
  decideAs,
  mismatched,
  openAs,
  openRequestOf,
  reasonOf,
  reviewAnswersOf,
  settleAs,
  testPhotos,
} from '../testing/reviews.ts';
import { staffNamed } from '../testing/staff.ts';
import { storedTexts } from '../testing/storage.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { rotateKeys } from '../vault/rotate.ts';
import { verify } from '../verification/verify.ts';
import { correctReview } from './correct.ts';
import { currentReview } from './current.ts';
import { viewPhoto } from './photo.ts';
import { rotatePhotos } from './rotate.ts';
import { saveReviewAnswers } from './save-answers.ts';
import { savePhoto } from './save-photo.ts';
import { expireCases, settleCases } from '../desk/settle.ts';
import { submitReview } from './submit.ts';
import { withdrawReview } from './withdraw.ts';

const day = 24 * 3_600_000;
let world: TestWorld;
let person: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  person = await mismatched(world);
});
afterEach(() => world.close());

/** The same person in a session of now. */
async function again(who = person): Promise<Applicant> {
  const session = await newSession(world.ctx(), who.signedIn.account.id);
  await session.statement;
  return applicantOf(world, session.token);
}
const sendOff = async (who: Applicant, name: string) => {
  const now = await again(who);
  await completeDraft(now, name);
  await submitReview(now.ctx, now.signedIn);
};
const submit = (who = person) => submitReview(who.ctx, who.signedIn);
const current = async () => {
  const { ctx, signedIn } = await again();
  return currentReview(ctx, signedIn);
};
const answers = reviewAnswersOf('周子涵');
const saveAnswers = (change: Partial<typeof answers> = {}) =>
  saveReviewAnswers(person.ctx, person.signedIn, { ...answers, ...change });
const check = async () => {
  const { ctx, signedIn } = await again();
  const { name, validityStart, validityTerm } = answers;
  return verify(ctx, signedIn, { name, validityStart, validityTerm });
};
const submitted = async () => {
  await completeDraft(person);
  return submit();
};

test('a draft begun at one portal goes on at the portal that it is sent off at', async () => {
  const there = person.ctx.doors.find(({ portal }) => portal.id !== person.ctx.portal.id);
  const elsewhere = inPortal(person.ctx, there?.portal.id ?? '');
  await saveReviewAnswers(elsewhere, person.signedIn, answers);
  await submitted();
  const { db } = world.ctx();
  expect(await db.select({ portal: caseTable.portal }).from(caseTable)).toEqual([
    { portal: person.ctx.portal.id },
  ]);
  // At every portal the person reads that it goes on, and once its consent is withdrawn that it does not.
  const seen = async () => {
    const { signedIn } = await again();
    return (await currentReview(elsewhere, signedIn)).isPaused;
  };
  expect(await seen()).toBe(false);
  const reviewer = await staffNamed(world, 'reviewer');
  expect(await takeNext(reviewer.ctx, reviewer.staff)).not.toBeNull();
  await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
  expect(await seen()).toBe(true);
});

const badPhoto = reasonOf('photo_unclear', 'b', {
  mark: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 },
  note: '有效期那一行看不清。',
});

describe('T-REV-01: a request', () => {
  test('is put together in any order, and shows what is missing', async () => {
    expect(await current()).toMatchObject({ isOffered: true, request: null, last: null });
    await saveAnswers();
    expect((await current()).request).toMatchObject({
      status: 'draft',
      caseNumber: null,
      missing: ['a', 'b', 'holding'],
      answers: {
        name: '周子涵',
        validity: { start: '2020-09-01', end: '2040-09-01', term: 20 },
        reason: answers.reason,
      },
      channel: 'mail',
    });
    expect(await refusalOf(submit())).toEqual({
      code: 'review.incomplete',
      missing: ['a', 'b', 'holding'],
    });
    await completeDraft(person);
    expect((await current()).request?.missing).toEqual([]);
  });

  test('answers that do not do are refused field by field, and nothing is kept', async () => {
    const refused = await refusalOf(saveAnswers({ name: 'x', reason: '', channel: 'pigeon' }));
    expect(refused).toEqual({
      code: 'input.invalid',
      fields: {
        name: 'name.characters',
        reason: 'review_reason.missing',
        channel: 'review_channel.missing',
      },
    });
    expect((await current()).request).toBeNull();
  });

  test('X-01: nothing of it is stored readable', async () => {
    await saveAnswers();
    const texts = (await storedTexts(world)).join('\n');
    expect(texts).not.toContain('周子涵');
    expect(texts).not.toContain(answers.reason);
  });

  test('with nothing begun, everything is missing', async () => {
    expect(await refusalOf(submit())).toEqual({
      code: 'review.incomplete',
      missing: ['a', 'b', 'holding', 'answers'],
    });
  });

  test('a document that ran out while the draft lay about is not sent off', async () => {
    await completeDraft(person);
    const late = { ...person.ctx, now: () => Date.UTC(2040, 9, 1) };
    expect(await refusalOf(submitReview(late, person.signedIn))).toEqual({
      code: 'review.incomplete',
      missing: ['answers'],
    });
  });
});

describe('T-VER-05: who can ask for it', () => {
  test('nobody whom the authority was not asked about; whoever it did not confirm', async () => {
    const other = await registerCompletely(world, citizenNamed('林知远'));
    await completeDraft(other, '林知远');
    expect(await refusalOf(submit(other))).toEqual({ code: 'review.not_offered' });
    expect(await currentReview(other.ctx, other.signedIn)).toMatchObject({ isOffered: false });
  });

  test('nobody who is verified', async () => {
    const verified = await again(await mismatched(world, '林知远'));
    expect(verified.signedIn.level).toBe(3);
    await completeDraft(verified, '林知远');
    expect(await refusalOf(submit(verified))).toEqual({ code: 'review.not_offered' });
  });

  test('T-VER-03b: holders of a permit renew by another review; the former result stands until it is approved', async () => {
    const name = '温以恒';
    const holder = await registerCompletely(world, citizenNamed(name));
    await completeDraft(holder, name);
    await submitReview(holder.ctx, holder.signedIn);
    await settleAs(world, world.ctx(), holder, 'approve');
    const levels = async () => {
      const { ctx, signedIn } = await again(holder);
      return [signedIn.level, (await openIdentity(ctx, signedIn.account)).validity?.end];
    };
    const former = (await levels())[1];
    expect(await levels()).toEqual([3, former]);

    const renew = async (validityStart: { year: string; month: string; day: string }) => {
      const { ctx, signedIn } = await again(holder);
      await completeDraft({ ...holder, ctx, signedIn }, name);
      await saveReviewAnswers(ctx, signedIn, { ...reviewAnswersOf(name), validityStart });
      await submitReview(ctx, signedIn);
    };
    await renew({ year: '2026', month: '10', day: '1' });
    expect(await levels()).toEqual([3, former]);
    await settleAs(world, world.ctx(), holder, 'reject', [badPhoto]);
    expect(await levels()).toEqual([3, former]);
    await renew({ year: '2026', month: '11', day: '1' });
    await settleAs(world, world.ctx(), holder, 'approve');
    expect(await levels()).toEqual([3, '2036-10-31']);
  });

  test('T-VER-03a: a 通行证 that has verified another account is flagged, and takes a second person', async () => {
    const name = '何俊彦';
    const holder = await registerCompletely(world, citizenNamed(name));
    await completeDraft(holder, name);
    const { travelPermitNumber } = citizenNamed(name);
    await attestFor(world, person.signedIn.account.id, 'manual_review', travelPermitNumber);
    await submitReview(holder.ctx, holder.signedIn);
    expect((await openRequestOf(world.ctx(), holder)).flags).toEqual(['permit_reused']);
    await settleAs(world, world.ctx(), holder, 'approve');
    expect(await openRequestOf(world.ctx(), holder)).toMatchObject({
      status: 'waiting',
      stage: 'second',
    });
  });

  test('T-VER-03a: two who wait with one 通行证 at once are both flagged, also after a change of keys', async () => {
    const one = await registerCompletely(world, citizenNamed('何俊彦'));
    const { account, ...rest } = (await registerCompletely(world, citizenNamed('欧阳若澄')))
      .signedIn;
    const two = { ctx: world.ctx(), signedIn: { account, ...rest }, sessionToken: '' };
    const sameAs = await openProfile(world.ctx(), one.signedIn.account);
    await commit(world.ctx().db, [
      ...(await changeAccount(world.ctx(), account, sameAs === null ? {} : { profile: sameAs })),
    ]);
    const flags = async (who: Applicant) => (await openRequestOf(world.ctx(), who)).flags;
    await sendOff(one, '何俊彦');
    expect(await flags(one)).not.toContain('permit_reused');
    await sendOff(two, '欧阳若澄');
    expect(await flags(two)).toContain('permit_reused');
    expect(await flags(one)).toContain('permit_reused');
    const index = [{ id: 'i2', key: webCrypto.randomBytes(32) }, ...world.keys.index] as const;
    const vault = [{ id: 'v2', key: webCrypto.randomBytes(32) }, ...world.keys.vault] as const;
    await rotateKeys(world.ctx({ keys: { ...world.keys, index, vault } }));
    const [row] = await world
      .ctx()
      .db.select({ numberIndex: caseTable.numberIndex })
      .from(caseTable)
      .where(eq(caseTable.accountId, account.id));
    expect(row?.numberIndex).toMatch(/^i2\./);
  });

  test('holders of a permit, whom no authority can check, at once', async () => {
    const permit = world.sandbox.citizens.find(({ outcome }) => outcome === 'unchecked');
    const name = permit?.name ?? '';
    const other = await registerCompletely(world, citizenNamed(name));
    await completeDraft(other, name);
    expect((await submit(other)).caseNumber).toMatch(/^\d{14}$/);
  });

  test('nobody whose profile is incomplete, or who has withdrawn the consent', async () => {
    const other = await register(world, citizenNamed('方念之'));
    expect(await refusalOf(submit(other))).toEqual({ code: 'profile.incomplete' });
    await completeDraft(person);
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
    expect(await refusalOf(submit())).toEqual({ code: 'consent.required' });
  });
});

test('T-REV-01: sent off at the moment the authority confirms, nothing is sent and no attempt is used', async () => {
  await completeDraft(person);
  await world.ctx().db.run('update account set version = version + 1');
  const { refused } = await atOnce(5, () => submit());
  expect(codesOf(refused)).toEqual({ 'request.stale': 5 });
  expect(await current()).toMatchObject({ remaining: 3, request: { status: 'draft' } });
});

/** Somebody else whose card is in the same picture, byte for byte. */
async function another(): Promise<Applicant> {
  const other = await mismatched(world, '许静姝');
  await saveReviewAnswers(other.ctx, other.signedIn, reviewAnswersOf('许静姝'));
  for (const side of ['a', 'b', 'holding'] as const) {
    const file =
      side === 'holding' ? jpegOf({ content: 9, width: 1080, height: 1920 }) : testPhotos[side];
    await savePhoto(other.ctx, other.signedIn, { side, file });
  }
  return other;
}
const flagsOfAll = async () => {
  const rows = await world.ctx().db.select().from(caseTable);
  return rows.map(({ flags }) => flags.includes('photo_reused'));
};

test('T-REV-02: a photo that arrives from another page as the request is sent off holds nothing up', async () => {
  await completeDraft(person);
  const files = [5, 6, 7].map((content) => jpegOf({ content }));
  const { done, refused } = await atOnce<unknown>(4, (at) => {
    const file = files[at];
    return file === undefined
      ? submit()
      : savePhoto(person.ctx, person.signedIn, { side: 'a', file });
  });
  // Each photo is in time, or too late; the request is sent off once.
  expect((await current()).request).toMatchObject({ status: 'waiting', missing: [] });
  const late = codesOf(refused);
  expect((late['request.stale'] ?? 0) + (late['review.open'] ?? 0)).toBe(refused.length);
  expect(
    done.filter((each) => typeof each === 'object' && 'caseNumber' in (each ?? {})),
  ).toHaveLength(1);
});

describe('T-REV-02: the same picture in the requests of two people', () => {
  test('is flagged in both, and takes a second person', async () => {
    await submitted();
    expect(await flagsOfAll()).toEqual([false]);
    const { version } = await openRequestOf(world.ctx(), person);
    const other = await another();
    await submit(other);
    expect(await flagsOfAll()).toEqual([true, true]);
    expect((await openRequestOf(world.ctx(), person)).version).toBe(version + 1);
    await settleAs(world, world.ctx(), other, 'approve');
    expect(await openRequestOf(world.ctx(), other)).toMatchObject({ stage: 'second' });
  });

  test('sent off at once, one of the two at least is flagged, and both where both were uploaded before', async () => {
    await completeDraft(person);
    const other = await another();
    await Promise.all([submit(), submit(other)]);
    expect(await flagsOfAll()).toEqual([true, true]);
  });

  test('one’s own picture from an earlier request is none of somebody else', async () => {
    await submitted();
    await withdraw();
    await correctReview(person.ctx, person.signedIn);
    await submit();
    expect(await flagsOfAll()).toEqual([false, false]);
  });
});

describe('T-REV-04: while it is open', () => {
  test('the receipt has number and due date; the page says where it stands', async () => {
    const receipt = await submitted();
    expect(receipt).toEqual({
      caseNumber: expect.stringMatching(/^261121\d{8}$/),
      submittedAtMs: world.nowMs(),
      dueDate: '2026-12-01',
      isDueProvisional: false,
    });
    expect(await current()).toMatchObject({
      remaining: 2,
      canWithdraw: true,
      place: { from: 1, to: 10 },
      request: {
        status: 'waiting',
        caseNumber: receipt.caseNumber,
        dueDate: '2026-12-01',
        missing: [],
        events: [{ kind: 'submitted', atMs: receipt.submittedAtMs, items: [] }],
      },
    });
  });

  test('its place counts who is due before it, in every stage, and nobody else', async () => {
    await submitted();
    const mine = await openRequestOf(world.ctx(), person);
    const others = (count: number, change: Partial<typeof mine>, place: number): (typeof mine)[] =>
      Array.from({ length: count }, (_, index) => {
        const id = `other-${place}-${index}`;
        return { ...mine, id, accountId: id, caseNumber: id, ...change };
      });
    const dueAtMs = (mine.dueAtMs ?? 0) - 1;
    const submittedAtMs = (mine.submittedAtMs ?? 0) - 1;
    await world
      .ctx()
      .db.insert(caseTable)
      .values([
        ...others(6, { submittedAtMs }, 1),
        ...others(5, { dueAtMs, stage: 'second' }, 2),
        ...others(50, { dueAtMs: dueAtMs + 2 }, 3),
        ...others(50, { dueAtMs, status: 'returned' }, 4),
        ...others(50, {}, 5),
      ]);
    expect((await current()).place).toEqual({ from: 11, to: 50 });
  });

  test('neither profile nor verification nor the request itself changes', async () => {
    await submitted();
    const { ctx, signedIn } = await again();
    const frozen = { code: 'review.open' };
    const profile = profileAnswersOf(citizenNamed('周子涵'));
    expect(await refusalOf(saveProfile(ctx, signedIn, profile))).toEqual(frozen);
    expect(await refusalOf(check())).toEqual(frozen);
    expect(await refusalOf(saveAnswers())).toEqual(frozen);
    const photo = { side: 'a', file: jpegOf({ content: 9 }) } as const;
    expect(await refusalOf(savePhoto(ctx, signedIn, photo))).toEqual(frozen);
    expect(await refusalOf(correctReview(ctx, signedIn))).toEqual(frozen);
    expect(await refusalOf(submit())).toEqual(frozen);
    // The frozen verification cost no try.
    const tries = await ctx.db.$count(allowanceTable, eq(allowanceTable.kind, 'verification'));
    expect(tries).toBe(1);
  });

  test('while the authority is being asked, nothing is sent off', async () => {
    await completeDraft(person);
    const { ctx, signedIn } = person;
    const asked = moment();
    const answered = moment();
    const authority = {
      ...ctx.authority,
      checkIdentity: async (...of: Parameters<typeof ctx.authority.checkIdentity>) => {
        asked.come();
        await answered.wait;
        return ctx.authority.checkIdentity(...of);
      },
    };
    const { name, validityStart, validityTerm } = answers;
    const asking = verify({ ...ctx, authority }, signedIn, { name, validityStart, validityTerm });
    await asked.wait;
    expect(await refusalOf(submit())).toEqual({ code: 'verification.in_progress' });
    answered.come();
    await asking;
    await submit();
  });

  test('a decision that can still be undone shows as waiting, and changes nothing', async () => {
    await submitted();
    await decideAs(world.ctx(), person, 'reject', [badPhoto]);
    expect((await current()).request).toMatchObject({ status: 'waiting', reasons: [] });
    world.advance(caseRule.undoMs - 1);
    expect(await settleCases(world.ctx())).toBe(0);
    world.advance(1);
    await settleCases(world.ctx());
    expect(await world.ctx().db.$count(caseTable)).toBe(1);
  });
});

/** Submits and is rejected. */
const fail = async () => {
  person = await again();
  await completeDraft(person);
  await submit();
  await settleAs(world, world.ctx(), person, 'reject', [badPhoto]);
};
const at = (instant: string) => world.advance(Date.parse(instant) - world.nowMs());
const limit = (resumes: string) => ({
  code: 'review.period_limit',
  limit: 3,
  resumesAtMs: Date.parse(resumes),
});

describe('T-REV-03: three in a period', () => {
  test('the fourth waits for the first of January in Shanghai, to the millisecond', async () => {
    for (const remaining of [2, 1, 0]) {
      await fail();
      expect(await current()).toMatchObject({ remaining });
    }
    person = await again();
    await completeDraft(person);
    expect(await refusalOf(submit())).toEqual(limit('2027-01-01T00:00:00+08:00'));
    at('2026-12-31T23:59:59.999+08:00');
    person = await again();
    await saveAnswers();
    expect(await refusalOf(submit())).toEqual(limit('2027-01-01T00:00:00+08:00'));
    world.advance(1);
    person = await again();
    expect(await current()).toMatchObject({ remaining: 3 });
    expect(await submit()).toMatchObject({ isDueProvisional: true });
  });

  test('and over the last of August, through half a year of clearing up', async () => {
    at('2027-01-01T00:00:00+08:00');
    for (const _ of [1, 2, 3]) await fail();
    at('2027-08-31T23:59:59.999+08:00');
    await runJobs(world.ctx());
    person = await again();
    await completeDraft(person);
    expect(await refusalOf(submit())).toEqual(limit('2027-09-01T00:00:00+08:00'));
    world.advance(1);
    await submit();
  });

  test('X-02: sent twenty times at once it is one request and one attempt', async () => {
    await completeDraft(person);
    const { done, refused } = await atOnce(20, () =>
      submit({ ...person, ctx: world.ctx({ actor: person.ctx.actor }) }),
    );
    expect(done).toHaveLength(1);
    const codes = new Set(refused.map(({ code }) => code));
    expect([...codes].every((code) => code === 'request.stale' || code === 'review.open')).toBe(
      true,
    );
    expect((await current()).remaining).toBe(2);
    expect(await world.ctx().db.$count(caseTable)).toBe(1);
  });

  test('X-02: of the last attempt, twenty people’s worth of tabs get one', async () => {
    for (const _ of [1, 2]) await fail();
    person = await again();
    await completeDraft(person);
    const { done } = await atOnce(20, () => submit());
    expect(done).toHaveLength(1);
    await settleAs(world, world.ctx(), person, 'reject', [badPhoto]);
    person = await again();
    await completeDraft(person);
    const { refused } = await atOnce(5, () => submit());
    expect(codesOf(refused)).toEqual({ 'review.period_limit': 5 });
  });
});

const withdraw = () => withdrawReview(person.ctx, person.signedIn);

describe('T-REV-04: taking it back', () => {
  test('while nobody has opened it, gives the attempt back, and all is free again', async () => {
    await submitted();
    await withdraw();
    expect(await current()).toMatchObject({
      remaining: 3,
      request: null,
      last: { status: 'withdrawn' },
    });
    expect(await check()).toMatchObject({ outcome: 'mismatched' });
    expect(await refusalOf(withdraw())).toEqual({ code: 'request.not_found' });
  });

  test('once a reviewer has had it on the screen, it stays', async () => {
    await submitted();
    await openAs(world.ctx(), person);
    expect(await refusalOf(withdraw())).toEqual({ code: 'review.opened' });
    expect(await current()).toMatchObject({
      canWithdraw: false,
      isOverdue: false,
      place: null,
      remaining: 2,
    });
  });

  test('once it is overdue, it goes although it was opened, and the attempt is given back', async () => {
    await submitted();
    await openAs(world.ctx(), person);
    const { dueAtMs } = await openRequestOf(world.ctx(), person);
    world.advance((dueAtMs ?? 0) - world.nowMs());
    expect(await current()).toMatchObject({ canWithdraw: true, isOverdue: true, remaining: 2 });
    const { ctx, signedIn } = await again();
    const { done } = await atOnce(5, () => withdrawReview(ctx, signedIn));
    expect(done).toHaveLength(1);
    expect(await current()).toMatchObject({ remaining: 3, last: { status: 'withdrawn' } });
  });

  test('withdrawn and opened at the same moment, one of the two happens', async () => {
    await submitted();
    const results = await Promise.allSettled([withdraw(), openAs(world.ctx(), person)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('X-02: twenty times at once, the attempt comes back once', async () => {
    await submitted();
    const { done } = await atOnce(20, withdraw);
    expect(done).toHaveLength(1);
    expect((await current()).remaining).toBe(3);
  });

  test('carries everything over into a new draft', async () => {
    const { caseNumber } = await submitted();
    await withdraw();
    await correctReview(person.ctx, person.signedIn);
    expect((await current()).request).toMatchObject({ status: 'draft', missing: [], reasons: [] });
    expect((await submit()).caseNumber).not.toBe(caseNumber);
  });
});

describe('T-REV-05: approved', () => {
  test('the level rises, name and validity are what was seen, and the person is told', async () => {
    await completeDraft(person);
    await saveAnswers({ name: '周子函', validityTerm: '10' });
    const { caseNumber } = await submit();
    await settleAs(world, world.ctx(), person, 'approve');
    // The name is another than the account's, so one person alone does not do.
    expect((await openRequestOf(world.ctx(), person)).secondCauses).toContain(
      'identity_disagreement',
    );
    expect((await current()).request?.status).toBe('waiting');
    await decideAs(world.ctx(), person, 'approve', [], { id: 'reviewer-2', role: 'reviewer' });
    world.advance(caseRule.undoMs);
    await settleCases(world.ctx());

    const { ctx, signedIn } = await again();
    expect(signedIn).toMatchObject({
      level: 3,
      attested: { kind: 'manual_review', atMs: world.nowMs() },
    });
    expect(await openIdentity(ctx, signedIn.account)).toMatchObject({
      name: '周子函',
      validity: { start: '2020-09-01', end: '2030-09-01', term: 10 },
      number: citizenNamed('周子涵').number,
    });
    expect(await current()).toMatchObject({ request: null, last: { status: 'approved' } });
    await runJobs(world.ctx());
    const mail = world.sandbox.mail.lastLink('someone@example.com');
    expect(mail).toBe('https://account.example.cn/account/review');
    expect(caseNumber).toHaveLength(14);
    const actions = await ctx.db.select({ action: auditTable.action }).from(auditTable);
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['review.submitted', 'review.approved']),
    );
  });

  test('afterwards a check that fails changes nothing, and one that matches updates the status', async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'approve');
    const reviewedAtMs = world.nowMs();
    world.advance(day);
    expect(await check()).toMatchObject({ outcome: 'mismatched' });
    expect((await again()).signedIn).toMatchObject({ level: 3, attested: { atMs: reviewedAtMs } });
    const { ctx, signedIn } = await again();
    const authority = {
      ...ctx.authority,
      checkIdentity: async () =>
        ({
          result: 'match',
          provider: 'tencent',
          rawCode: '0',
          requestId: 'r',
          isBilled: true,
        }) as const,
    };
    const { name, validityStart, validityTerm } = answers;
    const result = await verify({ ...ctx, authority }, signedIn, {
      name,
      validityStart,
      validityTerm,
    });
    expect(result.outcome).toBe('matched');
    expect((await again()).signedIn.attested).toMatchObject({
      kind: 'four_factors',
      atMs: world.nowMs(),
    });
  });

  test('settled by two jobs at once it takes effect, and is told, once', async () => {
    await submitted();
    await decideAs(world.ctx(), person, 'approve');
    world.advance(caseRule.undoMs);
    const settled = await Promise.all([1, 2, 3].map(() => settleCases(world.ctx())));
    expect(settled.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  test('T-CON-05: who chose to read it here gets no mail', async () => {
    await completeDraft(person);
    await saveAnswers({ channel: 'inbox' });
    await submit();
    const before = await person.ctx.db.$count(outboxTable);
    await settleAs(world, world.ctx(), person, 'approve');
    expect(await person.ctx.db.$count(outboxTable)).toBe(before);
  });
});

describe('T-REV-06: rejected', () => {
  test('each reason is shown with its mark; what was right is carried over, what was not is asked for', async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'reject', [
      badPhoto,
      reasonOf('ethnicity_mismatch', 'profile'),
    ]);
    const { last, request } = await current();
    expect(request).toBeNull();
    expect(last).toMatchObject({
      status: 'rejected',
      reasons: [badPhoto, reasonOf('ethnicity_mismatch', 'profile')],
    });
    // What the reason is about can be mended.
    const { ctx, signedIn } = await again();
    const profile = { ...profileAnswersOf(citizenNamed('周子涵')), ethnicity: '02' };
    await saveProfile(ctx, signedIn, profile);

    person = await again();
    await correctReview(person.ctx, person.signedIn);
    await correctReview(person.ctx, person.signedIn);
    const draft = (await current()).request;
    expect(draft).toMatchObject({ status: 'draft', missing: ['b'], reasons: last?.reasons });
    expect(draft?.photos.a).toEqual(last?.photos.a);
    expect(draft?.answers).toEqual(last?.answers);
    await savePhoto(person.ctx, person.signedIn, { side: 'b', file: jpegOf({ content: 7 }) });
    await submit();
    expect(await openRequestOf(world.ctx(), person)).toMatchObject({ rejectionsBefore: 1 });
    // The earlier one keeps its own photo of that side.
    const photo = last?.photos.b?.photoId ?? '';
    expect(await viewPhoto(person.ctx, person.signedIn, { photoId: photo })).toEqual(testPhotos.b);
  });

  test('X-02: corrected twenty times at once it is one draft', async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'reject', [badPhoto]);
    await atOnce(20, () => correctReview(person.ctx, person.signedIn));
    expect(await person.ctx.db.$count(caseTable)).toBe(2);
  });

  test('there is nothing to correct before, and nothing after an approval', async () => {
    const nothing = { code: 'request.not_found' };
    expect(await refusalOf(correctReview(person.ctx, person.signedIn))).toEqual(nothing);
    await submitted();
    await settleAs(world, world.ctx(), person, 'approve');
    expect(await refusalOf(correctReview(person.ctx, person.signedIn))).toEqual(nothing);
  });
});

describe('T-CON-04: sent back for single items', () => {
  beforeEach(async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'return', [badPhoto]);
    person = await again();
  });

  test('those alone can be changed, and have to be; it costs nothing and keeps its number', async () => {
    const before = (await current()).request;
    expect(before).toMatchObject({ status: 'returned', returned: ['b'], missing: ['b'] });
    const photo = (side: 'a' | 'b') =>
      savePhoto(person.ctx, person.signedIn, { side, file: jpegOf({ content: 8 }) });
    expect(await refusalOf(photo('a'))).toEqual({ code: 'review.open' });
    expect(await refusalOf(saveAnswers({ name: '周子函' }))).toEqual({ code: 'review.open' });
    expect(await refusalOf(submit())).toEqual({ code: 'review.incomplete', missing: ['b'] });
    expect(await refusalOf(check())).toEqual({ code: 'review.open' });
    await saveAnswers({ reason: '重新拍了。' });
    world.advance(day);
    person = await again();
    await photo('b');
    expect(await submit()).toMatchObject({
      caseNumber: before?.caseNumber,
      dueDate: '2026-12-01',
    });
    expect(await current()).toMatchObject({ remaining: 2, request: { status: 'waiting' } });
    expect(await openRequestOf(world.ctx(), person)).toMatchObject({ round: 2, stage: 'first' });
  });

  test('given up, it is over, and has cost its attempt', async () => {
    await withdrawReview(person.ctx, person.signedIn);
    expect(await current()).toMatchObject({ remaining: 2, last: { status: 'withdrawn' } });
  });

  test('after thirty days it ends by itself, and the person is told', async () => {
    world.advance(caseRule.returnedMs - 1);
    expect(await expireCases(world.ctx())).toBe(0);
    world.advance(1);
    expect(await expireCases(world.ctx())).toBe(1);
    expect(await current()).toMatchObject({ request: null, last: { status: 'expired' } });
  });
});

/** Each event of a timeline with what it names. */
const lines = (events: readonly TimelineEvent[] = []) =>
  events.map(({ kind, items }) => [kind, ...items].join(' '));

describe('T-REV-04 to 06: the timeline', () => {
  const hour = 3_600_000;

  test('tells the whole way of a request that was sent back, and the state follows it', async () => {
    await submitted();
    const submittedAtMs = world.nowMs();
    expect(await current()).toMatchObject({ place: { from: 1 } });
    world.advance(hour);
    await settleAs(world, world.ctx(), person, 'return', [
      badPhoto,
      reasonOf('name_mismatch', 'name'),
    ]);
    world.advance(hour);
    person = await again();
    await savePhoto(person.ctx, person.signedIn, { side: 'b', file: jpegOf({ content: 8 }) });
    await submit();
    // Back in the queue, where nobody has opened it; the attempt is spent all the same.
    const back = await current();
    expect(lines(back.request?.events)).toEqual([
      'submitted',
      'opened',
      'returned b name',
      'answered',
    ]);
    expect(back.request?.events[0]?.atMs).toBe(submittedAtMs);
    expect(back).toMatchObject({ place: { from: 1 }, canWithdraw: false });
    world.advance(hour);
    await openAs(world.ctx(), person);
    expect(await current()).toMatchObject({ place: null, request: { status: 'waiting' } });
    await settleAs(world, world.ctx(), person, 'reject', [badPhoto]);
    const { last } = await current();
    expect(lines(last?.events)).toEqual([
      'submitted',
      'opened',
      'returned b name',
      'answered',
      'opened',
      'rejected',
    ]);
    const times = last?.events.map(({ atMs }) => atMs) ?? [];
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('a decision that can be undone, and one that a second person has yet to see, are not in it', async () => {
    await completeDraft(person);
    await saveAnswers({ name: '周子函' });
    await submit();
    for (const id of ['reviewer-1', 'reviewer-2']) {
      await decideAs(world.ctx(), person, 'approve', [], { id });
      const { request, place } = await current();
      expect(lines(request?.events)).toEqual(['submitted', 'opened']);
      expect(place).toBeNull();
      world.advance(caseRule.undoMs);
      await settleCases(world.ctx());
    }
    expect(lines((await current()).last?.events)).toEqual(['submitted', 'opened', 'approved']);
  });

  test('taken back, or never answered, it ends with that; the next request begins its own', async () => {
    await submitted();
    await withdraw();
    expect(lines((await current()).last?.events)).toEqual(['submitted', 'withdrawn']);
    world.advance(1);
    await correctReview(person.ctx, person.signedIn);
    await submit();
    await settleAs(world, world.ctx(), person, 'return', [badPhoto]);
    world.advance(caseRule.returnedMs);
    await expireCases(world.ctx());
    const events = (await current()).last?.events;
    expect(lines(events)).toEqual(['submitted', 'opened', 'returned b', 'expired']);
  });

  test('of a request that is older than the audit, beginning and end are left', async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'approve');
    await world.ctx().db.delete(auditTable);
    expect(lines((await current()).last?.events)).toEqual(['submitted', 'approved']);
  });
});

const named = (id: string) => ({ id, key: webCrypto.randomBytes(32) });

describe('keys are changed while reviews are under way', () => {
  test('answers, names, sentences and photos move to the new key, and open with it alone', async () => {
    await submitted();
    await settleAs(world, world.ctx(), person, 'return', [badPhoto]);
    const { sessionToken } = await again();
    const [vault, index] = [named('v2'), named('i2')];
    const rotating: Keys = {
      ...world.keys,
      vault: [vault, ...world.keys.vault],
      index: [index, ...world.keys.index],
    };
    expect(await rotatePhotos(world.ctx({ keys: rotating }))).toBe(3);
    expect(await rotatePhotos(world.ctx({ keys: rotating }))).toBe(0);
    expect(await rotateKeys(world.ctx({ keys: rotating }))).toBeGreaterThan(0);
    expect(await rotateKeys(world.ctx({ keys: rotating }))).toBe(0);

    const ctx = world.ctx({ keys: { ...world.keys, vault: [vault], index: [index] } });
    const signedIn = await authenticate(ctx, sessionToken);
    if (signedIn === null) throw new Error('not signed in');
    const { request } = await currentReview(ctx, signedIn);
    expect(request).toMatchObject({ answers: { name: '周子涵' }, reasons: [badPhoto] });
    for (const side of photoSides) {
      const photoId = request?.photos[side]?.photoId ?? '';
      expect(await viewPhoto(ctx, signedIn, { photoId })).toEqual(testPhotos[side]);
    }
    const rows = JSON.stringify([
      await ctx.db.select().from(caseTable),
      await ctx.db.select().from(caseReasonTable),
      await ctx.db.select().from(photoTable),
      await ctx.db.select().from(accountTable),
    ]);
    expect(rows).not.toMatch(/"(?:v1|i1)[."]/);
  });
});
