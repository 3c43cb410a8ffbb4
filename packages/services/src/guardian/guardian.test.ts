import { attestFor } from '../testing/attestations.ts';
import {
  allowanceTable,
  auditTable,
  caseTable,
  challengeTable,
  consentTable,
  guardianConsentTable,
  noticeTable,
  registrationTable,
  serviceTokenTable,
} from '@shiming/db';
import { AccountExport } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../data/consents.ts';
import { exportData } from '../data/export.ts';
import { eraseCancelled } from '../data/erase-cancelled.ts';
import { requestCancellation } from '../data/cancellation.ts';
import { saveProfile } from '../profile/save.ts';
import { currentRegistration } from '../registration/current.ts';
import { saveDocument } from '../registration/save-document.ts';
import { submitRegistration } from '../registration/submit.ts';
import { describeSession } from '../standing/describe.ts';
import { newSession } from '../session/session.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  register,
  registerCompletely,
  registerUntilReview,
} from '../testing/people.ts';
import { unproved } from '../testing/proofs.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { evidenceHashOf, openChild } from './child.ts';
import { currentGuardian } from './current.ts';
import { endGuardianConsents, withdrawGuardianConsent } from './end.ts';
import { giveGuardianConsent, refuseGuardianConsent } from './give.ts';

const child = citizenNamed('江小树');
const kind = 'document_number';
const day = 24 * 3_600_000;

let world: TestWorld;
let guardian: Applicant;
beforeEach(async () => {
  world = await createTestWorld();
  guardian = await verified('沈秀兰');
});
afterEach(() => world.close());

/** Somebody at level 3 who has just proved who they are. */
async function verified(name: string): Promise<Applicant> {
  const { signedIn } = await registerCompletely(world, citizenNamed(name));
  const { id } = signedIn.account;
  await attestFor(world, id);
  return provedNow(id);
}

/** The holder of an account, at a session of now that began with a proof. */
async function provedNow(accountId: string): Promise<Applicant> {
  const session = await newSession(world.ctx(), accountId, { isProved: true });
  await session.statement;
  return applicantOf(world, session.token);
}

const { documentType, number, name } = child;
const answers = { documentType, number, name, relation: 'mother', hasConsented: true };
const give = ({ ctx, signedIn }: Applicant = guardian, change: Partial<typeof answers> = {}) =>
  giveGuardianConsent(ctx, signedIn, { ...answers, ...change });
const begin = (guardianCode?: string, ctx = world.ctx()) =>
  saveDocument(ctx, null, { ...documentAnswersOf(child), guardianCode });
const consentsGiven = () => world.ctx().db.select().from(guardianConsentTable);

/** The child's registration up to its last page. */
const untilReview = (code: string) => registerUntilReview(world, child, world.ctx(), code);

async function registerChild(code?: string): Promise<Applicant> {
  const token = await untilReview(code ?? (await give()).code);
  const { sessionToken } = await submitRegistration(world.ctx(), token, { hasAgreed: true });
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  await saveProfile(ctx, signedIn, profileAnswersOf(child));
  return applicantOf(world, sessionToken);
}

const withdraw = async ({ ctx, signedIn }: Applicant = guardian) => {
  const [newest] = (await currentGuardian(ctx, signedIn)).consents;
  return withdrawGuardianConsent(ctx, signedIn, { consentId: newest?.consentId ?? '' });
};
const hasConsented = async ({ sessionToken }: Applicant) =>
  (await applicantOf(world, sessionToken)).signedIn.hasConsented;

/** A case of the child that somebody has on the screen. */
async function waitingCase(accountId: string): Promise<string> {
  const { db, crypto } = world.ctx();
  const id = crypto.randomToken(12);
  await db.insert(caseTable).values({
    id,
    accountId,
    portal: 'teacher',
    caseNumber: id,
    status: 'waiting',
    stage: 'first',
    documentType,
    channel: 'inbox',
    flags: [],
    holderId: 'a reviewer',
    leaseEndsAtMs: world.nowMs() + 60_000,
    takenAtMs: world.nowMs(),
    createdAtMs: world.nowMs(),
    keyId: 'v1',
  });
  return id;
}
const caseHolder = async (caseId: string) => {
  const [row] = await world.ctx().db.select().from(caseTable).where(eq(caseTable.id, caseId));
  return row?.holderId;
};

