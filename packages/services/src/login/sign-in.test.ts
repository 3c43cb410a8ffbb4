import { Buffer } from 'node:buffer';
import { argon2Sync } from 'node:crypto';
import { accountTable, allowanceTable, auditTable } from '@shiming/db';
import { checkCharacter } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, Visitor } from '../context.ts';
import { resetPassword } from '../recovery/reset-password.ts';
import { authenticate } from '../session/session.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { citizenNamed, recoverUntilCode, register, signInAs } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { newRowsBy } from '../testing/storage.ts';
import { giveTestTicket, giveTestTickets, giveTestWork } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, testPassword, type TestWorld } from '../testing/world.ts';
import { blindIndex } from '../vault/vault.ts';
import { signIn } from './sign-in.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await createTestWorld();
  await register(world, citizen);
});
afterAll(() => world.close());
// Two hours later every window is empty again.
beforeEach(() => world.advance(2 * 3_600_000));

const citizen = citizenNamed('林知远');
const { number } = citizen;
const wrongPassword = 'Lanhua-83*river';
const minute = 60_000;

/** A request whose hasher counts, and knows the password without the cost of a hash. */
function watched(visitor: Partial<Visitor> = {}) {
  const ctx = world.ctx({ visitor });
  const calls = { verify: 0, hash: 0 };
  const hasher: Ctx['hasher'] = {
    decoy: ctx.hasher.decoy,
    verify: (password, stored) => {
      calls.verify += 1;
      const isRight = password === testPassword && stored !== ctx.hasher.decoy;
      return Promise.resolve({ isRight, isOutdated: false });
    },
    hash: (password) => {
      calls.hash += 1;
      return ctx.hasher.hash(password);
    },
  };
  return { ctx: { ...ctx, hasher }, calls };
}

const attempt = async (password: string, visitor: Partial<Visitor> = {}, as = number) =>
  signInAs(watched(visitor).ctx, as, password);
const fail = async (visitor: Partial<Visitor> = {}, as = number) => {
  expect(await refusalOf(attempt(wrongPassword, visitor, as))).toMatchObject({
    code: 'login.refused',
  });
};
/** Five failures from one place: three, the pause, and two more. Ends 20 s after it began. */
async function failFiveTimes(visitor: Partial<Visitor> = {}) {
  for (let count = 0; count < 3; count += 1) await fail(visitor);
  world.advance(20_000);
  for (let count = 0; count < 2; count += 1) await fail(visitor);
}
const indexOf = async (as: string) => blindIndex(world.ctx(), 'number', as);
const base64 = (data: Buffer) => data.toString('base64').replaceAll('=', '');

/** What a wrong password is answered with, and what work that was. */
const observe = async (as: string) => {
  const { ctx, calls } = watched();
  const ticket = await giveTestTicket(ctx, 'login');
  const before = ctx.db.meter.roundTrips;
  const typed = { name: as, password: wrongPassword, ticket };
  const { result: refused, rows } = await newRowsBy(world, () => refusalOf(signIn(ctx, typed)));
  return {
    refused: JSON.stringify(refused),
    roundTrips: ctx.db.meter.roundTrips - before,
    rows,
    calls,
  };
};

/** A made-up number over a county code that does not exist. */
function unknownNumber(index: number): string {
  const seventeen = `11019919700101${String(100 + index)}`;
  return `${seventeen}${checkCharacter(seventeen)}`;
}

const parametersOf = (stored: string | null | undefined) => stored?.split('$').slice(1, 4);

