import { allowanceTable, outboxTable, registrationTable } from '@shiming/db';
import type { SmsResult, SmsSender } from '@shiming/providers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../context.ts';
import { runJobs } from '../run-jobs.ts';
import { askForCode, citizenNamed, registerUntilContact, testEmail } from '../testing/people.ts';
import { refusalOf } from '../testing/refusals.ts';
import { createTestWorld, type TestWorld } from '../testing/world.ts';
import { proveContact } from '../registration/prove-contact.ts';
import { sendCode } from '../registration/send-code.ts';
import { currentKeyId, open, placeOf, seal } from '../vault/vault.ts';
import { deliverWaiting, settleOutbox } from './outbox.ts';

let world: TestWorld;
let token: string;
beforeEach(async () => {
  world = await createTestWorld();
  token = await registerUntilContact(world.ctx(), citizen);
});
afterEach(() => world.close());

const citizen = citizenNamed('林知远');
const messages = () => world.ctx().db.select().from(outboxTable);
const delivered = () => world.sandbox.phone.messages(citizen.mobile).length;
const ask = (ctx: Ctx) => askForCode(ctx, token, citizen.mobile);

/** A gateway that gives these answers, one after the other, and counts how often it was asked. */
function gateway(...outcomes: SmsResult['outcome'][]) {
  let calls = 0;
  const sms: SmsSender = {
    send: () => {
      const outcome = outcomes[calls] ?? 'accepted';
      calls += 1;
      return Promise.resolve({
        outcome,
        vendor: 'aliyun',
        vendorCode: outcome,
        vendorMessageId: null,
      });
    },
  };
  return { ctx: { ...world.ctx(), sms }, calls: () => calls };
}

describe('a message', () => {
  test('is written with what causes it and then handed over, once', async () => {
    await ask(world.ctx());
    const [message, ...others] = await messages();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      channel: 'sms',
      status: 'sent',
      attempts: 1,
      createdAtMs: world.nowMs(),
      expiresAtMs: world.nowMs() + 300_000,
      sentAtMs: world.nowMs(),
      vendor: 'aliyun',
      vendorCode: 'OK',
    });
    expect(message?.vendorMessageId).toMatch(/\^0$/);
    expect(
      await open(world.ctx(), `outbox.message:${message?.id}`, message?.messageSealed ?? ''),
    ).toEqual({
      mobile: citizen.mobile,
      code: world.sandbox.phone.lastCode(citizen.mobile),
      validMs: 300_000,
    });
    expect(delivered()).toBe(1);
  });

  test('is not written when its cause is refused', async () => {
    const refused = sendCode(world.ctx(), token, {
      email: testEmail,
      mobile: citizen.mobile,
      ticket: 'none',
    });
    expect(await refusalOf(refused)).toEqual({ code: 'puzzle.ticket_refused' });
    expect(await messages()).toEqual([]);
    expect(delivered()).toBe(0);
  });

  test.for([
    ['accepted', 'sent'],
    // Whether another gateway is asked is for the sender to know.
    ['busy', 'failed'],
    ['down', 'failed'],
    ['refused', 'failed'],
    ['misconfigured', 'failed'],
    ['unclear', 'unclear'],
  ] as const satisfies readonly (readonly [SmsResult['outcome'], string])[])(
    'to a gateway that answers %s is handed over once and is then %s',
    async ([outcome, status]) => {
      const watched = gateway(outcome);
      await ask(watched.ctx);
      expect(watched.calls()).toBe(1);
      expect(await messages()).toMatchObject([{ status, attempts: 1 }]);
    },
  );

  test('is handed over only after everything was written', async () => {
    const ctx = world.ctx();
    const seen: unknown[] = [];
    const sms: SmsSender = {
      send: async (message) => {
        const { db } = world.ctx();
        seen.push(
          ...(await db.select({ status: outboxTable.status }).from(outboxTable)),
          ...(await db.select({ status: registrationTable.status }).from(registrationTable)),
        );
        return ctx.sms.send(message);
      },
    };
    await ask({ ...ctx, sms });
    expect(seen).toEqual([{ status: 'handing_over' }, { status: 'code_sent' }]);
  });
});

const die = () => Promise.reject(new Error('the isolate is gone'));

