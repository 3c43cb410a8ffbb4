import { accountTable, auditTable, consentTable, registrationTable } from '@shiming/db';
import type { Citizen } from '@shiming/sandbox';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openIdentity } from '../account/account.ts';
import { saveProfile } from '../profile/save.ts';
import { authenticate } from '../session/session.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  applicantOf,
  citizenNamed,
  profileAnswersOf,
  registerUntilCode,
  registerUntilReview,
  signInAs,
  testEmail,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { storedBytes, storedTexts } from '../testing/storage.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { verify } from '../verification/verify.ts';
import { saveDocument } from './save-document.ts';
import { submitRegistration } from './submit.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
afterEach(() => world.advance(60_000));

const submit = (token: string | null, ctx = world.ctx()) =>
  submitRegistration(ctx, token, { hasAgreed: true });
const accounts = () => world.ctx().db.$count(accountTable);

describe('T-REG-14: sending it off', () => {
  test('makes an account at level 2 and signs the person in; the registration is gone', async () => {
    const token = await registerUntilReview(world, citizenNamed('林知远'));
    const { sessionToken } = await submit(token);
    const signedIn = await authenticate(world.ctx(), sessionToken);
    expect(signedIn?.account).toMatchObject({
      documentType: 'resident_identity_card',
      profileSealed: null,
      createdAtMs: world.nowMs(),
    });
    expect(await refusalOf(submit(token))).toEqual({ code: 'registration.not_started' });
    const { db } = world.ctx();
    expect(
      await db.$count(registrationTable, eq(registrationTable.id, token.split('.')[0] ?? '')),
    ).toBe(0);
  });

  test('X-06: keeps both consents with the version of their text and the time they were given', async () => {
    const givenAtMs = world.nowMs();
    const token = await registerUntilReview(world, citizenNamed('沈秀兰'));
    world.advance(90_000);
    const { sessionToken } = await submit(token);
    const { signedIn, ctx } = await applicantOf(world, sessionToken);
    const consents = await ctx.db
      .select({
        kind: consentTable.kind,
        version: consentTable.version,
        givenAtMs: consentTable.givenAtMs,
        withdrawnAtMs: consentTable.withdrawnAtMs,
      })
      .from(consentTable)
      .where(eq(consentTable.accountId, signedIn.account.id))
      .orderBy(consentTable.givenAtMs);
    expect(consents).toEqual([
      {
        kind: 'document_number',
        version: world.ctx().portal.privacyNoticeVersion,
        givenAtMs,
        withdrawnAtMs: null,
      },
      {
        kind: 'agreement',
        version: '2026-11',
        givenAtMs: givenAtMs + 90_000,
        withdrawnAtMs: null,
      },
    ]);
    const recorded = await ctx.db
      .select({ action: auditTable.action, facts: auditTable.facts })
      .from(auditTable)
      .where(eq(auditTable.accountId, signedIn.account.id));
    expect(recorded).toEqual([
      { action: 'account.registered', facts: '{"documentType":"resident_identity_card"}' },
    ]);
  });

  test('what is changed in another tab meanwhile is not lost: the first is told that it is stale', async () => {
    const citizen = citizenNamed('罗建民');
    const token = await registerUntilReview(world, citizen);
    const ctx = world.ctx();
    const changed = { ...documentAnswersOf(citizen), name: '罗健民' };
    let hasChanged = false;
    const seal: typeof ctx.crypto.seal = async (...of) => {
      if (!hasChanged) {
        hasChanged = true;
        await saveDocument(world.ctx(), token, changed);
      }
      return ctx.crypto.seal(...of);
    };
    const crypto = { ...ctx.crypto, seal };
    expect(await refusalOf(submit(token, { ...ctx, crypto }))).toEqual({ code: 'request.stale' });
    const { sessionToken } = await submit(token);
    const applicant = await applicantOf(world, sessionToken);
    const { name } = await openIdentity(applicant.ctx, applicant.signedIn.account);
    expect(name).toBe('罗健民');
  });

  test('without the tick there is no account', async () => {
    const token = await registerUntilReview(world, citizenNamed('周子涵'));
    const before = await accounts();
    const refused = submitRegistration(world.ctx(), token, { hasAgreed: false });
    expect(await refusalOf(refused)).toEqual({
      code: 'input.invalid',
      fields: { hasAgreed: 'agreement.missing' },
    });
    expect(await accounts()).toBe(before);
  });

  test('before the phone is proved it is out of order', async () => {
    const { token } = await registerUntilCode(world, citizenNamed('周子涵'), world.ctx());
    expect(await refusalOf(submit(token))).toEqual({
      code: 'registration.out_of_order',
      step: 'code',
    });
  });

  test('without a database it is service.unavailable; sent again it makes the account', async () => {
    const token = await registerUntilReview(world, citizenNamed('方念之'));
    expect(await refusalOf(submit(token, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    expect((await submit(token)).sessionToken).not.toBe('');
  });
});

describe('T-REG-16: one number, one account', () => {
  test('sent off 8 times at once it makes one account and one session', async () => {
    const token = await registerUntilReview(world, citizenNamed('古丽·买买提'));
    const before = await accounts();
    const { done, refused } = await atOnce(8, () => submit(token));
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(7);
    expect(await accounts()).toBe(before + 1);
  });

  test('two people with one number at once make one account; the other is told that it is taken', async () => {
    const citizen = citizenNamed('秦望舒');
    const other: Citizen = { ...citizen, mobile: '19900000099' };
    const visitor = { deviceId: 'device-2' };
    const tokens = [
      await registerUntilReview(world, citizen),
      await registerUntilReview(world, other, world.ctx({ visitor })),
    ];
    const before = await accounts();
    const { done, refused } = await atOnce(2, (index) => submit(tokens[index] ?? ''));
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'registration.number_taken': 1 });
    expect(await accounts()).toBe(before + 1);
  });
});

test('X-01: after everything nothing personal is in the database in plain, in no column and no freed page', async () => {
  const citizen = citizenNamed('何俊彦');
  const token = await registerUntilReview(world, citizen);
  const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
  const { sessionToken } = await submit(token);
  const { ctx, signedIn } = await applicantOf(world, sessionToken);
  await saveProfile(ctx, signedIn, profileAnswersOf(citizen));
  const complete = await applicantOf(world, sessionToken);
  const { name, validityStart, validityTerm } = documentAnswersOf(citizen);
  const asked = verify(complete.ctx, complete.signedIn, { name, validityStart, validityTerm });
  expect(await refusalOf(asked)).toEqual({ code: 'verification.no_authority' });
  const visitor = { deviceId: 'device-3', address: '198.51.100.77' };
  const signedInAgain = await signInAs(world.ctx({ visitor }), citizen.number, testPassword);
  // Another on its way, with its draft and its code.
  const waiting = citizenNamed('杜若溪');
  const draft = await registerUntilCode(world, waiting, world.ctx());

  const secrets = [citizen, waiting].flatMap((person) => [
    person.number,
    person.number.slice(6, 14),
    person.name,
    person.mobile,
  ]);
  const personal = [
    ...secrets,
    testEmail,
    testPassword,
    code,
    draft.code,
    'H00000019',
    'A123456',
    '2024-05-20',
    '198.51.100.77',
    sessionToken.split('.')[1] ?? '',
    signedInAgain.deviceMark,
    draft.token.split('.')[1] ?? '',
  ];
  const texts = await storedTexts(world);
  const bytes = await storedBytes(world);
  for (const datum of personal) {
    expect(datum.length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes(datum))).toEqual([]);
    expect(bytes.includes(datum)).toBe(false);
  }
  // What is not personal is found, so the scan does look.
  expect(texts.some((text) => text.includes('hmt_residence_permit'))).toBe(true);
  expect(bytes.includes('hmt_residence_permit')).toBe(true);
});