describe('T-LOG-01: number, password and puzzle', () => {
  test('sign in, with the real hash; the session is one and the device is marked', async () => {
    const { sessionToken, deviceMark } = await signInAs(world.ctx(), number, testPassword);
    expect(await authenticate(world.ctx(), sessionToken)).not.toBeNull();
    expect(deviceMark).toMatch(/^[\w-]{43}$/);
    expect(await refusalOf(signInAs(world.ctx(), number, wrongPassword))).toMatchObject({
      code: 'login.refused',
    });
  });

  test('the number may be typed with spaces and in full-width', async () => {
    expect((await attempt(testPassword, {}, '１１０１９９ 19950815 0119')).sessionToken).not.toBe(
      '',
    );
  });

  test.for([
    ['', testPassword, { name: 'document_number.missing' }],
    ['hello', testPassword, { name: 'document_number.format' }],
    ['110199199508150118', testPassword, { name: 'document_number.check_digit' }],
    [number, '', { password: 'password.missing' }],
  ] as const)(
    '"%s" is refused at its field, before any ticket is spent',
    async ([as, pw, fields]) => {
      const { ctx, calls } = watched();
      const ticket = await giveTestTicket(ctx, 'login');
      const refused = refusalOf(signIn(ctx, { name: as, password: pw, ticket }));
      expect(await refused).toEqual({ code: 'input.invalid', fields });
      expect(calls.verify).toBe(0);
      await signIn(ctx, { name: number, password: testPassword, ticket });
    },
  );

  test.for(['none', 'spent', 'of another purpose', 'of another browser'])(
    'T-REG-11: with a ticket that is %s no password is looked at and no failure counted',
    async (kind) => {
      const { ctx, calls } = watched();
      const from = kind === 'of another browser' ? watched({ deviceId: 'device-2' }).ctx : ctx;
      const purpose = kind === 'of another purpose' ? 'register' : 'login';
      const ticket = kind === 'none' ? '' : await giveTestTicket(from, purpose);
      if (kind === 'spent') await signIn(ctx, { name: number, password: testPassword, ticket });
      const before = { ...calls };
      for (let count = 0; count < 6; count += 1) {
        const refused = refusalOf(signIn(ctx, { name: number, password: wrongPassword, ticket }));
        expect(await refused).toEqual({ code: 'puzzle.ticket_refused' });
      }
      expect(calls).toEqual(before);
      await attempt(testPassword);
    },
  );

  test('a replay of a whole sign-in makes no second session', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'login');
    const input = { name: number, password: testPassword, ticket };
    const { done, refused } = await atOnce(8, () => signIn(watched().ctx, input));
    expect(done).toHaveLength(1);
    expect(refused).toHaveLength(7);
  });

  test('without a database it is service.unavailable', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'login');
    const ctx = withoutDatabase(world.ctx());
    const refused = refusalOf(signIn(ctx, { name: number, password: testPassword, ticket }));
    expect(await refused).toEqual({ code: 'service.unavailable' });
  });

  test('a hash with outdated parameters is made anew, and the password stays', async () => {
    const { db } = world.ctx();
    const [before] = await db.select().from(accountTable);
    const salt = Buffer.from('made-up salt 123');
    const hash = argon2Sync('argon2id', {
      message: testPassword,
      nonce: salt,
      memory: 8,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    });
    const outdated = `$argon2id$v=19$m=8,t=1,p=1$${base64(salt)}$${base64(hash)}`;
    await db.update(accountTable).set({ passwordHash: outdated });
    await signInAs(world.ctx(), number, testPassword);
    const [after] = await db.select().from(accountTable);
    expect(parametersOf(after?.passwordHash)).toEqual(parametersOf(before?.passwordHash));
    expect(after?.passwordHash).not.toBe(before?.passwordHash);
    await signInAs(world.ctx(), number, testPassword);
    const [again] = await db.select().from(accountTable);
    expect(again?.passwordHash).toBe(after?.passwordHash);
  });
});

