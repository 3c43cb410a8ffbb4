import { accountTable, auditTable, challengeTable, recoveryTable, sessionTable } from '@shiming/db';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountRow } from '../account/account.ts';
import type { Ctx } from '../context.ts';
import { clearExpired } from '../jobs/clear-expired.ts';
import { saveProfile } from '../profile/save.ts';
import { authenticate, type SignedIn } from '../session/session.ts';
import { countHashes } from '../testing/hashes.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  profileAnswersOf,
  recoverUntilCode,
  register,
  signInAs,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { storedBytes, storedTexts } from '../testing/storage.ts';
import { createTestWorld, noonMs, testPassword, type TestWorld } from '../testing/world.ts';
import { currentRecovery } from './current.ts';
import { resetPassword } from './reset-password.ts';

const minute = 60_000;
const dayMs = 24 * 60 * minute;
const citizen = citizenNamed('林知远');
const other = citizenNamed('古丽·买买提');
const newPassword = 'Zhuye-47*stone';
const notStarted = { code: 'recovery.not_started' };

let world: TestWorld;
let signedIn: SignedIn;
let token: string;
let code: string;
beforeAll(async () => {
  world = await createTestWorld();
  ({ signedIn } = await register(world, citizen));
  await register(world, other);
});
afterAll(() => world.close());
// Noon of a day of which nothing was used; both accounts have their first password again.
beforeEach(async () => {
  world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs));
  world.sandbox.reset();
  const { passwordHash } = signedIn.account;
  await world.ctx().db.update(accountTable).set({ passwordHash, formerPasswordHashes: [] });
  ({ token, code } = await recoverUntilCode(world, citizen));
});

const accountId = () => signedIn.account.id;
const reset = (
  change: { code?: string; password?: string; passwordAgain?: string } = {},
  ctx: Ctx = world.ctx(),
  cookie: string | null = token,
) =>
  resetPassword(ctx, cookie, {
    code,
    password: newPassword,
    passwordAgain: newPassword,
    ...change,
  });
/** A code of six digits that is not the right one. */
const wrong = (index: number) => String((Number(code) + index) % 1_000_000).padStart(6, '0');
const triesLeft = async () => (await currentRecovery(world.ctx(), token))?.code?.triesLeft;
const opens = async (typed: string, number = citizen.number) => {
  const { sessionToken } = await signInAs(world.ctx(), number, typed);
  return sessionToken;
};
const isHeld = async (sessionToken: string) =>
  (await authenticate(world.ctx(), sessionToken)) !== null;
/** The password is still the old one. */
const expectUnchanged = async () => expect(await isHeld(await opens(testPassword))).toBe(true);