test('PIPL 31: of a child under 14 nothing is stored without a guardian’s code, and with it the account is made', async () => {
  expect(await refusalOf(begin())).toEqual({ code: 'guardian.required' });
  expect(await refusalOf(begin('0123ABCD'))).toEqual({ code: 'guardian.code_refused' });
  expect(await world.ctx().db.$count(registrationTable)).toBe(0);

  const { code, expiresAtMs } = await give();
  expect(code).toMatch(/^[\dA-HJKMNP-TV-Z]{8}$/);
  expect(expiresAtMs).toBe(world.nowMs() + 7 * day);
  const { signedIn } = await registerChild(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
  expect(await consentsGiven()).toMatchObject([
    {
      accountId: guardian.signedIn.account.id,
      childId: signedIn.account.id,
      relation: 'mother',
      scope: kind,
      version: world.ctx().portal.guardian.noticeVersion,
      usedAtMs: world.nowMs(),
      endedAtMs: null,
    },
  ]);
  // Of the code only a hash is kept.
  expect(JSON.stringify(await world.ctx().db.select().from(challengeTable))).not.toContain(code);
  const view = await currentGuardian(guardian.ctx, guardian.signedIn);
  expect(view).toMatchObject({
    isEntitled: true,
    remaining: 4,
    consents: [{ relation: 'mother' }],
  });
  expect(JSON.stringify(view)).not.toContain(number);
});

test('once the code was accepted the page is not asked for it again, but another child’s number is', async () => {
  const { code } = await give();
  const { token } = await begin(code);
  expect(await currentRegistration(world.ctx(), token)).toMatchObject({ hasGuardian: true });
  const corrected = { ...documentAnswersOf(child), name: '江晓树' };
  await saveDocument(world.ctx(), token, corrected);
  const other = { ...corrected, number: '110199201506100038' };
  expect(await refusalOf(saveDocument(world.ctx(), token, other))).toEqual({
    code: 'guardian.required',
  });
  const withCode = { ...other, guardianCode: code };
  expect(await refusalOf(saveDocument(world.ctx(), token, withCode))).toEqual({
    code: 'guardian.code_refused',
  });
  expect(await currentRegistration(world.ctx(), token)).toMatchObject({ identity: { number } });
});

test('a code is good once, for seven days and until it is withdrawn; a stranger’s guesses stop only the stranger', async () => {
  const refusal = { code: 'guardian.code_refused' };
  const late = await give();
  world.advance(7 * day);
  expect(await refusalOf(begin(late.code))).toEqual(refusal);
  guardian = await provedNow(guardian.signedIn.account.id);
  const guessed = await give();
  const wrong = guessed.code === '00000000' ? '00000001' : '00000000';
  world.advance(1);
  const strangers = world.ctx({ visitor: { address: '198.51.100.9' } });
  const tried = await atOnce(30, () => begin(wrong, strangers));
  expect(codesOf(tried.refused)).toEqual({ 'guardian.code_refused': 30 });
  const typed = and(
    eq(allowanceTable.kind, 'guardian.code'),
    eq(allowanceTable.atMs, world.nowMs()),
  );
  expect(await world.ctx().db.$count(allowanceTable, typed)).toBe(20);
  expect(await refusalOf(begin(guessed.code, strangers))).toEqual(refusal);
  expect((await begin(guessed.code)).token).not.toBeNull();

  world.advance(1);
  const taken = await give();
  const token = await untilReview(taken.code);
  await withdraw();
  expect(await refusalOf(begin(taken.code))).toEqual(refusal);
  expect(await refusalOf(submitRegistration(world.ctx(), token, { hasAgreed: true }))).toEqual({
    code: 'guardian.required',
  });

  world.advance(60_000);
  const { code } = await give();
  const first = await untilReview(code);
  world.advance(60_000);
  const tokens = [first, await untilReview(code)];
  const { done, refused } = await atOnce(2, (at) =>
    submitRegistration(world.ctx(), tokens[at] ?? '', { hasAgreed: true }),
  );
  expect([done.length, refused.length]).toEqual([1, 1]);
  expect(await refusalOf(begin(code))).toEqual(refusal);
});

test('only a verified adult who has just proved who they are consents, for a child', async () => {
  const refusal = { code: 'guardian.not_entitled' };
  const other = await unproved(world, guardian);
  expect(await refusalOf(give(other))).toEqual({ code: 'proof.required' });
  const { signedIn } = await register(world, citizenNamed('林知远'));
  const unverified = await provedNow(signedIn.account.id);
  expect(await refusalOf(give(unverified))).toEqual(refusal);
  const { account } = guardian.signedIn;
  const young = { ...world.ctx().portal.guardian, guardianFrom: 120 };
  const ctx = { ...guardian.ctx, portal: { ...guardian.ctx.portal, guardian: young } };
  expect(await refusalOf(give({ ...guardian, ctx }))).toEqual(refusal);
  expect(await refusalOf(give(guardian, { number: citizenNamed('林知远').number }))).toEqual({
    code: 'input.invalid',
    fields: { number: 'child_number.of_age' },
  });
  expect(await refusalOf(give(guardian, { hasConsented: false }))).toMatchObject({
    fields: { hasConsented: 'consent.missing' },
  });
  // Nobody else withdraws it, or sees it.
  await give();
  const stranger = await verified('古丽·买买提');
  const [row] = await consentsGiven();
  const consentId = row?.id ?? '';
  expect(
    await refusalOf(withdrawGuardianConsent(stranger.ctx, stranger.signedIn, { consentId })),
  ).toEqual({ code: 'request.stale' });
  expect((await currentGuardian(stranger.ctx, stranger.signedIn)).consents).toEqual([]);
  expect(row?.accountId).toBe(account.id);
});

test('X-02: of twenty at once five are given, and the next a year later', async () => {
  const { done, refused } = await atOnce(20, () => give());
  expect(done).toHaveLength(5);
  expect(codesOf(refused)).toEqual({ 'request.too_many': 15 });
  expect(await world.ctx().db.$count(guardianConsentTable)).toBe(5);
  expect(await refusalOf(give())).toEqual({
    code: 'request.too_many',
    retryAtMs: world.nowMs() + 365 * day,
  });
});

test('PIPL 15: withdrawn without a proof, the child’s consent counts no more, and the child alone cannot give it again', async () => {
  const person = await registerChild();
  expect(await hasConsented(person)).toBe(true);
  const held = { id: 'a', payloadSealed: '', keyId: 'k1', expiresAtMs: world.nowMs() + day };
  const { db } = world.ctx();
  await db
    .insert(serviceTokenTable)
    .values({ ...held, accountId: person.signedIn.account.id, groupId: 'certification.a' });
  const { done, refused } = await atOnce(5, async () => withdraw(await unproved(world, guardian)));
  expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 4 }]);
  expect(await hasConsented(person)).toBe(false);
  // What a service holds of the child ends.
  expect(await db.$count(serviceTokenTable)).toBe(0);
  const { name: typed, validityStart, validityTerm } = documentAnswersOf(child);
  const ask = verify(person.ctx, person.signedIn, { name: typed, validityStart, validityTerm });
  expect(await refusalOf(ask)).toEqual({ code: 'consent.required' });
  const told = await world.ctx().db.select().from(noticeTable);
  expect(told.map((each) => each.kind)).toContain('guardian_consent_ended');

  const again = { kind, hasAgreed: true } as const;
  expect(await refusalOf(giveConsent(person.ctx, person.signedIn, again))).toEqual({
    code: 'guardian.required',
  });
  const { code } = await give();
  await giveConsent(person.ctx, person.signedIn, { ...again, guardianCode: code });
  expect(await hasConsented(person)).toBe(true);
  // Under a guardian's consent that stands, what the child took back it gives again.
  await withdrawConsent(person.ctx, person.signedIn, { kind });
  await giveConsent(person.ctx, person.signedIn, again);
  expect(await hasConsented(person)).toBe(true);
});

