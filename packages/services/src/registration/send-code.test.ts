import { allowanceTable, challengeTable, outboxTable } from '@shiming/db';
import { blockedMobile, type GatewayMode } from '@shiming/sandbox';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { withLateGateway } from '../testing/late-gateway.ts';
import { withoutDatabase } from '../testing/outside-down.ts';
import { askForCode, citizenNamed, registerUntilContact, testEmail } from '../testing/people.ts';
import { atOnce, codesOf, refusalOf } from '../testing/refusals.ts';
import { giveTestTicket, giveTestTickets, useUpTickets } from '../testing/tickets.ts';
import { useUpOf } from '../testing/use-up.ts';
import { createTestWorld, documentAnswersOf, noonMs, type TestWorld } from '../testing/world.ts';
import { currentRegistration } from './current.ts';
import { proveContact } from './prove-contact.ts';
import { saveDocument } from './save-document.ts';
import { sendCode } from './send-code.ts';

const vendorTimeoutMs = 200;
const dayMs = 24 * 3_600_000;
let world: TestWorld;
let token: string;
beforeAll(async () => {
  world = await createTestWorld({ vendorTimeoutMs });
  token = await registerUntilContact(world.ctx(), citizen);
});
afterAll(() => world.close());
// Noon of a day of which nothing was used, with everything working, and the registration younger than a day.
beforeEach(async () => {
  world.advance(2 * dayMs - ((world.nowMs() - noonMs) % dayMs));
  world.sandbox.reset();
  token = await registerQuickly(world.ctx());
});

const citizen = citizenNamed('林知远');
const { mobile } = citizen;

/** Up to the page with the contact, without the cost of a password hash. */
function registerQuickly(ctx: Ctx) {
  const hasher = { ...ctx.hasher, hash: () => Promise.resolve(ctx.hasher.decoy) };
  return registerUntilContact({ ...ctx, hasher }, citizen);
}

const send = (ticket: string, ctx = world.ctx(), cookie = token, to = mobile) =>
  sendCode(ctx, cookie, { email: testEmail, mobile: to, ticket });
const sentTo = (number = mobile) => world.sandbox.phone.messages(number).length;
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
const step = async () => (await currentRegistration(world.ctx(), token))?.step;

/** 50 people in 50 browsers behind 50 addresses, each registering with the same mobile number. */
async function crowd(portal = world.ctx().portal) {
  const visitors = Array.from({ length: 50 }, (_, index) => ({
    ...world.ctx({ visitor: { deviceId: `crowd-${index}`, address: `198.51.100.${index}` } }),
    portal,
  }));
  const tokens: string[] = [];
  for (const ctx of visitors) tokens.push(await registerQuickly(ctx));
  return async () => {
    const tickets = await giveTestTickets(visitors, 'register');
    return atOnce(50, (index) =>
      send(tickets[index] ?? '', visitors[index] ?? world.ctx(), tokens[index] ?? ''),
    );
  };
}

