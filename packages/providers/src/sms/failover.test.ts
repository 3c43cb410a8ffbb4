import type { Sms, SmsKind } from '@shiming/domain';
import { assert, describe, expect, test } from 'vitest';
import { withFailover } from './failover.ts';
import type { SmsResult, SmsSender } from './port.ts';

const mobile = '13800138000';
const messages: readonly Sms[] = [
  { kind: 'code', mobile, code: '012345', minutes: '5' },
  { kind: 'contact_replaced', mobile, code: '0123456789AB' },
  { kind: 'review_news', mobile },
  { kind: 'new_contact', mobile },
  { kind: 'number_freed', mobile },
];

const answer = (
  vendor: SmsResult['vendor'],
  outcome: SmsResult['outcome'],
  vendorCode = 'x',
): SmsResult => ({ outcome, vendor, vendorCode, vendorMessageId: null });

/** Both gateways behind one sender on a clock of our own; each answers what `state` has for it. */
function setUp() {
  const state = {
    nowMs: 0,
    asked: [] as string[],
    aliyun: answer('aliyun', 'accepted'),
    tencent: answer('tencent', 'accepted'),
  };
  const gateway = (vendor: SmsResult['vendor']): SmsSender => ({
    async send(sms) {
      expect(messages).toContainEqual(sms);
      state.asked.push(vendor);
      return state[vendor];
    },
  });
  const sender = withFailover([gateway('aliyun'), gateway('tencent')], {
    now: () => state.nowMs,
    failures: 3,
    openMs: 30_000,
  });
  return {
    state,
    /** Sends one message. Returns what became of it, and who was asked. */
    send: async (kind: SmsKind = 'code') => {
      state.asked = [];
      const message = messages.find((each) => each.kind === kind);
      assert(message);
      const result = await sender.send(message);
      return { result, asked: state.asked };
    },
  };
}

describe('T-REG-12: a second gateway', () => {
  test.each([
    ['accepted', 'OK'],
    ['unclear', 'timeout'],
    ['unclear', 'http_502'],
    ['refused', 'isv.MOBILE_NUMBER_ILLEGAL'],
    ['refused', 'FailedOperation.PhoneNumberInBlacklist'],
  ] as const)('is never asked when the first says %s (%s)', async (outcome, code) => {
    const { state, send } = setUp();
    state.aliyun = answer('aliyun', outcome, code);
    expect(await send()).toEqual({ result: state.aliyun, asked: ['aliyun'] });
  });

  test.each([
    ['down', 'Throttling.User'],
    ['down', 'http_503'],
    ['misconfigured', 'isv.AMOUNT_NOT_ENOUGH'],
    ['busy', 'isv.BUSINESS_LIMIT_CONTROL'],
    ['busy', 'LimitExceeded.PhoneNumberDailyLimit'],
    ['busy', 'LimitExceeded.DeliveryFrequencyLimit'],
  ] as const)('sends when the first says %s (%s)', async (outcome, code) => {
    const { state, send } = setUp();
    state.aliyun = answer('aliyun', outcome, code);
    expect(await send()).toEqual({ result: state.tencent, asked: ['aliyun', 'tencent'] });
  });

  test('that does not send either has the last word', async () => {
    const { state, send } = setUp();
    state.aliyun = answer('aliyun', 'busy');
    for (const outcome of ['refused', 'busy', 'unclear', 'down', 'misconfigured'] as const) {
      state.tencent = answer('tencent', outcome);
      expect((await send()).result).toEqual(state.tencent);
      state.tencent = answer('tencent', 'accepted');
      await send();
    }
  });
});

describe('a gateway that keeps failing', () => {
  test('is tried again by a clock that is set back by hours', async () => {
    const { state, send } = setUp();
    state.nowMs = 9 * 3_600_000;
    state.aliyun = answer('aliyun', 'misconfigured');
    for (let i = 0; i < 3; i++) await send();
    expect((await send()).asked).toEqual(['tencent']);
    state.nowMs = 0;
    state.aliyun = answer('aliyun', 'accepted');
    expect((await send()).asked).toEqual(['aliyun']);
  });

  test.each(['down', 'unclear', 'misconfigured'] as const)(
    'with %s three times in a row is passed over at once, tried again after its time, and taken back',
    async (outcome) => {
      const { state, send } = setUp();
      state.aliyun = answer('aliyun', outcome);
      for (let i = 0; i < 3; i++) expect((await send()).asked[0]).toBe('aliyun');
      state.nowMs = 29_999;
      expect(await send()).toEqual({ result: state.tencent, asked: ['tencent'] });
      state.nowMs = 30_000;
      expect((await send()).asked[0]).toBe('aliyun');
      expect((await send()).asked).toEqual(['tencent']);
      state.nowMs = 60_000;
      state.aliyun = answer('aliyun', 'accepted');
      expect(await send()).toEqual({ result: state.aliyun, asked: ['aliyun'] });
      expect((await send()).asked).toEqual(['aliyun']);
    },
  );

  test('one caller tries it; those who come meanwhile go to the second', async () => {
    const { state, send } = setUp();
    state.aliyun = answer('aliyun', 'unclear');
    for (let i = 0; i < 3; i++) await send();
    state.nowMs = 30_000;
    const results = await Promise.all([send(), send(), send()]);
    expect(results.map(({ result }) => result.vendor)).toEqual(['aliyun', 'tencent', 'tencent']);
  });

  test('refusals of numbers do not count as its failure', async () => {
    const { state, send } = setUp();
    for (let i = 0; i < 10; i++) {
      state.aliyun = answer('aliyun', i % 3 === 2 ? 'refused' : 'unclear');
      expect((await send()).asked).toEqual(['aliyun']);
    }
  });

  test('when both do, it is down at once, and nobody is asked', async () => {
    const { state, send } = setUp();
    state.aliyun = answer('aliyun', 'misconfigured');
    state.tencent = answer('tencent', 'down');
    for (let i = 0; i < 3; i++) await send();
    expect(await send()).toEqual({
      result: answer('tencent', 'down', 'circuit_open'),
      asked: [],
    });
  });
});

describe.each(['contact_replaced', 'review_news', 'new_contact', 'number_freed'] as const)(
  '%s',
  (kind) => {
    test.each(['busy', 'down', 'misconfigured'] as const)(
      'goes out by the second gateway when the first says %s, and by one of them only',
      async (outcome) => {
        const { state, send } = setUp();
        state.aliyun = answer('aliyun', outcome);
        expect(await send(kind)).toEqual({ result: state.tencent, asked: ['aliyun', 'tencent'] });
        state.aliyun = answer('aliyun', 'unclear');
        expect(await send(kind)).toEqual({ result: state.aliyun, asked: ['aliyun'] });
      },
    );

    test('whose template is not approved does not take the gateway from the codes', async () => {
      const { state, send } = setUp();
      state.aliyun = answer('aliyun', 'misconfigured');
      for (let i = 0; i < 4; i++) await send(kind);
      expect((await send(kind)).asked).toEqual(['tencent']);
      state.aliyun = answer('aliyun', 'accepted');
      expect((await send()).asked).toEqual(['aliyun']);
    });
  },
);