describe('T-PWD-03: code and new password on one page', () => {
  test('the new password opens the account, the old one no longer does, and it is recorded', async () => {
    await reset();
    expect(await isHeld(await opens(newPassword))).toBe(true);
    expect(await refusalOf(opens(testPassword))).toMatchObject({ code: 'login.refused' });
    const { db } = world.ctx();
    const rows = await db
      .select({
        action: auditTable.action,
        accountId: auditTable.accountId,
        facts: auditTable.facts,
      })
      .from(auditTable)
      .where(and(eq(auditTable.atMs, world.nowMs()), like(auditTable.action, 'recovery.%')));
    expect(rows).toEqual([
      { action: 'recovery.begun', accountId: accountId(), facts: '{}' },
      { action: 'recovery.password_reset', accountId: accountId(), facts: '{}' },
    ]);
  });

  test('the code may be typed full-width and with spaces', async () => {
    const fullWidth = code.replace(/\d/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    await reset({ code: ` ${fullWidth.slice(0, 3)} ${fullWidth.slice(3)} ` });
    expect(await isHeld(await opens(newPassword))).toBe(true);
  });

  test('ends every session of the account, and of no other', async () => {
    const mine = [await opens(testPassword), await opens(testPassword)];
    const theirs = await opens(testPassword, other.number);
    await reset();
    expect(await Promise.all(mine.map(isHeld))).toEqual([false, false]);
    expect(await isHeld(theirs)).toBe(true);
    const { db } = world.ctx();
    const ended = await db
      .select({ accountId: sessionTable.accountId })
      .from(sessionTable)
      .where(eq(sessionTable.endedAtMs, world.nowMs()));
    expect(new Set(ended.map((row) => row.accountId))).toEqual(new Set([accountId()]));
  });

  test('ends every recovery of the account with its codes, and of no other', async () => {
    world.advance(minute);
    const second = await recoverUntilCode(world, citizen);
    const theirs = await recoverUntilCode(world, other);
    await reset({ code: second.code }, world.ctx(), second.token);
    for (const [cookie, held] of [
      [token, code],
      [second.token, second.code],
    ] as const) {
      expect(await currentRecovery(world.ctx(), cookie)).toBeNull();
      const again = reset({ code: held, password: testPassword, passwordAgain: testPassword });
      expect(await refusalOf(again)).toEqual(notStarted);
    }
    const { db } = world.ctx();
    expect(await db.$count(recoveryTable, eq(recoveryTable.accountId, accountId()))).toBe(0);
    const codes = await db
      .select({ subject: challengeTable.subject })
      .from(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, 'recovery.code'),
          eq(challengeTable.createdAtMs, world.nowMs()),
        ),
      );
    expect(codes).toEqual([{ subject: theirs.token.split('.')[0] }]);
    await reset({ code: theirs.code }, world.ctx(), theirs.token);
  });

  test('forged, foreign and expired cookies are told only that nothing has begun', async () => {
    const [id = '', secret = ''] = token.split('.');
    const theirs = await identifyAs(world.ctx(), other);
    const forged = [null, '', `${id}.`, `${id}.${theirs.split('.')[1]}`, `x.${secret}`];
    for (const cookie of forged) {
      expect(await refusalOf(reset({}, world.ctx(), cookie))).toEqual(notStarted);
    }
    await expectUnchanged();
    world.advance(30 * minute);
    expect(await refusalOf(reset())).toEqual(notStarted);
  });

  test("somebody else's code proves nothing", async () => {
    const theirs = await recoverUntilCode(world, other);
    const refused = refusalOf(reset({ code: theirs.code }));
    expect(theirs.code === code ? null : await refused).toEqual({
      code: 'code.wrong',
      triesLeft: 4,
    });
  });

  test('before a code was sent there is none to be right', async () => {
    const begun = await identifyAs(world.ctx(), citizen);
    expect(await refusalOf(reset({}, world.ctx(), begun))).toEqual({ code: 'code.expired' });
    await expectUnchanged();
  });
});

describe('T-PWD-03: a password that is refused', () => {
  test.for([
    [
      { code: '12345', password: 'abc' },
      { code: 'code.format', password: 'password.too_short' },
    ],
    [{ passwordAgain: 'Zhuye-47*stonf' }, { passwordAgain: 'password.mismatch' }],
    [{ password: 'Password1!', passwordAgain: 'Password1!' }, { password: 'password.common' }],
  ] as const)('%j costs no try: %j', async ([change, fields]) => {
    expect(await refusalOf(reset(change))).toEqual({ code: 'input.invalid', fields });
    expect(await triesLeft()).toBe(5);
    await expectUnchanged();
  });

  test.for<[string, string]>([
    ['the number', 'Aa-199508*15'],
    ['the birth date', 'Ab-1995*0815yz'],
    ['the mobile', 'Ab-1990000*0001'],
    ['the mail address', 'Someone-82*'],
  ])(
    'made from %s is refused after the code, as often as it is sent; the code keeps its tries',
    async ([, made]) => {
      const { refused } = await atOnce(6, () => reset({ password: made, passwordAgain: made }));
      const again = await refusalOf(reset({ password: made, passwordAgain: made }));
      expect([...refused, again]).toContainEqual({
        code: 'input.invalid',
        fields: { password: 'password.personal' },
      });
      expect(await triesLeft()).toBe(5);
      await expectUnchanged();
      await reset();
      expect(await isHeld(await opens(newPassword))).toBe(true);
    },
  );

  test('X-03: with a wrong code nothing is told of what the password is made from', async () => {
    const made = { password: 'Ab-1995*0815yz', passwordAgain: 'Ab-1995*0815yz' };
    expect(await refusalOf(reset({ ...made, code: wrong(1) }))).toEqual({
      code: 'code.wrong',
      triesLeft: 4,
    });
  });
});

