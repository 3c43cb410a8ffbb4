import { accountTable, allowanceTable } from '@shiming/db';
import type { GatewayMode } from '@shiming/sandbox';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withLateGateway } from '../testing/late-gateway.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import {
  askForCode,
  askForRecoveryCode,
  citizenNamed,
  identifyAs,
  register,
  registerUntilContact,
} from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestTickets, useUpTickets } from '../testing/tickets.ts';
import { createTestWorld, noonMs, testPassword, type TestWorld } from '../testing/world.ts';
import { recoveryValidMs } from './begun.ts';
import { currentRecovery } from './current.ts';
import { resetPassword } from './reset-password.ts';
import { sendRecoveryCode } from './send-code.ts';

const minute = 60_000;
const dayMs = 24 * 60 * minute;
let world: TestWorld;
let token: string;
beforeAll(async () => {
  world = await createTestWorld({ vendorTimeoutMs: 200 });
  await register(world, citizen);
});
afterAll(() => world.close());
// Noon of a day of which nothing was used, with everything working.
beforeEach(async () => {
  world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs));
  world.sandbox.reset();
  // Each sets the same password again.
  await world.ctx().db.update(accountTable).set({ formerPasswordHashes: [] });
  token = await identifyAs(world.ctx(), citizen);
});

const citizen = citizenNamed('林知远');
const { mobile } = citizen;
const notStarted = { code: 'recovery.not_started' };
const send = (ticket: string, ctx = world.ctx(), cookie: string | null = token) =>
  sendRecoveryCode(ctx, cookie, { ticket });
const ask = async (ctx: Ctx) => send(await giveTestTicket(ctx, 'recover'), ctx);
const sent = () => world.sandbox.phone.messages(mobile).length;
const counted = () =>
  world
    .ctx()
    .db.$count(
      allowanceTable,
      and(
        eq(allowanceTable.kind, 'sms'),
        eq(allowanceTable.isCounted, true),
        eq(allowanceTable.atMs, world.nowMs()),
      ),
    );

/** 50 browsers behind 50 addresses ask for a code at the same moment, each for one of the recoveries. */
async function manyAtOnce(change: (ctx: Ctx) => Ctx, tokens = [token]) {
  const visitors = Array.from({ length: 50 }, (_, index) =>
    change(world.ctx({ visitor: { deviceId: `crowd-${index}`, address: `198.51.100.${index}` } })),
  );
  const tickets = await giveTestTickets(visitors, 'recover');
  return atOnce(50, (index) =>
    send(tickets[index] ?? '', visitors[index], tokens[index % tokens.length]),
  );
}

describe('T-PWD-03: the code of a recovery', () => {
  test('goes to the number of the account, which is shown masked', async () => {
    expect(await currentRecovery(world.ctx(), token)).toMatchObject({
      maskedMobile: '199*****01',
      code: null,
      remainingToday: 3,
    });
    const times = { expiresAtMs: world.nowMs() + 5 * minute, nextAtMs: world.nowMs() + minute };
    const { outcome, ...answered } = await askForRecoveryCode(world.ctx(), token);
    expect(outcome).toBe('sent');
    expect(answered).toEqual(await currentRecovery(world.ctx(), token));
    expect(world.sandbox.phone.lastCode(mobile)).toMatch(/^\d{6}$/);
    expect(await currentRecovery(world.ctx(), token)).toMatchObject({
      maskedMobile: '199*****01',
      code: { ...times, triesLeft: 5 },
      remainingToday: 2,
    });
  });

  test('a recovery does not end before the code that was sent in its last minute', async () => {
    world.advance(recoveryValidMs - minute);
    await askForRecoveryCode(world.ctx(), token);
    const code = world.sandbox.phone.lastCode(mobile) ?? '';
    world.advance(5 * minute - 1);
    expect((await currentRecovery(world.ctx(), token))?.code).not.toBeNull();
    const password = { password: testPassword, passwordAgain: testPassword };
    await resetPassword(world.ctx(), token, { code, ...password });
  });

  test('without a recovery, or with a forged cookie, nothing is sent and no ticket is spent', async () => {
    const other = await identifyAs(world.ctx(), citizen);
    const [id = '', secret = ''] = token.split('.');
    const forged = [
      null,
      '',
      id,
      `${id}.`,
      `${id}.${'A'.repeat(secret.length)}`,
      `${id}.${other.split('.')[1]}`,
      "' or 1=1 --.x",
    ];
    const ticket = await giveTestTicket(world.ctx(), 'recover');
    for (const cookie of forged) {
      expect(await refusalOf(send(ticket, world.ctx(), cookie))).toEqual(notStarted);
      expect(await currentRecovery(world.ctx(), cookie)).toBeNull();
    }
    expect(sent()).toBe(0);
    expect(await send(ticket)).toMatchObject({ outcome: 'sent' });
  });

  test('a recovery is good for half an hour', async () => {
    world.advance(30 * minute - 1);
    expect(await currentRecovery(world.ctx(), token)).not.toBeNull();
    world.advance(1);
    expect(await currentRecovery(world.ctx(), token)).toBeNull();
    expect(await refusalOf(askForRecoveryCode(world.ctx(), token))).toEqual(notStarted);
    expect(sent()).toBe(0);
  });

  test.for([
    ['that was spent', 'recover', {}],
    ['of another purpose', 'register', {}],
    ['of another browser', 'recover', { deviceId: 'device-2' }],
  ] as const)(
    'T-REG-11: with a ticket %s no code is sent and nothing is counted',
    async ([what, purpose, visitor]) => {
      const ticket = await giveTestTicket(world.ctx({ visitor }), purpose);
      const isSpent = what === 'that was spent';
      if (isSpent) {
        await send(ticket);
        await useUpTickets(world.ctx());
        world.advance(minute);
      }
      expect(await refusalOf(send(ticket))).toEqual({ code: 'puzzle.ticket_refused' });
      expect(sent()).toBe(isSpent ? 1 : 0);
      expect(await counted()).toBe(0);
    },
  );

  test('a second one within 60 s is refused until exactly 60 s after the first', async () => {
    await askForRecoveryCode(world.ctx(), token);
    const refusal = { code: 'code.too_soon', retryAtMs: world.nowMs() + minute };
    world.advance(minute - 1);
    expect(await refusalOf(askForRecoveryCode(world.ctx(), token))).toEqual(refusal);
    world.advance(1);
    expect(await askForRecoveryCode(world.ctx(), token)).toMatchObject({ remainingToday: 1 });
    expect(sent()).toBe(2);
  });
});

