import { auditTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../verification/verify.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  type Applicant,
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  register,
  registerCompletely,
} from '../testing/people.ts';
import { proved } from '../testing/proofs.ts';
import { withPermits } from '../testing/permits.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { missingOf } from '../account/account.ts';
import { inPortal } from '../context.ts';
import { saveProfile } from './save.ts';
import { revealProfile, viewProfile } from './view.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
// Beyond the gap between two codes and the day's limits.
beforeEach(() => world.advance(24 * 3_600_000));

const nothing = {
  ethnicity: '',
  sex: '',
  birthDate: { year: '', month: '', day: '' },
  localDocumentNumber: '',
  travelPermitNumber: '',
};
const again = ({ sessionToken }: Applicant) => applicantOf(world, sessionToken);

describe('T-PRO-01, T-PRO-02: what each document asks for', () => {
  test('身份证: 民族; sex and birth date are read from the number', async () => {
    const person = await register(world, citizenNamed('林知远'));
    expect(await viewProfile(person.ctx, person.signedIn)).toEqual({
      documentType: 'resident_identity_card',
      birthDate: '1995-08-15',
      sex: 'male',
      region: null,
      maskedNumber: '11**************19',
      maskedName: '林*远',
      validity: { start: '2022-03-01', end: '2042-03-01', term: 20 },
      maskedMobile: '199*****01',
      maskedEmail: 'so****@example.com',
      isProved: { mobile: true, email: true },
      level: 2,
      proved: null,
      fields: ['ethnicity'],
      profile: null,
    });
    expect(await refusalOf(saveProfile(person.ctx, person.signedIn, nothing))).toEqual({
      code: 'input.invalid',
      fields: { ethnicity: 'ethnicity.missing' },
    });
    // What the number says is not taken from the form.
    await saveProfile(person.ctx, person.signedIn, {
      ...nothing,
      ethnicity: '05',
      sex: 'female',
      birthDate: { year: '2000', month: '1', day: '1' },
      localDocumentNumber: 'A123456(3)',
      travelPermitNumber: 'H12345678',
    });
    const { ctx, signedIn } = await again(person);
    expect((await viewProfile(ctx, signedIn)).profile).toEqual({
      ethnicity: '05',
      sex: 'male',
      birthDate: '1995-08-15',
      localDocumentNumber: null,
      travelPermitNumber: null,
      nickname: null,
      householdRegion: null,
    });
  });

  test('居住证: 民族, 通行证号码 and the number of the place, masked', async () => {
    const citizen = citizenNamed('何俊彦');
    const person = await register(world, citizen);
    expect(await viewProfile(person.ctx, person.signedIn)).toMatchObject({
      region: 'hong_kong',
      fields: ['sex', 'birthDate', 'ethnicity', 'travelPermitNumber', 'localDocumentNumber'],
    });
    const wrong = {
      ...nothing,
      travelPermitNumber: 'M12345678',
      localDocumentNumber: 'A123456(4)',
    };
    expect(await refusalOf(saveProfile(person.ctx, person.signedIn, wrong))).toEqual({
      code: 'input.invalid',
      fields: {
        sex: 'sex.missing',
        birthDate: 'birth_date.missing',
        ethnicity: 'ethnicity.missing',
        travelPermitNumber: 'travel_permit_number.format',
        localDocumentNumber: 'local_document_number.check_digit',
      },
    });
    await saveProfile(person.ctx, person.signedIn, profileAnswersOf(citizen));
    const { ctx, signedIn } = await again(person);
    expect((await viewProfile(ctx, signedIn)).profile).toEqual({
      ethnicity: '01',
      sex: 'male',
      birthDate: '1996-06-06',
      localDocumentNumber: 'A1******3)',
      travelPermitNumber: 'H0*****19',
      nickname: null,
      householdRegion: null,
    });
  });

  test.for([
    ['温以恒', 'hong_kong', 'AB*******3)'],
    ['范语桐', 'taiwan', 'A2******81'],
  ] as const)('通行证 of %s: sex and birth date too', async ([name, region, masked]) => {
    const citizen = citizenNamed(name);
    const person = await register(world, citizen);
    expect(await viewProfile(person.ctx, person.signedIn)).toMatchObject({
      region,
      sex: null,
      birthDate: null,
      fields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
    });
    expect(await refusalOf(saveProfile(person.ctx, person.signedIn, nothing))).toEqual({
      code: 'input.invalid',
      fields: {
        ethnicity: 'ethnicity.missing',
        sex: 'sex.missing',
        birthDate: 'birth_date.missing',
        localDocumentNumber: 'local_document_number.missing',
      },
    });
    await saveProfile(person.ctx, person.signedIn, profileAnswersOf(citizen));
    const { ctx, signedIn } = await again(person);
    expect((await viewProfile(ctx, signedIn)).profile).toEqual({
      ethnicity: '01',
      sex: 'female',
      birthDate: '1990-01-01',
      localDocumentNumber: masked,
      travelPermitNumber: null,
      nickname: null,
      householdRegion: null,
    });
  });
});

