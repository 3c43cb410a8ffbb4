import {
  accountTable,
  caseTable,
  commit,
  consentTable,
  identifierTable,
  noticeTable,
  numberClaimTable,
  recordTable,
  sessionTable,
} from '@shiming/db';
import { type CaseOutcome, caseRule, consents } from '@shiming/domain';
import { jpegOf } from '@shiming/domain/testing/jpeg';
import { and, eq, isNull, like } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountRow, openIdentity } from '../account/account.ts';
import { withdrawConsent } from '../data/consents.ts';
import { closeAtOnce } from '../data/close-at-once.ts';
import { enterService } from '../entry/services.ts';
import { deliverWaiting } from '../outbox/outbox.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { attestFor, standingOfAccount } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  registerCompletely,
  registerUntilCode,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { claimantOf } from '../testing/claims.ts';
import { proved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { staffNamed, type TestStaff } from '../testing/staff.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { findAccount } from '../help-desk/find.ts';
import { requestCorrection } from '../help-desk/request.ts';
import { approveCorrection } from '../help-desk/decide.ts';
import { listCorrections } from '../help-desk/corrections.ts';
import { objectToClaim } from './object.ts';
import { settleNumberClaims } from './settle.ts';
import { submitNumberClaim, withdrawNumberClaim } from './submit.ts';
import { viewNumberClaims } from './view.ts';
import { listHistory } from '../data/history.ts';
import { decideClaimCase, revealClaimCase, viewClaimCase } from '../desk/claim.ts';
import { expireCases, settleCases } from '../desk/settle.ts';
import { takeCase } from '../desk/take.ts';
import { takeNext } from '../desk/take-next.ts';
import { createClaimant, prepareAccount } from '../account/create.ts';
import { newSession } from '../session/session.ts';
import { beginClaim, newNumberClaim } from './begin.ts';

const day = 24 * 3_600_000;
const citizen = citizenNamed('林知远');

let world: TestWorld;
let holder: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  holder = await registerCompletely(world, citizen);
  world.advance(61_000);
});
afterEach(() => world.close());

/** An account with the same number, that claims it. */
const claimant = (mobile = '19900000031') => claimantOf(world, citizen, mobile);
const askAuthority = async ({ sessionToken }: Pick<Applicant, 'sessionToken'>) => {
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  return verify(ctx, signedIn, { name, validityStart, validityTerm });
};
const settle = () => settleNumberClaims(world.ctx());
const claims = () =>
  world.ctx().db.select().from(numberClaimTable).orderBy(numberClaimTable.createdAtMs);
const statuses = async () => (await claims()).map(({ status }) => status);
const signIn = (number: string) => signInAs(world.ctx(), number, testPassword);
/** The accounts that the number opens. */
const owners = async () => {
  const rows = await world
    .ctx()
    .db.select({ id: identifierTable.accountId })
    .from(identifierTable)
    .where(and(eq(identifierTable.kind, 'document_number'), eq(identifierTable.signsIn, true)));
  return rows.map(({ id }) => id);
};
const statusOf = async (id: string) => {
  const [row] = await world
    .ctx()
    .db.select(accountRow)
    .from(accountTable)
    .where(eq(accountTable.id, id));
  return row?.status;
};
const mails = async () => {
  await deliverWaiting(world.ctx());
  await world.settle();
  return world.sandbox.mail.messages(testEmail).map(({ subject }) => subject);
};
/** What a person was told on the page 通知 of claims. */
async function noticesOf({ signedIn }: Applicant) {
  const rows = await world
    .ctx()
    .db.select({ kind: noticeTable.kind })
    .from(noticeTable)
    .where(and(eq(noticeTable.accountId, signedIn.account.id), like(noticeTable.kind, 'number_%')))
    .orderBy(noticeTable.atMs);
  return rows.map(({ kind }) => kind);
}
/** A sign-in as in another browser, long after the last. */
async function again(number: string) {
  const { sessionToken } = await signIn(number);
  return applicantOf(world, sessionToken);
}