test('on the 14th birthday the guardian’s consent ends, and the child is asked itself', async () => {
  const person = await registerChild();
  await endGuardianConsents(world.ctx());
  world.advance(Date.parse('2029-06-10T00:00:00+08:00') - 1 - world.nowMs());
  expect(await endGuardianConsents(world.ctx())).toBe(0);
  expect(await consentsGiven()).toMatchObject([{ endedAtMs: null }]);
  world.advance(1);
  expect(await endGuardianConsents(world.ctx())).toBe(1);
  expect(await consentsGiven()).toMatchObject([{ ending: 'of_age', lookAtMs: null }]);
  const live = () =>
    world
      .ctx()
      .db.select()
      .from(consentTable)
      .where(eq(consentTable.accountId, person.signedIn.account.id));
  const numbers = async () => (await live()).filter((each) => each.kind === kind);
  expect((await numbers()).map(({ withdrawnAtMs }) => withdrawnAtMs)).toEqual([world.nowMs()]);
  await giveConsent(person.ctx, person.signedIn, { kind, hasAgreed: true });
  expect((await numbers()).filter(({ withdrawnAtMs }) => withdrawnAtMs === null)).toHaveLength(1);
  expect(await endGuardianConsents(world.ctx())).toBe(0);
});

test('PIPL 31: a refusal is kept with the guardian, gives out no code, and is counted as a consent is', async () => {
  const { hasConsented: _, ...named } = answers;
  const refuse = () => refuseGuardianConsent(guardian.ctx, guardian.signedIn, named);
  const { done, refused } = await atOnce(8, refuse);
  expect([done.length, codesOf(refused)]).toEqual([5, { 'request.too_many': 3 }]);
  world.advance(8 * day);
  await endGuardianConsents(world.ctx());
  const { version } = (await consentsGiven())[0] ?? {};
  expect(await consentsGiven()).toMatchObject(
    Array.from({ length: 5 }, () => ({
      accountId: guardian.signedIn.account.id,
      ending: 'refused',
      usedAtMs: null,
      version,
    })),
  );
  expect(
    await world.ctx().db.$count(challengeTable, eq(challengeTable.purpose, 'guardian.code')),
  ).toBe(0);
  expect(await refusalOf(begin())).toEqual({ code: 'guardian.required' });
  const { consents } = await currentGuardian(guardian.ctx, guardian.signedIn);
  expect(consents[0]).toMatchObject({ ending: 'refused', maskedName: expect.any(String) });
});

