import { registrationTable } from '@shiming/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  askForCode,
  citizenNamed,
  register,
  registerUntilContact,
  registerUntilReview,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { useUpOf } from '../testing/use-up.ts';
import {
  createTestWorld,
  documentAnswersOf,
  testPassword,
  type TestWorld,
} from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { saveDocument } from './save-document.ts';
import { savePassword } from './save-password.ts';
import { submitRegistration } from './submit.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());

const citizen = citizenNamed('林知远');
const other = citizenNamed('古丽·买买提');
const answers = documentAnswersOf(citizen);
const begin = async () => (await saveDocument(world.ctx(), null, answers)).token ?? '';
const current = (token: string | null) => currentRegistration(world.ctx(), token);
const notStarted = { code: 'registration.not_started' };

describe('T-REG-01: the first page', () => {
  test('begins a registration and gives back, on coming back, what was typed', async () => {
    const token = await begin();
    expect(await current(token)).toEqual({
      drawnFrom: `${token.split('.')[0]}.1`,
      hasGuardian: false,
      step: 'password',
      verification: null,
      identity: {
        type: 'resident_identity_card',
        number: '110199199508150119',
        birthDate: '1995-08-15',
        sex: 'male',
        region: null,
        name: '林知远',
        validity: { start: '2022-03-01', end: '2042-03-01', term: 20 },
      },
      hasPassword: false,
      contact: null,
      channel: 'sms',
      scene: null,
      code: null,
      remainingToday: 3,
      agreementVersion: '2026-11',
    });
  });

  test('tells every refused field at once and begins nothing', async () => {
    const before = await world.ctx().db.$count(registrationTable);
    const refused = refusalOf(
      saveDocument(world.ctx(), null, {
        ...answers,
        number: '110199199508150118',
        name: 'X',
        validityTerm: '',
        hasConsented: false,
      }),
    );
    expect(await refused).toEqual({
      code: 'input.invalid',
      fields: {
        number: 'document_number.check_digit',
        name: 'name.characters',
        validityTerm: 'validity_term.missing',
        hasConsented: 'consent.missing',
      },
    });
    expect(await world.ctx().db.$count(registrationTable)).toBe(before);
  });

  test('X-03: says nothing of a number that has an account', async () => {
    await register(world, other);
    const { token } = await saveDocument(world.ctx(), null, documentAnswersOf(other));
    expect(Object.keys((await current(token)) ?? {})).toEqual(
      Object.keys((await current(await begin())) ?? {}),
    );
    expect(await current(token)).toMatchObject({ step: 'password' });
  });

  test('sent twice at once with one cookie, one changes it and the other is told that it is stale', async () => {
    const token = await begin();
    const { done, refused } = await atOnce(2, () => saveDocument(world.ctx(), token, answers));
    expect(done).toMatchObject([{ token: null }]);
    expect(codesOf(refused)).toEqual({ 'request.stale': 1 });
  });

  test('X-02: one address begins 2,000 an hour, another is not in its way', async () => {
    const visitor = { address: '198.51.100.1' };
    await useUpOf(world, 'registration', visitor, 1_980);
    const beginAt = (at: typeof visitor) => saveDocument(world.ctx({ visitor: at }), null, answers);
    const { done, refused } = await atOnce(40, () => beginAt(visitor));
    expect(done).toHaveLength(20);
    expect(refused[0]).toEqual({
      code: 'request.too_many',
      retryAtMs: world.nowMs() + 3_600_000,
    });
    await beginAt({ address: '198.51.100.2' });
  });

  test('without a database it is service.unavailable', async () => {
    const ctx = withoutDatabase(world.ctx());
    const refusal = { code: 'service.unavailable' };
    expect(await refusalOf(saveDocument(ctx, null, answers))).toEqual(refusal);
    expect(await refusalOf(currentRegistration(ctx, await begin()))).toEqual(refusal);
  });
});

describe('whose registration it is', () => {
  test('none without a cookie, nor with one that is forged, altered or of somebody else', async () => {
    const mine = await begin();
    const [id = '', secret = ''] = mine.split('.');
    const [otherId = '', otherSecret = ''] = (await begin()).split('.');
    const forged = [
      null,
      '',
      '.',
      id,
      `${id}.`,
      `.${secret}`,
      `${id}.${otherSecret}`,
      `${otherId}.${secret}`,
      `${id}.${secret.slice(0, -1)}`,
      `${id}.${secret}x`,
      `${id} .${secret}`,
    ];
    for (const token of forged) {
      expect(await current(token)).toBeNull();
      const password = { password: testPassword, passwordAgain: testPassword };
      expect(await refusalOf(savePassword(world.ctx(), token, password))).toEqual(notStarted);
      expect(await refusalOf(askForCode(world.ctx(), token ?? '', citizen.mobile))).toEqual(
        notStarted,
      );
      const submitted = submitRegistration(world.ctx(), token, { hasAgreed: true });
      expect(await refusalOf(submitted)).toEqual(notStarted);
    }
    expect(await current(mine)).not.toBeNull();
  });

  test('with a forged cookie the first page begins a registration of its own', async () => {
    const mine = await begin();
    const forged = `${mine.split('.')[0]}.forged`;
    const { token } = await saveDocument(world.ctx(), forged, documentAnswersOf(other));
    expect(token).not.toBeNull();
    expect((await current(mine))?.identity?.name).toBe('林知远');
  });

  test('a draft is kept for 24 hours, and not a millisecond longer', async () => {
    const token = await begin();
    world.advance(24 * 3_600_000 - 1);
    expect((await current(token))?.identity?.number).toBe('110199199508150119');
    world.advance(1);
    expect(await current(token)).toBeNull();
    const password = { password: testPassword, passwordAgain: testPassword };
    expect(await refusalOf(savePassword(world.ctx(), token, password))).toEqual(notStarted);
  });
});

describe('T-REG-16: changing the number', () => {
  test('drops the password, which might be made from the new one', async () => {
    const token = await registerUntilContact(world.ctx(), citizen);
    await saveDocument(world.ctx(), token, documentAnswersOf(other));
    expect(await current(token)).toMatchObject({ step: 'password', hasPassword: false });
    expect((await current(token))?.identity?.number).toBe('110199199508150127');
  });

  test('changing anything else keeps it', async () => {
    const token = await registerUntilContact(world.ctx(), citizen);
    await saveDocument(world.ctx(), token, { ...answers, name: '林志远' });
    expect(await current(token)).toMatchObject({
      step: 'contact',
      hasPassword: true,
      identity: { name: '林志远' },
    });
  });

  test('after the phone is proved the password is asked for again before anything is sent off', async () => {
    const token = await registerUntilReview(world, citizen);
    await saveDocument(world.ctx(), token, documentAnswersOf(citizenNamed('周子涵')));
    const submitted = submitRegistration(world.ctx(), token, { hasAgreed: true });
    expect(await refusalOf(submitted)).toEqual({
      code: 'registration.out_of_order',
      step: 'password',
    });
  });
});
