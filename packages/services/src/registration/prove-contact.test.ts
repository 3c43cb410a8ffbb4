import { challengeTable, registrationTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { withoutDatabase } from '../testing/outside-down.ts';
import { askForCode, citizenNamed, register, registerUntilCode } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { createTestWorld, documentAnswersOf, type TestWorld } from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { proveContact } from './prove-contact.ts';
import { saveDocument } from './save-document.ts';

let world: TestWorld;
let token: string;
let code: string;
beforeAll(async () => {
  world = await createTestWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.advance(24 * 3_600_000);
  ({ token, code } = await registerUntilCode(world, citizen, world.ctx()));
});

const citizen = citizenNamed('林知远');
const prove = (typed: string, ctx = world.ctx(), cookie = token) =>
  proveContact(ctx, cookie, { code: typed });
/** A code of six digits that is not the right one. */
const wrong = (index: number) => String((Number(code) + index) % 1_000_000).padStart(6, '0');
const step = async () => (await currentRegistration(world.ctx(), token))?.step;

describe('T-REG-12: the code', () => {
  test('proves the phone', async () => {
    await prove(code);
    expect(await step()).toBe('check');
  });

  test('may be typed full-width and with spaces', async () => {
    const fullWidth = code.replace(/\d/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    await prove(` ${fullWidth.slice(0, 3)} ${fullWidth.slice(3)} `);
    expect(await step()).toBe('check');
  });

  test.for([
    ['', 'code.missing'],
    ['12345', 'code.format'],
    ['1234567', 'code.format'],
    ['12345a', 'code.format'],
    ['一二三四五六', 'code.format'],
  ] as const)('typed as "%s" is %s and costs no try', async ([typed, reason]) => {
    expect(await refusalOf(prove(typed))).toEqual({
      code: 'input.invalid',
      fields: { code: reason },
    });
    expect((await currentRegistration(world.ctx(), token))?.code?.triesLeft).toBe(5);
  });

  test('wrong, tells how many tries are left; after the fifth the right one is not looked at', async () => {
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await refusalOf(prove(wrong(triesLeft)))).toEqual({ code: 'code.wrong', triesLeft });
    }
    expect(await refusalOf(prove(wrong(9)))).toEqual({ code: 'code.tries_used_up' });
    expect(await refusalOf(prove(code))).toEqual({ code: 'code.tries_used_up' });
    expect(await step()).toBe('code');
  });

  test('X-02: of 50 wrong ones at once at most 5 are compared', async () => {
    const { db } = world.ctx();
    const [row] = await db
      .select({ hash: challengeTable.secretHash })
      .from(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, 'registration.code'),
          eq(challengeTable.subject, token.split('.')[0] ?? ''),
        ),
      );
    let compared = 0;
    const { refused } = await atOnce(50, (index) => {
      const ctx = world.ctx();
      const equal = (a: string, b: string) => {
        if (a === row?.hash) compared += 1;
        return ctx.crypto.equal(a, b);
      };
      return prove(wrong(index + 1), { ...ctx, crypto: { ...ctx.crypto, equal } });
    });
    expect(compared).toBe(5);
    expect(codesOf(refused)).toEqual({ 'code.wrong': 4, 'code.tries_used_up': 46 });
  });

  test('X-02: of 8 right ones at once exactly one succeeds', async () => {
    const { done, refused } = await atOnce(8, () => prove(code));
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(7);
    expect(await step()).toBe('check');
  });

  test('replayed, it is out of order', async () => {
    await prove(code);
    expect(await refusalOf(prove(code))).toEqual({
      code: 'registration.out_of_order',
      step: 'check',
    });
  });

  test('is good for five minutes', async () => {
    world.advance(299_999);
    const [row] = await world.ctx().db.select().from(registrationTable);
    expect(row).toBeDefined();
    expect((await refusalOf(prove(wrong(1)))).code).toBe('code.wrong');
    world.advance(1);
    expect(await refusalOf(prove(code))).toEqual({ code: 'code.expired' });
  });

  test('of somebody else proves nothing', async () => {
    const other = await registerUntilCode(world, citizenNamed('沈秀兰'), world.ctx());
    const refused = await refusalOf(prove(other.code));
    expect(other.code === code ? null : refused).toEqual({ code: 'code.wrong', triesLeft: 4 });
  });

  test('is void when a new one was sent', async () => {
    world.advance(60_000);
    await askForCode(world.ctx(), token, citizen.mobile);
    const next = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    const refused = await refusalOf(prove(code));
    expect(next === code ? null : refused).toEqual({ code: 'code.wrong', triesLeft: 4 });
    await prove(next);
    expect(await step()).toBe('check');
  });

  test('X-02: a wrong cookie proves nothing and is told only that nothing has begun', async () => {
    for (const cookie of [null, `${token.split('.')[0]}.x`, 'x.y']) {
      const refused = refusalOf(proveContact(world.ctx(), cookie, { code }));
      expect(await refused).toEqual({ code: 'registration.not_started' });
    }
    expect(await step()).toBe('code');
  });

  test('before any was sent it is out of order', async () => {
    const begun = await saveDocument(world.ctx(), null, documentAnswersOf(citizen));
    expect(await refusalOf(prove('123456', world.ctx(), begun.token ?? ''))).toEqual({
      code: 'registration.out_of_order',
      step: 'password',
    });
  });

  test('without a database it is service.unavailable, and the code is good afterwards', async () => {
    expect(await refusalOf(prove(code, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    await prove(code);
  });
});

test('T-REG-16, X-03: that the number has an account is told after the phone is proved, and not before', async () => {
  const taken = citizenNamed('古丽·买买提');
  await register(world, taken);
  world.advance(60_000);
  const again = await registerUntilCode(world, taken, world.ctx());
  expect(again.delivery).toMatchObject({ outcome: 'sent', remainingToday: 1 });
  const wrongCode = again.code === '000000' ? '000001' : '000000';
  expect(await refusalOf(prove(wrongCode, world.ctx(), again.token))).toEqual({
    code: 'code.wrong',
    triesLeft: 4,
  });
  expect(await refusalOf(prove(again.code, world.ctx(), again.token))).toEqual({
    code: 'registration.number_taken',
  });
});