test('the channel and the hash of what was declared are kept with a consent and a refusal, and in the audit', async () => {
  const { hasConsented: _, ...named } = answers;
  await give();
  await refuseGuardianConsent(guardian.ctx, guardian.signedIn, named);
  const { db } = world.ctx();
  const facts = await db.select({ facts: auditTable.facts }).from(auditTable);
  const rows = await consentsGiven();
  const hashes = rows.map(({ evidenceHash }) => evidenceHash);
  expect(new Set(hashes).size).toBe(2);
  for (const row of rows) {
    const declared = { ...row, child: await openChild(world.ctx(), row) };
    expect(row).toMatchObject({
      channel: 'own_account',
      evidenceHash: await evidenceHashOf(world.ctx(), declared),
    });
    const altered = { ...declared, relation: 'father' } as const;
    expect(await evidenceHashOf(world.ctx(), altered)).not.toBe(row.evidenceHash);
    expect(JSON.stringify(facts)).toContain(row.evidenceHash);
  }
});

test('a consent that is not used in seven days is forgotten', async () => {
  await give();
  world.advance(7 * day - 1);
  expect(await endGuardianConsents(world.ctx())).toBe(0);
  world.advance(1);
  expect(await endGuardianConsents(world.ctx())).toBe(1);
  expect(await consentsGiven()).toEqual([]);
});

