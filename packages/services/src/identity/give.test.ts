import {
  accountTable,
  allowanceTable,
  consentTable,
  identifierTable,
  numberClaimTable,
} from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIdentity, openProfile } from '../account/account.ts';
import { settleNumberClaims } from '../claim/settle.ts';
import { viewNumberClaims } from '../claim/view.ts';
import { type Ctx, inPortal } from '../context.ts';
import { giveConsent } from '../data/consents.ts';
import { enterService } from '../entry/services.ts';
import { describeSession } from '../standing/describe.ts';
import { attestFor } from '../testing/attestations.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  register,
  registerWithoutIdentity,
} from '../testing/people.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { giveIdentity } from './give.ts';

const citizen = citizenNamed('林知远');
const answers = documentAnswersOf(citizen);

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const student = (ctx: Ctx) => inPortal(ctx, 'student');
const enrolled = (contact: { mobile?: string; email?: string }) =>
  registerWithoutIdentity(world, contact, 'student');
const give = ({ ctx, signedIn }: Applicant, change: object = {}) =>
  giveIdentity(student(ctx), signedIn, { ...answers, ...change });

const told = async ({ sessionToken }: Applicant) =>
  (await describeSession(student(world.ctx()), sessionToken))?.session;
const giveAgain = async (person: Applicant, change: object) => {
  const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
  // The consent was given at this portal.
  await give({ ...person, ctx, signedIn: { ...signedIn, hasConsented: true } }, change);
};

describe('S-NAM-03: what was typed is checked with the authority', () => {
  const { name, validityStart, validityTerm } = answers;
  const check = async ({ sessionToken }: Applicant, typed = name) => {
    const { ctx, signedIn } = await applicantOf(world, sessionToken);
    return verify(student(ctx), signedIn, { name: typed, validityStart, validityTerm });
  };
  test('a person is led there, and what matches gives level 3 and stays', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    expect(await told(person)).toMatchObject({ identityCheck: null });
    await give(person);
    expect(await told(person)).toMatchObject({
      identityCheck: 'due',
      next: { step: 'use_services' },
    });
    const { outcome, sessionToken } = await check(person);
    expect(outcome).toBe('matched');
    const matched = await applicantOf(world, sessionToken ?? '');
    expect(await told(matched)).toMatchObject({ level: 3, identityCheck: null });
    expect(await refusalOf(giveAgain(matched, { name: '林知近' }))).toEqual({
      code: 'request.stale',
    });
  });

  test('a typing error in name and number is corrected, and the former number is free', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    const typed = documentAnswersOf(citizenNamed('沈秀兰'));
    await give(person, { ...typed, name: '林知近' });
    // Before the authority has answered, there is nothing to correct.
    expect(await refusalOf(giveAgain(person, {}))).toEqual({ code: 'request.stale' });
    expect(await check(person, '林知近')).toMatchObject({ outcome: 'mismatched' });
    expect(await told(person)).toMatchObject({ identityCheck: 'correctable' });
    await giveAgain(person, {});
    const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
    expect(await openIdentity(ctx, signedIn.account)).toMatchObject({
      number: citizen.number,
      name,
    });
    expect(
      await world.ctx().db.$count(consentTable, eq(consentTable.kind, 'document_number')),
    ).toBe(1);
    const other = await enrolled({ mobile: '19900000078' });
    await give(other, typed);
    expect(await check(person)).toMatchObject({ outcome: 'matched' });
  });

  test('two corrections at once: one is kept', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    await give(person, { name: '林知近' });
    await check(person, '林知近');
    const now = await applicantOf(world, person.sessionToken);
    const { done, refused } = await atOnce(4, () => give(now));
    expect([done.length, codesOf(refused)]).toEqual([1, { 'request.stale': 3 }]);
  });

  test('a number that opens another account is not taken by a correction', async () => {
    await register(world, citizenNamed('沈秀兰'));
    const person = await enrolled({ mobile: '19900000077' });
    await give(person, { name: '林知近' });
    await check(person, '林知近');
    const taken = documentAnswersOf(citizenNamed('沈秀兰'));
    expect(await refusalOf(giveAgain(person, taken))).toEqual({
      code: 'registration.number_taken',
    });
  });

  test('once a service has received it, it stays', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    await give(person, { name: '林知近' });
    await check(person, '林知近');
    const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
    const consent = { kind: 'service', serviceId: 'archive', hasAgreed: true } as const;
    await giveConsent(student(ctx), signedIn, consent);
    expect(await told(person)).toMatchObject({ identityCheck: 'mismatched' });
    expect(await refusalOf(giveAgain(person, {}))).toEqual({ code: 'request.stale' });
  });

  test('an account of another portal keeps its number, which opens it there', async () => {
    const person = await register(world, citizen);
    const { ctx, signedIn } = person;
    await giveConsent(student(ctx), signedIn, { kind: 'document_number', hasAgreed: true });
    expect(
      await verify(student(ctx), signedIn, { name: '林知近', validityStart, validityTerm }),
    ).toMatchObject({ outcome: 'mismatched' });
    expect(await told(person)).toMatchObject({ identityCheck: 'mismatched' });
    expect(await refusalOf(giveAgain(person, {}))).toEqual({ code: 'request.stale' });
  });

  test('an authority that is down costs no try and holds nothing up', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    await give(person);
    world.sandbox.authority.setMode('down');
    expect(await check(person)).toMatchObject({ outcome: 'unavailable', isCounted: false });
    expect(await told(person)).toMatchObject({
      identityCheck: 'due',
      level: 2,
      next: { step: 'use_services' },
    });
    world.sandbox.authority.setMode('working');
    expect(await check(person)).toMatchObject({ outcome: 'matched' });
  });
});