describe('T-REG-16a: a verified owner takes over from a holder who never was', () => {
  test('the claimant signs in with the number of the claim, and not with that of the document, which opens nothing for them', async () => {
    const person = await claimant();
    expect(person.signedIn.level).toBe(1);
    const enter = async () =>
      enterService(person.ctx, person.signedIn, { serviceId: 'certification' });
    expect(await refusalOf(enter())).toMatchObject({ code: 'service.not_verified' });
    const { signedIn } = await again(person.claimNumber);
    expect(signedIn.account.id).toBe(person.signedIn.account.id);
    expect((await again(citizen.number)).signedIn.account.id).toBe(holder.signedIn.account.id);
    // The number of the document leads the help desk to its holder, that of the claim to the claimant.
    const agent = await staffNamed(world, 'reviewer');
    expect(await findAccount(agent.ctx, agent.staff, { search: person.claimNumber })).toEqual({
      outcome: 'found',
      accountId: person.signedIn.account.id,
    });
    expect(await statuses()).toEqual(['open']);
    // Nothing is proved: the holder is not told, and nothing moves.
    expect(await settle()).toBe(0);
    expect((await viewNumberClaims(holder.ctx, holder.signedIn)).onMine).toEqual([]);
  });

  test('verified, the claim is told to the holder; after five working days of silence the number moves, and the account is closed', async () => {
    const person = await claimant();
    await askAuthority(person);
    expect((await applicantOf(world, person.sessionToken)).signedIn.level).toBe(1);
    expect(await settle()).toBe(1);
    expect((await mails()).join()).toContain('有人申请使用您的证件号码');
    expect(JSON.stringify(world.sandbox.phone.messages(citizen.mobile))).toContain(
      '您的账号有新的进展',
    );
    const told = await viewNumberClaims(holder.ctx, holder.signedIn);
    expect(told.onMine).toMatchObject([
      { status: 'noticed', canObject: true, objectUntil: '2026-11-27' },
    ]);
    world.advance(4 * day);
    expect(await settle()).toBe(0);
    world.advance(4 * day);
    expect(await settle()).toBe(1);
    expect(await owners()).toEqual([person.signedIn.account.id]);
    expect(await statusOf(holder.signedIn.account.id)).toBe('closed');
    const { signedIn } = await again(citizen.number);
    expect([signedIn.account.id, signedIn.level]).toEqual([person.signedIn.account.id, 3]);
    expect(await refusalOf(signIn(person.claimNumber))).toMatchObject({ code: 'login.refused' });
    const open = await world
      .ctx()
      .db.$count(
        sessionTable,
        and(eq(sessionTable.accountId, holder.signedIn.account.id), isNull(sessionTable.endedAtMs)),
      );
    expect(open).toBe(0);
  });

  test('a holder who is verified in time keeps the number, and so does one who objects: reviewers decide', async () => {
    const person = await claimant();
    await askAuthority(person);
    await settle();
    await askAuthority(holder);
    expect(await settle()).toBe(1);
    expect(await claims()).toMatchObject([{ status: 'open', objectedAtMs: null }]);
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
    const back = await again(person.claimNumber);
    expect(back.signedIn.level).toBe(1);
    // Being verified was no objection: the holder has the time for one when a photo comes.
    await sendOff(back);
    const { onMine } = await viewNumberClaims(holder.ctx, holder.signedIn);
    expect(onMine).toMatchObject([{ status: 'in_review', canObject: true }]);
    const { first } = await reviewers();
    expect(await refusalOf(decideAs(first, 'approve'))).toMatchObject({
      code: 'number_claim.objection_open',
    });
  });

  test('PIPL 15: a claimant who takes the consent to the number back wins nothing by silence', async () => {
    const person = await claimant();
    await askAuthority(person);
    await settle();
    await withdrawConsent(person.ctx, person.signedIn, { kind: 'document_number' });
    world.advance(8 * day);
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['open']);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
  });

  test('a suspended holder, who cannot object, is not told and loses nothing by silence; restored, they have the whole time', async () => {
    const person = await claimant();
    await askAuthority(person);
    await suspendHolder();
    expect(await settle()).toBe(0);
    await restoreHolder();
    expect(await settle()).toBe(1);
    world.advance(4 * day);
    await suspendHolder();
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['open']);
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
    await restoreHolder();
    expect(await settle()).toBe(1);
    expect(await claims()).toMatchObject([{ status: 'noticed', noticedAtMs: world.nowMs() }]);
    expect(await settle()).toBe(0);
  });

  test('an objection stands at once, once, and tells the claimant', async () => {
    const person = await claimant();
    expect(await refusalOf(objectToClaim(holder.ctx, holder.signedIn))).toEqual({
      code: 'number_claim.none',
    });
    await askAuthority(person);
    await settle();
    const { done, refused } = await atOnce(6, () => objectToClaim(holder.ctx, holder.signedIn));
    expect([done.length, refused.length]).toEqual([1, 5]);
    expect(await noticesOf(person)).toContain('number_claim_disputed');
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
  });

  test('a verified holder is not told, and loses nothing', async () => {
    await attestFor(world, holder.signedIn.account.id);
    const person = await claimant();
    await askAuthority(person);
    expect(await settle()).toBe(0);
    world.advance(30 * day);
    expect(await settle()).toBe(0);
    expect(await statuses()).toEqual(['open']);
  });

  test('a binding is no verification, so it keeps nobody out', async () => {
    await attestFor(world, holder.signedIn.account.id);
    await world.ctx().db.run("update attestation set level = 2, kind = 'window'");
    const person = await claimant();
    await askAuthority(person);
    expect(await settle()).toBe(1);
  });

  test('a holder who closes the account frees the number for whoever claims it', async () => {
    const person = await claimant();
    const proving = await proved(world, holder);
    await closeAtOnce(proving.ctx, proving.signedIn);
    expect(await settle()).toBe(1);
    expect(await owners()).toEqual([person.signedIn.account.id]);
    expect((await again(citizen.number)).signedIn.account.id).toBe(person.signedIn.account.id);
  });

  test('a number that is free goes to the verified one of two claimants; the other claims it from them, and from the holder once it is given back', async () => {
    const early = await claimant();
    world.advance(61_000);
    const late = await claimant('19900000032');
    await askAuthority(late);
    const proving = await proved(world, holder);
    await closeAtOnce(proving.ctx, proving.signedIn);
    expect(await settle()).toBe(2);
    expect(await owners()).toEqual([late.signedIn.account.id]);
    expect(await claims()).toMatchObject([
      { status: 'open', holderId: late.signedIn.account.id },
      { status: 'moved' },
    ]);
    expect(await settle()).toBe(0);
    await sendOff(early);
    const { onMine } = await viewNumberClaims(late.ctx, late.signedIn);
    expect(onMine).toMatchObject([{ status: 'in_review', canObject: true }]);
    await restoreHolder();
    expect(await settle()).toBe(1);
    expect(await claims()).toMatchObject([
      { status: 'open', holderId: holder.signedIn.account.id },
      { status: 'undone' },
    ]);
    expect(await cases()).toMatchObject([{ status: 'withdrawn' }]);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
  });

  test('two members of the staff undo it in one act: both accounts are as before', async () => {
    const person = await claimant();
    await askAuthority(person);
    await settle();
    world.advance(8 * day);
    await settle();
    const accountId = holder.signedIn.account.id;
    const { db } = world.ctx();
    const claimantId = person.signedIn.account.id;
    const of = { accountId: claimantId, portal: 'student', keyId: 'k' } as const;
    await db.insert(recordTable).values({ ...of, id: '1', kind: 'enrolment', askedAtMs: 1 });
    await db.insert(caseTable).values({
      ...of,
      id: '1',
      kind: 'record_dispute',
      status: 'waiting',
      stage: 'first',
      channel: 'inbox',
      flags: [],
      createdAtMs: 1,
    });
    await restoreHolder();
    expect(await db.$count(recordTable)).toBe(0);
    expect(await cases()).toMatchObject([{ kind: 'record_dispute', status: 'withdrawn' }]);
    expect(await statuses()).toEqual(['undone']);
    expect(await owners()).toEqual([accountId]);
    expect((await again(citizen.number)).signedIn.account.id).toBe(accountId);
    const back = await again(person.claimNumber);
    expect([back.signedIn.account.id, back.signedIn.level]).toEqual([
      person.signedIn.account.id,
      1,
    ]);
    expect(await noticesOf(person)).toEqual(['number_moved', 'number_claim_undone']);
    expect(await settle()).toBe(0);
  });
});