test('a permit says the birth date with the profile: there the code is asked for', async () => {
  const permit = citizenNamed('温以恒');
  const person = await register(world, permit);
  const profile = {
    ...profileAnswersOf(permit),
    birthDate: { year: '2015', month: '6', day: '10' },
  };
  const save = (guardianCode?: string) =>
    saveProfile(person.ctx, person.signedIn, { ...profile, guardianCode });
  expect(await refusalOf(save())).toEqual({ code: 'guardian.required' });
  expect(await refusalOf(save('00000000'))).toEqual({ code: 'guardian.code_refused' });
  const { code } = await give(guardian, {
    documentType: permit.documentType,
    number: permit.number,
  });
  await save(code);
  expect(await consentsGiven()).toMatchObject([{ childId: person.signedIn.account.id }]);
  const after = await applicantOf(world, person.sessionToken);
  await saveProfile(after.ctx, after.signedIn, { ...profile, ethnicity: '02' });
});

const taken = async ({ ctx, signedIn }: Applicant) =>
  AccountExport.parse(JSON.parse(JSON.stringify(await exportData(ctx, signedIn))));

test('PIPL 31: an account of before is asked at the next sign-in, a case that waits is paused, and its holder is told once', async () => {
  const person = await registerChild();
  const { id } = person.signedIn.account;
  const caseId = await waitingCase(id);
  await world.ctx().db.delete(guardianConsentTable);
  const described = await atOnce(5, () => describeSession(world.ctx(), person.sessionToken));
  expect(described.done.map((each) => each?.session.next)).toEqual(
    Array.from({ length: 5 }, () => ({ step: 'consent' })),
  );
  expect(await hasConsented(person)).toBe(false);
  expect(await caseHolder(caseId)).toBeNull();
  const told = await world.ctx().db.select().from(noticeTable);
  expect(told.filter((each) => each.kind === 'guardian_required')).toHaveLength(1);

  const { code } = await give();
  const after = await applicantOf(world, person.sessionToken);
  await giveConsent(after.ctx, after.signedIn, { kind, hasAgreed: true, guardianCode: code });
  const again = await describeSession(world.ctx(), person.sessionToken);
  expect(again?.session).toMatchObject({ hasConsented: true });
  expect(await hasConsented(person)).toBe(true);
});

test('X-07: it stands in the export of both, and closing the guardian’s account ends it', async () => {
  const { signedIn } = await registerChild();
  const caseId = await waitingCase(signedIn.account.id);
  const person = await provedNow(signedIn.account.id);
  const childs = await taken(person);
  expect(childs.guardianConsents).toMatchObject([{ as: 'child', child: null, relation: 'mother' }]);
  expect(JSON.stringify(childs)).not.toContain(guardian.signedIn.account.id);
  expect((await taken(guardian)).guardianConsents).toMatchObject([
    { as: 'guardian', child: { number, name } },
  ]);
  await requestCancellation(guardian.ctx, guardian.signedIn);
  world.advance(world.ctx().portal.cancellation.waitMs);
  expect(await eraseCancelled(world.ctx())).toBe(1);
  expect(await consentsGiven()).toEqual([]);
  const [row] = await world.ctx().db.select().from(consentTable).where(eq(consentTable.kind, kind));
  expect(row?.withdrawnAtMs).toBe(world.nowMs());
  expect(await caseHolder(caseId)).toBeNull();
  const told = await world.ctx().db.select().from(noticeTable);
  expect(told.map((each) => each.kind)).toContain('guardian_consent_ended');
});