describe('T-REG-12: the code has five tries in five minutes', () => {
  test('wrong, it tells how many are left; after the fifth the right one is not looked at', async () => {
    for (const left of [4, 3, 2, 1]) {
      expect(await refusalOf(reset({ code: wrong(left) }))).toEqual({
        code: 'code.wrong',
        triesLeft: left,
      });
    }
    expect(await refusalOf(reset({ code: wrong(9) }))).toEqual({ code: 'code.tries_used_up' });
    expect(await refusalOf(reset())).toEqual({ code: 'code.tries_used_up' });
    await expectUnchanged();
  });

  test('X-02: of 50 wrong ones at once at most 5 are compared', async () => {
    const { db } = world.ctx();
    const [row] = await db
      .select({ hash: challengeTable.secretHash })
      .from(challengeTable)
      .where(eq(challengeTable.subject, token.split('.')[0] ?? ''));
    let compared = 0;
    const { refused } = await atOnce(50, (index) => {
      const ctx = world.ctx();
      const equal = (a: string, b: string) => {
        if (a === row?.hash) compared += 1;
        return ctx.crypto.equal(a, b);
      };
      return reset({ code: wrong(index + 1) }, { ...ctx, crypto: { ...ctx.crypto, equal } });
    });
    expect(compared).toBe(5);
    expect(codesOf(refused)).toEqual({ 'code.wrong': 4, 'code.tries_used_up': 46 });
  });

  test('it is good for five minutes, and void when a new one was sent', async () => {
    world.advance(minute);
    await askForRecoveryCode(world.ctx(), token);
    const next = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    const refused = await refusalOf(reset({ code: next === code ? wrong(1) : code }));
    expect(refused).toEqual({ code: 'code.wrong', triesLeft: 4 });
    world.advance(5 * minute - 1);
    expect((await refusalOf(reset({ code: next === code ? wrong(1) : code }))).code).toBe(
      'code.wrong',
    );
    world.advance(1);
    expect(await refusalOf(reset({ code: next }))).toEqual({ code: 'code.expired' });
    await expectUnchanged();
  });
});

describe('X-02: at once', () => {
  test('of 8 right ones exactly one succeeds, and its password is the one that counts', async () => {
    const passwords = Array.from({ length: 8 }, (_, index) => `Zhuye-4${index}*stone`);
    const { done, refused } = await atOnce(8, async (index) => {
      const typed = passwords[index] ?? '';
      await reset({ password: typed, passwordAgain: typed });
      return typed;
    });
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(7);
    const told = new Set(['code.expired', 'code.tries_used_up', 'recovery.not_started']);
    expect(refused.filter((refusal) => !told.has(refusal.code))).toEqual([]);
    expect(await isHeld(await opens(done[0] ?? ''))).toBe(true);
  });

  test('of two tabs with two recoveries one wins, and the other is told', async () => {
    world.advance(minute);
    const second = await recoverUntilCode(world, citizen);
    const tabs = [
      { cookie: token, code, password: 'Zhuye-47*first' },
      { cookie: second.token, code: second.code, password: 'Zhuye-47*later' },
    ];
    const { done, refused } = await atOnce(2, async (index) => {
      const tab = tabs[index];
      const typed = tab?.password ?? '';
      const change = { code: tab?.code ?? '', password: typed, passwordAgain: typed };
      await reset(change, world.ctx(), tab?.cookie ?? null);
      return typed;
    });
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(1);
    expect(['code.expired', 'recovery.not_started', 'request.stale']).toContain(refused[0]?.code);
    expect(await isHeld(await opens(done[0] ?? ''))).toBe(true);
  });

  test('a change of the account meanwhile is not written over; the code stays good', async () => {
    const ctx = world.ctx();
    const [account] = await ctx.db
      .select(accountRow)
      .from(accountTable)
      .where(eq(accountTable.id, accountId()));
    if (account === undefined) throw new Error('there is no account');
    const hasher = {
      ...ctx.hasher,
      hash: async (typed: string) => {
        await saveProfile(world.ctx(), { ...signedIn, account }, profileAnswersOf(citizen));
        return ctx.hasher.hash(typed);
      },
    };
    expect(await refusalOf(reset({}, { ...ctx, hasher }))).toEqual({ code: 'request.stale' });
    await expectUnchanged();
    await reset();
    expect(await isHeld(await opens(newPassword))).toBe(true);
  });
});