describe('a sender that dies', () => {
  const dying: SmsSender = { send: die };

  test('leaves a message that the job marks as unclear after its lease, and that nobody sends again', async () => {
    await expect(ask({ ...world.ctx(), sms: dying })).rejects.toThrow('the isolate is gone');
    world.advance(30_000);
    expect(await settleOutbox(world.ctx())).toEqual({ returned: 0, unclear: 0 });
    expect(await messages()).toMatchObject([{ status: 'handing_over' }]);
    world.advance(1);
    const reports = [await runJobs(world.ctx()), await runJobs(world.ctx())];
    expect(reports.map((report) => report.messages['unclear'])).toEqual([1, 0]);
    expect(await messages()).toMatchObject([{ status: 'unclear' }]);
    expect(delivered()).toBe(0);
  });

  test('that a worker of the release before was sending when it ended is unclear, too', async () => {
    await expect(ask({ ...world.ctx(), sms: dying })).rejects.toThrow('the isolate is gone');
    await world.ctx().db.run(`update outbox set status = 'sending'`);
    world.advance(30_001);
    expect(await settleOutbox(world.ctx())).toEqual({ returned: 0, unclear: 1 });
    expect(await messages()).toMatchObject([{ status: 'unclear' }]);
  });

  test('after the gateway took it: it is not sent again, is not the person’s cost, and its code is good', async () => {
    const ctx = world.ctx();
    const sms: SmsSender = {
      send: async (message) => {
        await ctx.sms.send(message);
        throw new Error('the isolate is gone');
      },
    };
    await expect(ask({ ...ctx, sms })).rejects.toThrow('the isolate is gone');
    world.advance(60_000);
    await runJobs(world.ctx());
    expect(delivered()).toBe(1);
    const counted = await world.ctx().db.select().from(allowanceTable);
    expect(counted.filter(({ kind }) => kind === 'sms')).toMatchObject([
      { isCounted: false, reason: 'gateway_unavailable' },
    ]);
    const code = world.sandbox.phone.lastCode(citizen.mobile) ?? '';
    await expect(proveContact(world.ctx(), token, { code })).resolves.toMatchObject({});
  });

  test('before the gateway took it, three times: three codes are left, not none', async () => {
    for (let times = 0; times < 3; times += 1) {
      await expect(ask({ ...world.ctx(), sms: dying })).rejects.toThrow('the isolate is gone');
      world.advance(60_000);
      await settleOutbox(world.ctx());
    }
    expect(await ask(world.ctx())).toMatchObject({ outcome: 'sent', remainingToday: 2 });
  });
});

test('the job does not touch a message that was sent, failed or is held', async () => {
  await ask(world.ctx());
  world.advance(60_000);
  await ask(gateway('refused').ctx);
  world.advance(600_000);
  expect(await settleOutbox(world.ctx())).toEqual({ returned: 0, unclear: 0 });
  expect((await messages()).map(({ status }) => status).toSorted()).toEqual(['failed', 'sent']);
});

test('a text message that was kept before kinds were named goes out as what it is', async () => {
  const ctx = world.ctx();
  const mobile = citizen.mobile;
  const older: object[] = [
    { mobile, code: '7K3M9QPT2X4B' },
    { mobile },
    { mobile, isNewContact: true },
  ];
  for (const [at, message] of older.entries()) {
    const id = `older-${at}`;
    await ctx.db.insert(outboxTable).values({
      id,
      portal: ctx.portal.id,
      channel: 'sms',
      messageSealed: await seal(ctx, placeOf(outboxTable.messageSealed, id), message),
      status: 'waiting',
      dueAtMs: world.nowMs(),
      createdAtMs: world.nowMs() + at,
      expiresAtMs: world.nowMs() + 60_000,
      keyId: currentKeyId(ctx),
    });
  }
  const sent: string[] = [];
  const send: SmsSender['send'] = (message) => {
    sent.push(message.kind);
    expect(Object.keys(message)).not.toContain('isNewContact');
    const said = { vendor: 'aliyun', vendorCode: 'OK', vendorMessageId: null } as const;
    return Promise.resolve({ outcome: 'accepted', ...said } as const);
  };
  await deliverWaiting({ ...ctx, sms: { send } });
  expect(sent.toSorted()).toEqual(['contact_replaced', 'new_contact', 'review_news']);
});