const evidence = '看过身份证原件，号码是原账号本人的';
/** The help desk suspends the holder's account. */
async function suspendHolder(): Promise<void> {
  const { ctx, staff } = await staffNamed(world, 'reviewer');
  const { id: accountId } = holder.signedIn.account;
  await requestCorrection(ctx, staff, { accountId, kind: 'suspend', value: 'misuse', evidence });
}
/** Two members of the staff restore it. */
async function restoreHolder(): Promise<void> {
  const agent = await staffNamed(world, 'reviewer');
  const senior = await staffNamed(world, 'senior');
  const { id: accountId } = holder.signedIn.account;
  await requestCorrection(agent.ctx, agent.staff, {
    accountId,
    kind: 'restore',
    value: '',
    evidence,
  });
  const [waiting] = await listCorrections(senior.ctx, senior.staff);
  const correctionId = waiting?.correctionId ?? '';
  await approveCorrection(senior.ctx, senior.staff, { correctionId });
}

/** Sends a claim off with a photo. */
const sendOff = ({ ctx, signedIn }: Pick<Applicant, 'ctx' | 'signedIn'>, agrees = true) =>
  submitNumberClaim(ctx, signedIn, { file: jpegOf(), agrees });

/** Thirty people whose registrations of the same number were sent off at once. */
async function thirtyClaimants(): Promise<Applicant[]> {
  const ctx = world.ctx();
  const identity = await openIdentity(ctx, holder.signedIn.account);
  const { done } = await atOnce(30, async () => {
    const id = ctx.crypto.randomToken(12);
    const account = await prepareAccount(ctx, {
      id,
      portal: ctx.portal.id,
      identity,
      contact: { mobile: { value: '19900000031', provedAtMs: ctx.now() } },
      passwordHash: null,
      createdAtMs: ctx.now(),
    });
    const holderId = holder.signedIn.account.id;
    const claim = newNumberClaim(ctx, { accountId: id, holderId });
    const session = await newSession(ctx, id);
    await commit(ctx.db, [
      ...createClaimant(ctx, account, holderId),
      ...beginClaim(ctx, claim),
      ctx.db.insert(consentTable).values({
        id,
        accountId: id,
        portal: ctx.portal.id,
        kind: 'document_number',
        ...consents.document_number,
        version: ctx.portal.privacyNoticeVersion,
        givenAtMs: ctx.now(),
      }),
      session.statement,
    ]);
    return session.token;
  });
  return Promise.all(done.map((token) => applicantOf(world, token)));
}
const reviewers = async () => {
  const first = await staffNamed(world, 'reviewer');
  const second = await staffNamed(world, 'senior');
  return { first, second };
};
/** Takes the case, looks, decides, and lets it take effect. */
async function decideAs(
  { ctx, staff }: TestStaff,
  outcome: CaseOutcome,
  { looks = true } = {},
): Promise<void> {
  const caseId = (await cases()).at(-1)?.id ?? '';
  const { version } = await takeCase(ctx, staff, { caseId });
  if (looks) await revealClaimCase(ctx, staff, { caseId });
  const text = '核对了照片和两个账号的资料';
  await decideClaimCase(ctx, staff, { caseId, version, outcome, text });
  world.advance(caseRule.undoMs);
  await settleCases(world.ctx());
}
const cases = () => world.ctx().db.select().from(caseTable).orderBy(caseTable.createdAtMs);