describe('X-02, T-REG-12: three a day for one number', () => {
  test('codes of registrations and of recoveries count together', async () => {
    const resumesAtMs = world.nowMs() + dayMs / 2;
    const registration = await registerUntilContact(world.ctx(), citizen);
    await askForCode(world.ctx(), registration, mobile);
    const tooSoon = { code: 'code.too_soon', retryAtMs: world.nowMs() + minute };
    expect(await refusalOf(askForRecoveryCode(world.ctx(), token))).toEqual(tooSoon);
    expect(await currentRecovery(world.ctx(), token)).toMatchObject({ remainingToday: 2 });
    world.advance(minute);
    expect(await askForRecoveryCode(world.ctx(), token)).toMatchObject({ remainingToday: 1 });
    world.advance(minute);
    expect(await askForRecoveryCode(world.ctx(), token)).toMatchObject({ remainingToday: 0 });
    world.advance(minute);
    const limited = { code: 'code.day_limit', limit: 3, resumesAtMs };
    expect(await refusalOf(askForRecoveryCode(world.ctx(), token))).toEqual(limited);
    expect(await refusalOf(askForCode(world.ctx(), registration, mobile))).toEqual(limited);
    expect(await currentRecovery(world.ctx(), token)).toMatchObject({ remainingToday: 0 });
    expect(sent()).toBe(3);
  });

  test('50 at once, over three recoveries of one account, send one', async () => {
    const tokens = [token, await identifyAs(world.ctx(), citizen)];
    tokens.push(await identifyAs(world.ctx(), citizen));
    const { done, refused } = await manyAtOnce((ctx) => ctx, tokens);
    expect(done).toHaveLength(1);
    expect(codesOf(refused)).toEqual({ 'code.too_soon': 49 });
    expect(sent()).toBe(1);
  });

  test('without the gap, 50 at once send exactly what is left of 3', async () => {
    await askForRecoveryCode(world.ctx(), token);
    world.advance(minute);
    const { done, refused } = await manyAtOnce((ctx) => ({
      ...ctx,
      portal: {
        ...ctx.portal,
        codes: { ...ctx.portal.codes, sms: { ...ctx.portal.codes.sms, gapMs: 0 } },
      },
    }));
    expect(done).toHaveLength(2);
    expect(codesOf(refused)).toEqual({ 'code.day_limit': 48 });
    expect(sent()).toBe(3);
  });
});

describe('T-REG-12: what the gateway does not take costs nothing', () => {
  test.for([
    ['refusing', 'refused', 0],
    ['down', 'unavailable', 0],
    // It took the message and answered too late: it may have arrived, and here it has.
    ['slow', 'unavailable', 1],
  ] as const satisfies readonly (readonly [GatewayMode, string, number])[])(
    'a gateway that is %s: the outcome is %s, all three are left and another may be asked for at once',
    async ([mode, outcome, messages]) => {
      world.sandbox.gateway('aliyun').setMode(mode);
      const answer = await askForRecoveryCode(world.ctx(), token);
      expect(answer).toMatchObject({ outcome, remainingToday: 3, code: null });
      expect(sent()).toBe(messages);
      expect(await counted()).toBe(0);
      expect(await currentRecovery(world.ctx(), token)).toMatchObject({
        code: null,
        remainingToday: 3,
      });
      world.sandbox.gateway('aliyun').setMode('working');
      expect(await askForRecoveryCode(world.ctx(), token)).toMatchObject({
        outcome: 'sent',
        remainingToday: 2,
      });
      const code = world.sandbox.phone.lastCode(mobile) ?? '';
      const password = { password: testPassword, passwordAgain: testPassword };
      await resetPassword(world.ctx(), token, { code, ...password });
    },
  );

  test('a late refusal of one code leaves the code that was asked for since good', async () => {
    const late = withLateGateway(world.ctx());
    const first = ask(late.ctx);
    await late.asked;
    world.advance(minute);
    await ask(world.ctx());
    late.refuse();
    expect(await first).toMatchObject({ outcome: 'refused' });
    expect((await currentRecovery(world.ctx(), token))?.code).not.toBeNull();
  });

  test('without a database nothing is sent, and the ticket is good afterwards', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'recover');
    expect(await refusalOf(send(ticket, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    expect(sent()).toBe(0);
    const answer = await send(ticket);
    expect(answer).toMatchObject({ outcome: 'sent', recovery: { remainingToday: 2 } });
  });
});