describe('without a database', () => {
  test('it is service.unavailable, and the code is good afterwards', async () => {
    expect(await refusalOf(reset({}, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    expect(await triesLeft()).toBe(5);
    await reset();
  });

  test('from the middle on, nothing has changed', async () => {
    const ctx = world.ctx();
    const session = await opens(testPassword);
    const down = withoutDatabase(world.ctx());
    // The database goes away while the password is hashed.
    const hasher = {
      ...ctx.hasher,
      hash: (typed: string) => {
        Object.assign(ctx.db, { batch: down.db.batch.bind(down.db) });
        return ctx.hasher.hash(typed);
      },
    };
    expect(await refusalOf(reset({}, { ...ctx, hasher }))).toEqual({ code: 'service.unavailable' });
    expect(await isHeld(session)).toBe(true);
    expect(await triesLeft()).toBe(5);
    await expectUnchanged();
    await reset();
    expect(await isHeld(session)).toBe(false);
  });
});

test('X-08: a recovery is forgotten when its half hour is over, and not a millisecond before', async () => {
  const { db } = world.ctx();
  const left = () => db.$count(recoveryTable, eq(recoveryTable.id, token.split('.')[0] ?? ''));
  world.advance(30 * minute);
  await clearExpired(world.ctx());
  expect(await left()).toBe(1);
  world.advance(1);
  await clearExpired(world.ctx());
  expect(await left()).toBe(0);
});

test('X-01: nothing personal and no secret of a recovery is stored in plain', async () => {
  const half = await recoverUntilCode(world, other);
  await refusalOf(identifyAs(world.ctx(), { ...other, name: '古丽·买买江' }));
  await reset();
  const personal = [
    ...[citizen, other].flatMap(({ number, name, mobile }) => [number, name, mobile]),
    '古丽·买买江',
    newPassword,
    token.split('.')[1] ?? '',
    half.token.split('.')[1] ?? '',
    '203.0.113.7',
  ];
  const texts = await storedTexts(world);
  const bytes = await storedBytes(world);
  for (const datum of personal) {
    expect(datum.length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes(datum))).toEqual([]);
    expect(bytes.includes(datum)).toBe(false);
  }
  // Six digits may stand in a hash by chance; as a whole value a code stands nowhere.
  for (const secret of [code, half.code]) {
    expect(texts.filter((text) => text.endsWith(`: ${secret}`))).toEqual([]);
  }
  // What is not personal is found, so the scan does look.
  expect(texts.some((text) => text.includes('recovery.password_reset'))).toBe(true);
  expect(bytes.includes('recovery.password_reset')).toBe(true);
});

test('T-PWD-03: of a hundred resets at once by one code as many are hashed as the code has tries', async () => {
  const { counts, ctx } = countHashes(world.ctx());
  const { done } = await atOnce(100, () => reset({}, ctx));
  expect(done).toHaveLength(1);
  expect(counts.hashed).toBe(5);
});