describe('S-DUP-03, 04: reviewers decide by a photo', () => {
  test('the holder is told and has time to object; two persons approve, and the number moves with a text for the claimant', async () => {
    await attestFor(world, holder.signedIn.account.id);
    const person = await claimant();
    expect(await refusalOf(sendOff(person, false))).toEqual({ code: 'consent.required' });
    await sendOff(person);
    expect(await statuses()).toEqual(['in_review']);
    expect((await mails()).join()).toContain('有人申请使用您的证件号码');
    const { first } = await reviewers();
    const early = refusalOf(decideAs(first, 'approve'));
    expect(await early).toMatchObject({ code: 'number_claim.objection_open' });
    world.advance(8 * day);
    const { first: anna, second: senior } = await reviewers();
    expect(await refusalOf(decideAs(anna, 'approve', { looks: false }))).toEqual({
      code: 'desk.look_required',
    });
    await decideAs(anna, 'approve');
    expect(await statuses()).toEqual(['in_review']);
    expect(await takeNext(anna.ctx, anna.staff, { kind: 'number_claim' })).toBeNull();
    await decideAs(senior, 'approve');
    expect(await owners()).toEqual([person.signedIn.account.id]);
    expect(await statusOf(holder.signedIn.account.id)).toBe('closed');
    const back = await again(citizen.number);
    const { own } = await viewNumberClaims(back.ctx, back.signedIn);
    expect(own).toMatchObject({ status: 'moved', review: { status: 'approved' } });
    await restoreHolder();
    const undone = await again(person.claimNumber);
    expect((await viewNumberClaims(undone.ctx, undone.signedIn)).own).toMatchObject({
      status: 'undone',
      review: { says: null },
    });
  });

  test('both accounts stand side by side, and both persons read who looked', async () => {
    const person = await claimant();
    await sendOff(person);
    const { first } = await reviewers();
    const lease = await takeNext(first.ctx, first.staff, { kind: 'number_claim' });
    const view = await viewClaimCase(first.ctx, first.staff, { caseId: lease?.caseId ?? '' });
    expect(view.claimant.maskedNumber).toBe(view.holder?.maskedNumber);
    expect(view.claimant.maskedMobile).not.toBe(view.holder?.maskedMobile);
    expect(JSON.stringify(view)).not.toContain(citizen.number);
    const looked = await listHistory(holder.ctx, holder.signedIn);
    expect(looked.map(({ event }) => event)).toContain('desk.revealed');
  });

  test('a suspended account that two persons close by a claim comes back as suspended', async () => {
    const person = await claimant();
    await sendOff(person);
    await suspendHolder();
    world.advance(8 * day);
    const { first, second } = await reviewers();
    await decideAs(first, 'approve');
    await decideAs(second, 'approve');
    expect(await statusOf(holder.signedIn.account.id)).toBe('closed');
    await restoreHolder();
    expect(await statusOf(holder.signedIn.account.id)).toBe('suspended');
    expect(await owners()).toEqual([holder.signedIn.account.id]);
    expect(await refusalOf(signIn(citizen.number))).toMatchObject({ code: 'account.suspended' });
    await restoreHolder();
    expect(await statusOf(holder.signedIn.account.id)).toBe('active');
  });

  test('an objection lets reviewers decide at once; a refusal leaves everything as it is', async () => {
    const person = await claimant();
    await sendOff(person);
    await objectToClaim(holder.ctx, holder.signedIn);
    const { first } = await reviewers();
    await decideAs(first, 'reject');
    expect(await statuses()).toEqual(['refused']);
    expect(await owners()).toEqual([holder.signedIn.account.id]);
    expect(await noticesOf(person)).toEqual(['number_claim_refused']);
    const back = await again(person.claimNumber);
    const { own } = await viewNumberClaims(back.ctx, back.signedIn);
    expect(own?.review).toMatchObject({ status: 'rejected', says: '核对了照片和两个账号的资料' });
  });

  test('a photo that was sent back is replaced under the same number; what never comes ends the claim', async () => {
    const person = await claimant();
    const sent = await sendOff(person);
    const { first } = await reviewers();
    await decideAs(first, 'return');
    expect(await noticesOf(person)).toEqual(['number_claim_returned']);
    const later = await applicantOf(world, (await signIn(person.claimNumber)).sessionToken);
    expect(await sendOff(later)).toEqual(sent);
    expect(await cases()).toMatchObject([{ status: 'waiting', round: 2 }]);
    await decideAs(first, 'return');
    world.advance(caseRule.returnedMs + 1);
    await expireCases(world.ctx());
    expect(await statuses()).toEqual(['withdrawn']);
  });

  test('a claim is withdrawn with its case, and one whose claimant has closed the account too', async () => {
    const person = await claimant();
    await sendOff(person);
    await withdrawNumberClaim(person.ctx, person.signedIn);
    expect(await cases()).toMatchObject([{ status: 'withdrawn' }]);
    world.advance(61_000);
    const other = await proved(world, await claimant('19900000032'));
    await sendOff(other);
    await closeAtOnce(other.ctx, other.signedIn);
    expect(await settle()).toBe(1);
    expect(await statuses()).toEqual(['withdrawn', 'withdrawn']);
    expect((await cases()).map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
  });

  test('S-DUP-01: thirty send off their claims on one number at once: one is taken, and the others are told so', async () => {
    const people = await thirtyClaimants();
    const { done, refused } = await atOnce(30, (index) => sendOff(people[index] as Applicant));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'number_claim.pending': 29 }]);
    expect(await cases()).toHaveLength(1);
    expect((await statuses()).filter((status) => status === 'in_review')).toHaveLength(1);
  });

  test('the second approval takes effect while the holder objects, is verified and closes: the number has one owner', async () => {
    const person = await claimant();
    await sendOff(person);
    world.advance(8 * day);
    const { first, second } = await reviewers();
    await decideAs(first, 'approve');
    const lease = await takeNext(second.ctx, second.staff, { kind: 'number_claim' });
    const caseId = lease?.caseId ?? '';
    await revealClaimCase(second.ctx, second.staff, { caseId });
    const text = '核对了照片和两个账号的资料';
    const version = lease?.version ?? 0;
    await decideClaimCase(second.ctx, second.staff, { caseId, version, outcome: 'approve', text });
    world.advance(caseRule.undoMs);
    const now = await applicantOf(world, (await signIn(citizen.number)).sessionToken);
    await atOnce(6, async (index) => {
      if (index === 0) return objectToClaim(now.ctx, now.signedIn);
      if (index === 1) return askAuthority(now);
      if (index === 2) return closeAtOnce(now.ctx, now.signedIn);
      return settleCases(world.ctx());
    });
    await settleCases(world.ctx());
    await settle();
    expect(await owners()).toEqual([person.signedIn.account.id]);
    expect(await statuses()).toEqual(['moved']);
  });
});