const claims = () => world.ctx().db.select().from(numberClaimTable);

test('S-NAM-01, S-LOG-02: with the real-name information the next step is another, and the gate says what is missing', async () => {
  const person = await enrolled({ email: 'zhiyuan@example.com' });
  expect(await told(person)).toMatchObject({ level: 1, missing: ['identity', 'binding'] });
  await give(person);
  expect(await told(person)).toMatchObject({
    level: 2,
    maskedName: '林*远',
    missing: ['binding'],
    next: { step: 'bind' },
    hasConsented: true,
  });
  const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
  const enter = () => enterService(student(ctx), signedIn, { serviceId: 'archive' });
  expect(enter).toThrow('binding.required');
});

test('S-NAM-01: nickname and registered residence are given with the real-name information, and change with a correction', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  const profileOf = async () => {
    const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
    return openProfile(ctx, signedIn.account);
  };
  const wrong = await refusalOf(give(person, { nickname: '', householdRegion: '110000' }));
  expect(wrong).toEqual({
    code: 'input.invalid',
    fields: { householdRegion: 'household_region.missing' },
  });
  expect(await profileOf()).toBe(null);
  const typed = documentAnswersOf(citizenNamed('沈秀兰'));
  await give(person, { ...typed, nickname: '小林', householdRegion: '110101' });
  const { sex, birthDate } = (await profileOf()) ?? {};
  expect(await profileOf()).toMatchObject({ nickname: '小林', householdRegion: '110101' });
  const { name, validityStart, validityTerm } = answers;
  const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
  await verify(student(ctx), signedIn, { name, validityStart, validityTerm });
  await giveAgain(person, { nickname: '知远' });
  expect(await profileOf()).toMatchObject({ nickname: '知远', householdRegion: '110101' });
  expect([(await profileOf())?.sex, (await profileOf())?.birthDate]).not.toEqual([sex, birthDate]);
});