describe('changing it', () => {
  test('until verification everything, with each change recorded', async () => {
    const person = await registerCompletely(world, citizenNamed('简柏言'));
    const answers = profileAnswersOf(citizenNamed('简柏言'));
    await saveProfile(person.ctx, person.signedIn, { ...answers, ethnicity: '23' });
    const actions = await person.ctx.db
      .select({ action: auditTable.action })
      .from(auditTable)
      .where(eq(auditTable.accountId, person.signedIn.account.id))
      .orderBy(auditTable.action);
    expect(actions.map(({ action }) => action)).toEqual([
      'account.registered',
      'profile.changed',
      'profile.completed',
    ]);
  });

  test('two at once: one is kept, the other told that it is stale; so is one that read long ago', async () => {
    const person = await registerCompletely(world, citizenNamed('沈秀兰'));
    const answers = profileAnswersOf(citizenNamed('沈秀兰'));
    const save = () => saveProfile(person.ctx, person.signedIn, answers);
    const { done, refused } = await atOnce(2, save);
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'request.stale': 1 });
    expect(await refusalOf(save())).toEqual({ code: 'request.stale' });
  });

  test('T-PRO-03a: after verification what was checked stays; the rest may be corrected, after a proof', async () => {
    const citizen = citizenNamed('欧阳若澄');
    const person = await registerCompletely(world, citizen);
    const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
    const ctx = { ...person.ctx, authority: withPermits(person.ctx.authority) };
    const { sessionToken } = await verify(ctx, person.signedIn, {
      name,
      validityStart,
      validityTerm,
    });
    const { signedIn } = await applicantOf(world, sessionToken ?? '');
    const answers = profileAnswersOf(citizen);
    const fixed = { code: 'profile.fixed_after_verification' };
    const otherPermit = { ...answers, travelPermitNumber: 'M11111111' };
    const otherLocal = { ...answers, localDocumentNumber: '7654321(0)' };
    expect(await refusalOf(saveProfile(ctx, signedIn, otherPermit))).toEqual(fixed);
    expect(await refusalOf(saveProfile(ctx, signedIn, otherLocal))).toEqual({
      code: 'proof.required',
    });
    await saveProfile(ctx, signedIn, { ...answers, ethnicity: '98' });
    const proving = await proved(world, await applicantOf(world, sessionToken ?? ''));
    await saveProfile(proving.ctx, proving.signedIn, { ...otherLocal, ethnicity: '98' });
    const after = await again(proving);
    const view = await viewProfile(after.ctx, after.signedIn);
    expect(view.profile).toMatchObject({
      ethnicity: '98',
      travelPermitNumber: 'M8*****21',
      localDocumentNumber: '76******0)',
    });
    expect(view.level).toBe(3);
  });

  test('without a database it is service.unavailable and nothing is lost', async () => {
    const person = await proved(world, await registerCompletely(world, citizenNamed('罗建民')));
    const ctx = withoutDatabase(person.ctx);
    const answers = profileAnswersOf(citizenNamed('罗建民'));
    const unavailable = { code: 'service.unavailable' };
    expect(await refusalOf(saveProfile(ctx, person.signedIn, answers))).toEqual(unavailable);
    // What cannot be recorded is not shown.
    expect(await refusalOf(revealProfile(ctx, person.signedIn))).toEqual(unavailable);
    expect((await again(person)).signedIn.account.profileSealed).not.toBeNull();
  });
});

describe('X-01: seeing it in full', () => {
  test('is possible for the person after a proof, and every look is recorded', async () => {
    const { db } = world.ctx();
    const unproved = await registerCompletely(world, citizenNamed('周子涵'));
    expect(await refusalOf(revealProfile(unproved.ctx, unproved.signedIn))).toEqual({
      code: 'proof.required',
    });
    const person = await proved(world, unproved);
    expect(await revealProfile(person.ctx, person.signedIn)).toEqual({
      number: '11019919880808012X',
      name: '周子涵',
      mobile: '19900000005',
      email: 'someone@example.com',
      localDocumentNumber: null,
      travelPermitNumber: null,
    });
    await revealProfile(person.ctx, person.signedIn);
    const { id } = person.signedIn.account;
    const looks = await db
      .select({ actor: auditTable.actor, atMs: auditTable.atMs, facts: auditTable.facts })
      .from(auditTable)
      .where(and(eq(auditTable.accountId, id), eq(auditTable.action, 'profile.revealed')));
    const look = { actor: `applicant:${id}`, atMs: world.nowMs(), facts: '{}' };
    expect(looks).toEqual([look, look]);
  });

  test('T-PRO-04: the page itself shows nothing in full', async () => {
    const citizen = citizenNamed('方念之');
    const person = await registerCompletely(world, citizen);
    const page = JSON.stringify(await viewProfile(person.ctx, person.signedIn));
    for (const datum of [citizen.number, citizen.name, citizen.mobile, 'someone@']) {
      expect(page).not.toContain(datum);
    }
  });
});

describe('S-NAM-01, S-REG-06: each portal asks for its own fields', () => {
  test('what one asked for stays when another saves, and each is complete by its own', async () => {
    const citizen = citizenNamed('杜若溪');
    const person = await register(world, citizen);
    const at = (portal: string) => async () => {
      const { ctx, signedIn } = await again(person);
      return { ctx: inPortal(ctx, portal), signedIn };
    };
    const [teacher, student] = [at('teacher'), at('student')];
    const missing = async (door: typeof teacher) => {
      const { ctx, signedIn } = await door();
      return missingOf(ctx, signedIn);
    };
    const there = await student();
    await saveProfile(there.ctx, there.signedIn, { nickname: '小杜', householdRegion: '510104' });
    expect(await missing(teacher)).toEqual(['profile']);
    const here = await teacher();
    await saveProfile(here.ctx, here.signedIn, { ethnicity: '05' });
    expect(await missing(teacher)).toEqual([]);
    const { ctx, signedIn } = await student();
    expect(await viewProfile(ctx, signedIn)).toMatchObject({
      fields: ['nickname', 'householdRegion'],
      profile: { ethnicity: '05', nickname: '小杜', householdRegion: '510104', sex: 'female' },
    });
  });
});