/** Registers the number once more, up to the code. */
const registerAgain = async (mobile: string) => {
  world.advance(61_000);
  const ctx = world.ctx();
  const { token, code } = await registerUntilCode(world, { ...citizen, mobile }, ctx);
  return refusalOf(proveContact(ctx, token, { code }));
};

describe('S-DUP-01: a number of which a claim is under way', () => {
  test('is in review to who has proved a telephone; the claimant reads the number of the claim, which they have lost', async () => {
    const person = await claimant();
    expect(await registerAgain('19900000033')).toEqual({ code: 'registration.number_taken' });
    await sendOff(person);
    expect(await registerAgain('19900000034')).toEqual({
      code: 'registration.number_taken',
      isInReview: true,
    });
    expect(await registerAgain('19900000031')).toEqual({
      code: 'registration.number_taken',
      claimNumber: person.claimNumber,
    });
  });

  test('while one is decided nobody else begins one, and once it has ended they do', async () => {
    const person = await claimant();
    await sendOff(person);
    expect(await refusalOf(claimant('19900000033'))).toEqual({
      code: 'registration.number_taken',
      isInReview: true,
    });
    expect(await statuses()).toEqual(['in_review']);
    await withdrawNumberClaim(person.ctx, person.signedIn);
    await claimant('19900000034');
    expect(await statuses()).toEqual(['withdrawn', 'open']);
  });

  test('with the number of the claim, the claimant resets the password of their account, and not of the holder’s', async () => {
    const person = await claimant();
    world.advance(61_000);
    const asked = await askForRecoveryCode(
      world.ctx(),
      await identifyAs(world.ctx(), { ...citizen, number: person.claimNumber }),
    );
    expect(asked.outcome).toBe('sent');
    expect(world.sandbox.phone.messages('19900000031').length).toBeGreaterThan(1);
    const before = world.sandbox.phone.messages(citizen.mobile).length;
    world.advance(61_000);
    await askForRecoveryCode(world.ctx(), await identifyAs(world.ctx(), citizen));
    expect(world.sandbox.phone.messages(citizen.mobile)).toHaveLength(before + 1);
    expect(
      await refusalOf(
        identifyAs(world.ctx(), { ...citizen, name: '沈二川', number: person.claimNumber }),
      ),
    ).toEqual({ code: 'recovery.no_match' });
  });
});