describe('T-REG-12: a code by SMS', () => {
  test('arrives, and the page is told until when it is good and how many are left', async () => {
    const { outcome, ...answered } = await askForCode(world.ctx(), token, mobile);
    expect(outcome).toBe('sent');
    expect(answered).toEqual(await currentRegistration(world.ctx(), token));
    expect(world.sandbox.phone.lastCode(mobile)).toMatch(/^\d{6}$/);
    expect(await currentRegistration(world.ctx(), token)).toMatchObject({
      step: 'code',
      contact: { mobile, email: testEmail },
      code: {
        expiresAtMs: world.nowMs() + 300_000,
        nextAtMs: world.nowMs() + 60_000,
        triesLeft: 5,
      },
      remainingToday: 2,
    });
  });

  test('a second one within 60 s is refused until exactly 60 s after the first', async () => {
    await askForCode(world.ctx(), token, mobile);
    const refusal = { code: 'code.too_soon', retryAtMs: world.nowMs() + 60_000 };
    world.advance(59_999);
    expect(await refusalOf(askForCode(world.ctx(), token, mobile))).toEqual(refusal);
    world.advance(1);
    expect(await askForCode(world.ctx(), token, mobile)).toMatchObject({ remainingToday: 1 });
    expect(sentTo()).toBe(2);
  });

  test('the fourth of a day is refused until midnight in Shanghai, whoever asks', async () => {
    const start = world.nowMs();
    for (let count = 0; count < 3; count += 1) {
      await askForCode(world.ctx(), token, mobile);
      world.advance(60_000);
    }
    const resumesAtMs = start + 12 * 3_600_000;
    const refusal = { code: 'code.day_limit', limit: 3, resumesAtMs };
    expect(await refusalOf(askForCode(world.ctx(), token, mobile))).toEqual(refusal);
    const visitor = { deviceId: 'device-2', address: '198.51.100.200' };
    const stranger = world.ctx({ visitor });
    const other = await registerQuickly(stranger);
    expect(await refusalOf(askForCode(stranger, other, mobile))).toEqual(refusal);
    expect(sentTo()).toBe(3);
    world.advance(resumesAtMs - world.nowMs());
    token = await registerQuickly(world.ctx());
    expect(await askForCode(world.ctx(), token, mobile)).toMatchObject({ remainingToday: 2 });
  });

  test('T-REG-09, T-REG-10: bad mail and bad mobile are refused together and cost nothing', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    const bad = sendCode(world.ctx(), token, { email: 'a@b', mobile: '123', ticket });
    expect(await refusalOf(bad)).toEqual({
      code: 'input.invalid',
      fields: { email: 'email.format', mobile: 'mobile.format' },
    });
    expect(await send(ticket)).toMatchObject({
      outcome: 'sent',
      registration: { remainingToday: 2 },
    });
  });

  test('before document and password it is out of order, and the ticket is not spent', async () => {
    const { token: begun } = await saveDocument(world.ctx(), null, documentAnswersOf(citizen));
    const ticket = await giveTestTicket(world.ctx(), 'register');
    expect(await refusalOf(send(ticket, world.ctx(), begun ?? ''))).toEqual({
      code: 'registration.out_of_order',
      step: 'password',
    });
    expect(await send(ticket)).toMatchObject({ outcome: 'sent' });
  });
});

describe('X-02: many at once', () => {
  test('50 at once send one, a minute later one, and three in the whole day', async () => {
    const ask = await crowd();
    const messages: number[] = [];
    for (let minute = 0; minute < 4; minute += 1) {
      const { done, refused } = await ask();
      expect(done.length + refused.length).toBe(50);
      messages.push(sentTo());
      world.advance(60_000);
    }
    expect(messages).toEqual([1, 2, 3, 3]);
  });

  test('without the gap, 50 at once send exactly what is left of 3', async () => {
    const { portal } = world.ctx();
    await askForCode(world.ctx(), token, mobile);
    world.advance(60_000);
    const ask = await crowd({
      ...portal,
      codes: { ...portal.codes, sms: { ...portal.codes.sms, gapMs: 0 } },
    });
    const { done, refused } = await ask();
    expect(done).toHaveLength(2);
    expect(codesOf(refused)).toEqual({ 'code.day_limit': 48 });
    expect(sentTo()).toBe(3);
  });

  test('one person who presses 8 times gets one message', async () => {
    const tickets = await giveTestTickets(
      Array.from({ length: 8 }, () => world.ctx()),
      'register',
    );
    const { done } = await atOnce(8, (index) => send(tickets[index] ?? ''));
    expect(done).toHaveLength(1);
    expect(sentTo()).toBe(1);
  });

  test('one address sends 2,000 an hour, to however many numbers', async () => {
    const ctx = world.ctx({ visitor: { address: '192.0.2.60' } });
    await useUpOf(world, 'sms.address', { address: '192.0.2.60' }, 1_990);
    const tickets = await giveTestTickets(
      Array.from({ length: 11 }, () => ctx),
      'register',
    );
    for (let index = 0; index < 10; index += 1) {
      await send(tickets[index] ?? '', ctx, token, `138000000${10 + index}`);
    }
    expect(await refusalOf(send(tickets[10] ?? '', ctx, token, '13900000000'))).toEqual({
      code: 'request.too_many',
      retryAtMs: world.nowMs() + 3_600_000,
    });
    expect(sentTo('13900000000')).toBe(0);
  });
});