describe('X-03: an account that does not exist', () => {
  test('is answered like a wrong password, for the same work', async () => {
    const known = await observe(number);
    expect(known).toEqual({
      refused: '{"code":"login.refused","triesLeft":4}',
      roundTrips: 2,
      rows: { allowance: 6, audit: 1 },
      calls: { verify: 1, hash: 0 },
    });
    expect(await observe(unknownNumber(1))).toEqual(known);
    // A permit whose number nobody has.
    expect(await observe('H99999999')).toEqual(known);
  });

  test('is locked after as many failures as one that does', async () => {
    const as = unknownNumber(2);
    const startMs = world.nowMs();
    await failFiveTimes({});
    const known = await refusalOf(attempt(wrongPassword));
    world.advance(2 * 3_600_000);
    const laterMs = world.nowMs();
    for (let count = 0; count < 3; count += 1) await fail({}, as);
    world.advance(20_000);
    for (let count = 0; count < 2; count += 1) await fail({}, as);
    const unknown = await refusalOf(attempt(wrongPassword, {}, as));
    expect(known).toEqual({ code: 'login.locked', retryAtMs: startMs + 15 * minute });
    expect(unknown).toEqual({ code: 'login.locked', retryAtMs: laterMs + 15 * minute });
  });

  test('leaves no trace that tells whether there is one', async () => {
    await fail();
    await fail({}, unknownNumber(3));
    const { db } = world.ctx();
    const rows = await db
      .select({ accountId: auditTable.accountId, facts: auditTable.facts })
      .from(auditTable)
      .where(and(eq(auditTable.action, 'login.refused'), eq(auditTable.atMs, world.nowMs())));
    expect(rows).toEqual([
      { accountId: null, facts: '{}' },
      { accountId: null, facts: '{}' },
    ]);
  });
});

describe('等保 L3 8.1.4.1 b: failures are limited', () => {
  test('after three in a row there is a pause of 20 s, in which the right password is not looked at', async () => {
    const startMs = world.nowMs();
    for (let count = 0; count < 3; count += 1) await fail();
    const paused = { code: 'login.locked', retryAtMs: startMs + 20_000 };
    expect(await refusalOf(attempt(testPassword))).toEqual(paused);
    world.advance(19_999);
    expect(await refusalOf(attempt(testPassword))).toEqual(paused);
    world.advance(1);
    expect((await attempt(testPassword)).sessionToken).not.toBe('');
  });

  test('after five in a quarter of an hour it is locked until the first of them is a quarter old', async () => {
    const startMs = world.nowMs();
    await failFiveTimes();
    const locked = { code: 'login.locked', retryAtMs: startMs + 15 * minute };
    expect(await refusalOf(attempt(testPassword))).toEqual(locked);
    world.advance(startMs + 15 * minute - 1 - world.nowMs());
    expect(await refusalOf(attempt(testPassword))).toEqual(locked);
    world.advance(1);
    expect((await attempt(testPassword)).sessionToken).not.toBe('');
  });

  test('a refusal because of the lock does not make the lock longer', async () => {
    const startMs = world.nowMs();
    await failFiveTimes();
    for (let count = 0; count < 10; count += 1) {
      world.advance(minute);
      expect((await refusalOf(attempt(wrongPassword))).code).toBe('login.locked');
    }
    world.advance(startMs + 15 * minute - world.nowMs());
    await attempt(testPassword);
  });

  test('a success gives the failures back', async () => {
    for (let round = 0; round < 4; round += 1) {
      await fail();
      await fail();
      await attempt(testPassword);
    }
    const { db } = world.ctx();
    const given = await db.$count(
      allowanceTable,
      and(
        eq(allowanceTable.kind, 'login'),
        eq(allowanceTable.atMs, world.nowMs()),
        eq(allowanceTable.isCounted, true),
      ),
    );
    expect(given).toBe(0);
  });

  test('X-02: of 50 wrong passwords at once at most three are looked at', async () => {
    const visitors = Array.from({ length: 50 }, () => watched());
    const tickets = await giveTestTickets(
      visitors.map(({ ctx }) => ctx),
      'login',
    );
    const { refused } = await atOnce(50, (index) =>
      signIn(visitors[index]?.ctx ?? world.ctx(), {
        name: number,
        password: wrongPassword,
        ticket: tickets[index] ?? '',
      }),
    );
    expect(codesOf(refused)).toEqual({ 'login.refused': 3, 'login.locked': 47 });
    expect(visitors.reduce((sum, { calls }) => sum + calls.verify, 0)).toBe(3);
  });

  test('from one address 400 in a quarter of an hour, over all accounts: of 40 at once, with 380 used, 20', async () => {
    const startMs = world.nowMs();
    await useUpOf(world, 'login.address', { address: '192.0.2.9' }, 380);
    const visitors = Array.from({ length: 40 }, () => watched({ address: '192.0.2.9' }).ctx);
    const tickets = await giveTestTickets(visitors, 'login');
    const { refused } = await atOnce(40, (index) =>
      signIn(visitors[index] ?? world.ctx(), {
        name: unknownNumber(100 + index),
        password: wrongPassword,
        ticket: tickets[index] ?? '',
      }),
    );
    expect(codesOf(refused)).toEqual({ 'login.refused': 20, 'request.too_many': 20 });
    expect(refused.find(({ code }) => code === 'request.too_many')).toEqual({
      code: 'request.too_many',
      retryAtMs: startMs + 15 * minute,
    });
  });
});