describe('many at once', () => {
  test('S-DUP-02: thirty claim one number: each has an account that the number does not open', async () => {
    expect(await thirtyClaimants()).toHaveLength(30);
    for (const { accountId } of await claims()) await attestFor(world, accountId);
    await Promise.all([settle(), settle(), settle()]);
    expect((await statuses()).filter((status) => status !== 'open')).toEqual(['noticed']);
    world.advance(8 * day);
    await Promise.all([settle(), settle(), settle()]);
    expect((await statuses()).filter((status) => status === 'moved')).toHaveLength(1);
    expect(await owners()).toHaveLength(1);
  });

  test('holder and claimant are verified at the same moment, while the job runs: the number always has one owner', async () => {
    const person = await claimant();
    const { done } = await atOnce(6, async (index) => {
      if (index === 0) return askAuthority(person);
      if (index === 1) return askAuthority(holder);
      return settle();
    });
    expect(done).toHaveLength(6);
    await settle();
    expect(await owners()).toEqual([holder.signedIn.account.id]);
    world.advance(30 * day);
    await settle();
    expect(await owners()).toEqual([holder.signedIn.account.id]);
  });

  test('the time is over when the holder objects, is verified and closes at once: one of them takes effect, and there is one owner', async () => {
    const person = await claimant();
    await askAuthority(person);
    await settle();
    world.advance(8 * day);
    const { sessionToken } = await signIn(citizen.number);
    const now = await applicantOf(world, sessionToken);
    const { refused } = await atOnce(8, async (index) => {
      if (index === 0) return objectToClaim(now.ctx, now.signedIn);
      if (index === 1) return askAuthority(now);
      if (index === 2) return closeAtOnce(now.ctx, now.signedIn);
      return settle();
    });
    expect(Object.keys(codesOf(refused))).toEqual(
      Object.keys(codesOf(refused)).filter((code) =>
        ['request.stale', 'session.required', 'number_claim.none', 'account.was_verified'].includes(
          code,
        ),
      ),
    );
    await settle();
    const opened = await owners();
    expect(opened).toHaveLength(1);
    const ofHolder = opened[0] === holder.signedIn.account.id;
    expect(await statusOf(holder.signedIn.account.id)).toBe(ofHolder ? 'active' : 'closed');
    const { level } = await standingOfAccount(world, opened[0]);
    expect(level).toBeGreaterThanOrEqual(2);
  });
});