test('S-NAM-03: a correction to a document that says no sex and birth date asks for them, and those of the wrong number are gone', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  await give(person, documentAnswersOf(citizenNamed('沈秀兰')));
  const { name, validityStart, validityTerm } = answers;
  const { ctx, signedIn } = await applicantOf(world, person.sessionToken);
  await verify(student(ctx), signedIn, { name, validityStart, validityTerm });
  const passport = {
    documentType: 'passport',
    number: 'E12345678',
    name: 'LIN ZHIYUAN',
    validityStart: '2019-12-24',
    validityTerm: '10',
  };
  expect(await refusalOf(giveAgain(person, passport))).toMatchObject({
    code: 'input.invalid',
    fields: { sex: 'sex.missing', birthDate: 'birth_date.missing' },
  });
  await giveAgain(person, {
    ...passport,
    sex: 'male',
    birthDate: { year: '1995', month: '8', day: '15' },
  });
  const now = await applicantOf(world, person.sessionToken);
  expect(await openProfile(now.ctx, now.signedIn.account)).toMatchObject({
    sex: 'male',
    birthDate: '1995-08-15',
  });
});

test('S-NAM-02: 15 digits are kept as the 18 that they have become, and are one number with them', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  await give(person, { number: '110199950815011' });
  const { signedIn } = await applicantOf(world, person.sessionToken);
  expect((await openIdentity(world.ctx(), signedIn.account)).number).toBe(citizen.number);
  const other = await enrolled({ mobile: '19900000078' });
  expect(await refusalOf(give(other))).toEqual({ code: 'registration.number_taken' });
});

test('S-NAM-04: once given it stays, and a number of another account is not given', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  await register(world, citizenNamed('沈秀兰'));
  const taken = documentAnswersOf(citizenNamed('沈秀兰'));
  expect(await refusalOf(give(person, taken))).toEqual({ code: 'registration.number_taken' });
  await give(person);
  const now = await applicantOf(world, person.sessionToken);
  expect(await refusalOf(give(now, { name: '林知近' }))).toEqual({ code: 'request.stale' });
  // So is a page that was opened before, which claims nothing from its own account.
  expect(await refusalOf(give(person))).toEqual({ code: 'request.stale' });
  expect(await refusalOf(give(person, { claimsNumber: true }))).toEqual({ code: 'request.stale' });
  expect(await claims()).toEqual([]);
});

const opening = () =>
  world
    .ctx()
    .db.select({ accountId: identifierTable.accountId })
    .from(identifierTable)
    .where(and(eq(identifierTable.kind, 'document_number'), eq(identifierTable.signsIn, true)));