const left = async (as: string) => {
  const refusal = await refusalOf(attempt(wrongPassword, {}, as));
  return refusal.code === 'login.refused' ? refusal.triesLeft : refusal.code;
};

test('T-LOG-01: how many tries are left is told before the lock, the same for an account that does not exist', async () => {
  for (const as of [number, unknownNumber(7)]) {
    const told: unknown[] = [];
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      told.push(await left(as));
      world.advance(20_001);
    }
    expect(told).toEqual([4, 3, 2, 1, 0, 'login.locked']);
  }
});

const ofOneNetwork = (index: number) => `198.51.100.${index}`;
const ofSchool = (index: number) => `198.19.7.${index}`;
const ofHousehold = (index: number) => `2409:8a00:1:${index}::/64`;
const ofItsOwnNetwork = (index: number) => `198.18.${index}.1`;

/** So many tries at once, each from an address of its own. */
const fromAllOver = async (
  count: number,
  isHeavy: boolean,
  as = number,
  addressOf = ofOneNetwork,
) => {
  const visitors = Array.from({ length: count }, (_, index) =>
    watched({ address: addressOf(index), deviceId: `stranger-${index}` }),
  );
  const tickets: string[] = [];
  for (const { ctx } of visitors) {
    tickets.push(await (isHeavy ? giveTestWork(ctx, 'login', true) : giveTestTicket(ctx, 'login')));
  }
  const { refused } = await atOnce(count, (index) =>
    signIn(visitors[index]?.ctx ?? world.ctx(), {
      name: as,
      password: wrongPassword,
      ticket: tickets[index] ?? '',
    }),
  );
  const verified = visitors.reduce((sum, { calls }) => sum + calls.verify, 0);
  return { codes: codesOf(refused), verified };
};
const payHeavily = async (visitor: Partial<Visitor>, password = testPassword) => {
  const { ctx } = watched(visitor);
  return signIn(ctx, { name: number, password, ticket: await giveTestWork(ctx, 'login', true) });
};