describe('T-REG-11: without a ticket no code is sent and nothing is counted', () => {
  test.for([
    ['that was spent', 'register', {}],
    ['of another purpose', 'login', {}],
    ['of another browser', 'register', { deviceId: 'device-2' }],
  ] as const)('with one %s', async ([what, purpose, visitor]) => {
    const ticket = await giveTestTicket(world.ctx({ visitor }), purpose);
    const isSpent = what === 'that was spent';
    if (isSpent) {
      await send(ticket);
      await useUpTickets(world.ctx());
      world.advance(60_000);
    }
    expect(await refusalOf(send(ticket))).toEqual({ code: 'puzzle.ticket_refused' });
    expect(sentTo()).toBe(isSpent ? 1 : 0);
    expect(await counted()).toBe(0);
    const { db } = world.ctx();
    expect(await db.$count(outboxTable, eq(outboxTable.createdAtMs, world.nowMs()))).toBe(0);
    expect(await db.$count(challengeTable, eq(challengeTable.secretHash, ticket))).toBe(0);
  });
});

describe('T-REG-12: what the gateway does not take costs nothing', () => {
  test.for([
    ['refusing', 'refused', 0],
    ['busy', 'unavailable', 0],
    ['down', 'unavailable', 0],
    ['misconfigured', 'unavailable', 0],
    // It took the message and answered too late: it may have arrived, and here it has.
    ['slow', 'unavailable', 1],
  ] as const satisfies readonly (readonly [GatewayMode, string, number])[])(
    'a gateway that is %s: the outcome is %s, all three are left and another may be asked for at once',
    async ([mode, outcome, messages]) => {
      world.sandbox.gateway('aliyun').setMode(mode);
      const delivery = await askForCode(world.ctx(), token, mobile);
      expect(delivery).toMatchObject({ outcome, remainingToday: 3, code: null, step: 'contact' });
      expect(sentTo()).toBe(messages);
      expect(await counted()).toBe(0);
      expect(await step()).toBe('contact');
      expect(await currentRegistration(world.ctx(), token)).toMatchObject({
        contact: { mobile, email: testEmail },
        code: null,
        remainingToday: 3,
      });
      world.sandbox.gateway('aliyun').setMode('working');
      expect(await askForCode(world.ctx(), token, mobile)).toMatchObject({
        outcome: 'sent',
        remainingToday: 2,
      });
      const code = world.sandbox.phone.lastCode(mobile) ?? '';
      await proveContact(world.ctx(), token, { code });
    },
  );

  test('a number that the gateways block: another number may be given at once', async () => {
    expect(await askForCode(world.ctx(), token, blockedMobile)).toMatchObject({
      outcome: 'refused',
      remainingToday: 3,
    });
    expect(await askForCode(world.ctx(), token, mobile)).toMatchObject({ outcome: 'sent' });
  });

  test('the ledger says why a claim was given back', async () => {
    world.sandbox.gateway('aliyun').setMode('down');
    await askForCode(world.ctx(), token, mobile);
    const { db } = world.ctx();
    const rows = await db
      .select({ reason: allowanceTable.reason })
      .from(allowanceTable)
      .where(and(eq(allowanceTable.kind, 'sms'), eq(allowanceTable.atMs, world.nowMs())));
    expect(rows).toEqual([{ reason: 'gateway_unavailable' }]);
  });

  test('a late refusal of the first number does not take back the code sent to the second', async () => {
    const late = withLateGateway(world.ctx());
    const first = askForCode(late.ctx, token, '13900000001');
    await late.asked;
    await askForCode(world.ctx(), token, mobile);
    late.refuse();
    expect(await first).toMatchObject({ outcome: 'refused' });
    expect(await step()).toBe('code');
    const code = world.sandbox.phone.lastCode(mobile) ?? '';
    await proveContact(world.ctx(), token, { code });
  });

  test('without a database nothing is sent', async () => {
    const ticket = await giveTestTicket(world.ctx(), 'register');
    expect(await refusalOf(send(ticket, withoutDatabase(world.ctx())))).toEqual({
      code: 'service.unavailable',
    });
    expect(sentTo()).toBe(0);
  });
});