describe('S-DUP-02: the number of another account', () => {
  const claiming = { claimsNumber: true };

  test('is given with a claim on it, and opens the account of its holder alone', async () => {
    const holder = await register(world, citizen);
    const person = await enrolled({ email: 'zhiyuan@example.com' });
    expect(await refusalOf(give(person))).toEqual({ code: 'registration.number_taken' });
    await give(person, claiming);
    const accountId = person.signedIn.account.id;
    const holderId = holder.signedIn.account.id;
    expect(await claims()).toMatchObject([{ accountId, holderId, status: 'open' }]);
    const [{ claimNumber } = { claimNumber: '' }] = await claims();
    expect(await opening()).toEqual([{ accountId: holderId }]);
    const now = await applicantOf(world, person.sessionToken);
    expect((await openIdentity(world.ctx(), now.signedIn.account)).number).toBe(citizen.number);
    expect(await viewNumberClaims(now.ctx, now.signedIn)).toMatchObject({
      own: { status: 'open', claimNumber, isVerified: false },
    });
    // The check comes before the binding, which waits for the number (S-DUP-03a).
    expect(await told(person)).toMatchObject({ level: 1, next: { step: 'verify' } });
    expect(await refusalOf(give(now, claiming))).toEqual({ code: 'request.stale' });
    expect(await refusalOf(give(person, claiming))).toEqual({ code: 'request.stale' });
    expect(await claims()).toHaveLength(1);
  });

  test('a check of the claimant takes the claim to its holder, and silence moves the number', async () => {
    await register(world, citizen);
    const person = await enrolled({ mobile: '19900000077' });
    await give(person, claiming);
    const accountId = person.signedIn.account.id;
    await attestFor(world, accountId);
    expect(await settleNumberClaims(world.ctx())).toBe(1);
    expect(await claims()).toMatchObject([{ status: 'noticed' }]);
    world.advance(8 * 24 * 3_600_000);
    expect(await settleNumberClaims(world.ctx())).toBe(1);
    expect(await opening()).toEqual([{ accountId }]);
  });

  test('is claimed from nobody once it is free', async () => {
    const person = await enrolled({ mobile: '19900000077' });
    expect(await refusalOf(give(person, claiming))).toEqual({ code: 'request.stale' });
    expect(await opening()).toEqual([]);
    expect(await claims()).toEqual([]);
  });

  test('X-02: thirty times at once it is given and claimed once', async () => {
    await register(world, citizen);
    const person = await enrolled({ mobile: '19900000077' });
    const before = await world.ctx().db.$count(allowanceTable);
    const { done, refused } = await atOnce(30, () => give(person, claiming));
    // Five tries of a day are looked at.
    expect([done.length, codesOf(refused)]).toEqual([
      1,
      { 'request.stale': 4, 'request.too_many': 25 },
    ]);
    expect(await world.ctx().db.$count(allowanceTable)).toBe(before + 5);
    expect(await claims()).toHaveLength(1);
  });

  test('X-02: thirty accounts claim it at once, each for itself, and its holder keeps it', async () => {
    const holder = await register(world, citizen);
    const people: Applicant[] = [];
    for (let index = 0; index < 30; index += 1) {
      people.push(await enrolled({ mobile: `199000003${String(index).padStart(2, '0')}` }));
    }
    const { done } = await atOnce(30, async (index) => {
      const person = people[index];
      if (person !== undefined) await give(person, claiming);
    });
    expect([done.length, (await claims()).length]).toEqual([30, 30]);
    expect(await opening()).toEqual([{ accountId: holder.signedIn.account.id }]);
  });

  test('a suspended account gives and claims nothing; that of a suspended holder is claimed', async () => {
    const holder = await register(world, citizen);
    const [person, other] = [
      await enrolled({ mobile: '19900000077' }),
      await enrolled({ mobile: '19900000078' }),
    ];
    const suspend = ({ signedIn }: Applicant) =>
      world
        .ctx()
        .db.update(accountTable)
        .set({ status: 'suspended' })
        .where(eq(accountTable.id, signedIn.account.id));
    await suspend(person);
    await suspend(holder);
    expect(await refusalOf(give(person, claiming))).toEqual({ code: 'session.required' });
    expect(await claims()).toEqual([]);
    await give(other, claiming);
    expect(await claims()).toHaveLength(1);
  });
});

test('no pinyin in names, and nothing is kept of what is refused', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  expect(await refusalOf(give(person, { name: 'Lin Zhiyuan' }))).toMatchObject({
    code: 'input.invalid',
  });
  const [row] = await world.ctx().db.select().from(accountTable);
  expect([row?.documentType, row?.identitySealed]).toEqual([null, null]);
});

test('without a database: service.unavailable, and nothing is given', async () => {
  const person = await enrolled({ mobile: '19900000077' });
  const down = { ...person, ctx: withoutDatabase(person.ctx) };
  expect(await refusalOf(give(down))).toEqual({ code: 'service.unavailable' });
  expect((await told(person))?.missing).toContain('identity');
  await give(person);
});

test('X-02: eight accounts give one number at once: one gets it', async () => {
  const people: Applicant[] = [];
  for (let index = 0; index < 8; index += 1) {
    people.push(await enrolled({ mobile: `1990000020${index}` }));
  }
  const { done, refused } = await atOnce(8, async (index) => {
    const person = people[index];
    if (person !== undefined) await give(person);
  });
  expect([done.length, codesOf(refused)]).toEqual([1, { 'registration.number_taken': 7 }]);
  const opening = and(
    eq(identifierTable.kind, 'document_number'),
    eq(identifierTable.signsIn, true),
  );
  expect(await world.ctx().db.$count(identifierTable, opening)).toBe(1);
});