describe('a stranger cannot lock somebody out', () => {
  test('failures elsewhere leave a device that has signed in before, and another address, free', async () => {
    const { deviceMark } = await attempt(testPassword);
    await failFiveTimes({ address: '198.51.100.66', deviceId: 'device-9' });
    const stranger = attempt(testPassword, { address: '198.51.100.66', deviceId: 'device-9' });
    expect((await refusalOf(stranger)).code).toBe('login.locked');
    // Even behind the same address.
    await attempt(testPassword, { address: '198.51.100.66', deviceMarks: [deviceMark] });
    await attempt(testPassword, { address: '198.51.100.67' });
  });

  test('after 30 failures an hour from all over a stranger’s try takes heavy work, and a known device’s does not', async () => {
    const { deviceMark } = await attempt(testPassword);
    expect(await fromAllOver(50, false)).toEqual({
      codes: { 'login.refused': 30, 'puzzle.work_required': 20 },
      verified: 30,
    });
    const newDevice = { address: '192.0.2.200', deviceId: 'device-new' };
    const light = attempt(testPassword, newDevice);
    expect(await refusalOf(light)).toEqual({ code: 'puzzle.work_required' });
    await attempt(testPassword, { deviceMarks: [deviceMark] });
    expect((await payHeavily(newDevice)).sessionToken).not.toBe('');
  });

  const newDevice = { address: '192.0.2.201', deviceId: 'device-of-the-holder' };

  test('after 60 whoever fills a network with failures is locked, and the holder on a new device pays and signs in', async () => {
    const startMs = world.nowMs();
    await useUpOf(world, 'login.strangers', { subject: await indexOf(number) }, 55);
    expect(await fromAllOver(10, true)).toEqual({
      codes: { 'login.refused': 5, 'login.strangers_locked': 5 },
      verified: 5,
    });
    const attacker = payHeavily({ address: '198.51.100.200', deviceId: 'device-of-another' });
    expect(await refusalOf(attacker)).toEqual({
      code: 'login.strangers_locked',
      retryAtMs: startMs + 60 * minute,
    });
    for (const typed of ['Nearly-Right-1', 'Nearly-Right-2']) {
      world.advance(21_000);
      expect(await refusalOf(payHeavily(newDevice, typed))).toMatchObject({
        code: 'login.refused',
      });
    }
    world.advance(21_000);
    expect((await payHeavily(newDevice)).sessionToken).not.toBe('');
  });

  test('a network has three tries a day once strangers have failed often, however many addresses it has', async () => {
    const subject = await indexOf(number);
    await useUpOf(world, 'login.strangers', { subject }, 60);
    expect((await fromAllOver(8, true, number, ofSchool)).codes).toEqual({
      'login.refused': 3,
      'login.strangers_locked': 5,
    });
    expect((await fromAllOver(8, true, number, ofHousehold)).codes).toEqual({
      'login.refused': 3,
      'login.strangers_locked': 5,
    });
    world.advance(23 * 60 * minute);
    await useUpOf(world, 'login.strangers', { subject }, 60);
    expect((await fromAllOver(2, true, number, ofSchool)).codes).toEqual({
      'login.strangers_locked': 2,
    });
    world.advance(60 * minute);
    await useUpOf(world, 'login.strangers', { subject }, 60);
    expect((await fromAllOver(2, true, number, ofSchool)).codes).toEqual({ 'login.refused': 2 });
  });

  test('the bound on guesses: of 20 at once from 20 networks, with 290 in the hour, 10 are looked at', async () => {
    const startMs = world.nowMs();
    const { deviceMark } = await attempt(testPassword);
    await useUpOf(world, 'login.strangers', { subject: await indexOf(number) }, 290);
    expect(await fromAllOver(20, true, number, ofItsOwnNetwork)).toEqual({
      codes: { 'login.refused': 10, 'login.strangers_locked': 10 },
      verified: 10,
    });
    expect(await refusalOf(payHeavily(newDevice))).toEqual({
      code: 'login.strangers_locked',
      retryAtMs: startMs + 60 * minute,
    });
    await attempt(testPassword, { deviceMarks: [deviceMark] });

    const ctx = world.ctx({ visitor: newDevice });
    const { token, code } = await recoverUntilCode(world, citizen, ctx);
    const answers = { code, password: testPassword, passwordAgain: testPassword };
    const reset = await resetPassword(ctx, token, answers);
    await attempt(testPassword, { ...newDevice, deviceMarks: [reset.deviceMark] });
  });

  test('the price rises for a number without an account as for one with', async () => {
    expect((await fromAllOver(35, false, unknownNumber(7))).codes).toEqual({
      'login.refused': 30,
      'puzzle.work_required': 5,
    });
  });

  test('a mark of another device, another number or a forged one is no mark', async () => {
    const { deviceMark } = await attempt(testPassword);
    const address = '198.51.100.88';
    await failFiveTimes({ address });
    const marks: Partial<Visitor>[] = [
      { deviceMarks: [deviceMark], deviceId: 'device-2' },
      { deviceMarks: [`${deviceMark.slice(0, -1)}_`] },
      { deviceMarks: [''] },
    ];
    for (const visitor of marks) {
      const refused = refusalOf(attempt(testPassword, { ...visitor, address }));
      expect((await refused).code).toBe('login.locked');
    }
  });

  test('a known device has its own five', async () => {
    const { deviceMark } = await attempt(testPassword);
    const startMs = world.nowMs();
    await failFiveTimes({ deviceMarks: [deviceMark] });
    expect(await refusalOf(attempt(testPassword, { deviceMarks: [deviceMark] }))).toEqual({
      code: 'login.locked',
      retryAtMs: startMs + 15 * minute,
    });
  });
});
