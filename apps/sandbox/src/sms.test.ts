import { describe, expect, test } from 'vitest';
import { createSandbox, vendorPaths } from './sandbox.ts';
import type { SandboxOptions } from './sandbox.ts';
import { blockedMobile, sandboxSms } from './sms-account.ts';
import {
  aliyunAnswer,
  aliyunCode,
  callAliyun,
  callTencent,
  tencentAnswer,
  tencentCode,
} from './testing/vendor-calls.ts';

const startMs = Date.parse('2026-11-21T12:00:00+08:00');
const mobile = '19900000001';
const aliyunUrl = `https://sandbox.test${vendorPaths.aliyunSms}`;
const tencentUrl = `https://sandbox.test${vendorPaths.tencentSms}`;

function world(options: SandboxOptions = {}) {
  let nowMs = startMs;
  const sandbox = createSandbox({ now: () => nowMs, slowMs: 20, ...options });
  return {
    sandbox,
    pass: (ms: number) => (nowMs += ms),
    aliyun: async (
      parameters: Record<string, string> = aliyunCode(mobile, '123456'),
      options: Partial<Parameters<typeof callAliyun>[3]> = {},
    ) => {
      const response = await callAliyun(sandbox.fetch, aliyunUrl, parameters, {
        nowMs,
        ...options,
      });
      return `${response.status} ${aliyunAnswer(await response.json())}`;
    },
    tencent: async (
      call: Parameters<typeof callTencent>[2] = tencentCode([`+86${mobile}`], '123456'),
      options: Partial<Parameters<typeof callTencent>[3]> = {},
    ) => {
      const response = await callTencent(sandbox.fetch, tencentUrl, call, { nowMs, ...options });
      return tencentAnswer(await response.json());
    },
  };
}

describe('Aliyun SendSms', () => {
  test('T-REG-12: a code arrives on the phone as a person reads it', async () => {
    const { sandbox, aliyun } = world();
    expect(await aliyun()).toBe('200 OK');
    expect(sandbox.phone.messages(mobile)).toEqual([
      {
        id: expect.any(String),
        mobile,
        vendor: 'aliyun',
        text: '【中国教师资格网】验证码 123456，5 分钟内有效。请勿告诉他人。\n@localhost #123456',
        code: '123456',
        atMs: startMs,
      },
    ]);
    expect(sandbox.phone.lastCode(mobile)).toBe('123456');
    expect(sandbox.phone.lastCode('19900000002')).toBeNull();
  });

  test('a body added to a request that was signed without one does not match', async () => {
    const { sandbox } = world();
    const response = await callAliyun(
      (url, init) =>
        sandbox.fetch(url, { ...init, body: new URLSearchParams({ PhoneNumbers: mobile }) }),
      aliyunUrl,
      aliyunCode(mobile, '123456'),
      { nowMs: startMs },
    );
    expect(await response.json()).toMatchObject({ Code: 'SignatureDoesNotMatch' });
  });

  test('nothing arrives of a request that is not genuine', async () => {
    const { sandbox, aliyun } = world();
    const parameters = aliyunCode(mobile, '123456');
    expect(await aliyun(parameters, { keyId: 'unknown' })).toBe('404 InvalidAccessKeyId.NotFound');
    expect(await aliyun(parameters, { nowMs: startMs - 1_000_000 })).toBe(
      '400 InvalidTimeStamp.Expired',
    );
    expect(await aliyun(parameters, { overrides: { 'x-acs-version': '2017-05-26' } })).toBe(
      '400 SignatureDoesNotMatch',
    );
    expect(sandbox.phone.messages()).toEqual([]);
    expect(await aliyun(parameters, { nonce: 'once' })).toBe('200 OK');
    expect(await aliyun(parameters, { nonce: 'once' })).toBe('400 SignatureNonceUsed');
    expect(sandbox.phone.messages()).toHaveLength(1);
  });

  test.each([
    ['PhoneNumbers', '12345', '200 isv.MOBILE_NUMBER_ILLEGAL'],
    ['PhoneNumbers', blockedMobile, '200 isv.BUSINESS_LIMIT_CONTROL'],
    ['PhoneNumbers', '', '400 MissingPhoneNumbers'],
    ['SignName', '别的签名', '200 isv.SMS_SIGNATURE_ILLEGAL'],
    ['TemplateCode', 'SMS_1', '200 isv.SMS_TEMPLATE_ILLEGAL'],
    ['TemplateParam', '{', '200 isv.INVALID_JSON_PARAM'],
    ['TemplateParam', '{"code":"123456"}', '200 isv.TEMPLATE_MISSING_PARAMETERS'],
    [
      'TemplateParam',
      '{"code":"see https://x.test","minutes":"5"}',
      '200 isv.TEMPLATE_PARAMS_ILLEGAL',
    ],
  ])('%s "%s" is refused with %s', async (name, value, answer) => {
    const { sandbox, aliyun } = world();
    expect(await aliyun({ ...aliyunCode(mobile, '123456'), [name]: value })).toBe(answer);
    expect(sandbox.phone.messages()).toEqual([]);
  });

  test('an action of another name is not found', async () => {
    expect(await world().aliyun(undefined, { action: 'SendBatchSms' })).toBe(
      '404 InvalidAction.NotFound',
    );
  });

  test('one number gets 1 a minute, 5 an hour and 10 a day, unless the limits are off', async () => {
    const { aliyun, pass } = world();
    expect(await aliyun()).toBe('200 OK');
    expect(await aliyun()).toBe('200 isv.BUSINESS_LIMIT_CONTROL');
    expect(await aliyun(aliyunCode('19900000002', '123456'))).toBe('200 OK');
    const minutely = async (times: number) => {
      const answers: string[] = [];
      for (let i = 0; i < times; i++) {
        pass(60_000);
        answers.push(await aliyun());
      }
      return answers.filter((answer) => answer === '200 OK').length;
    };
    expect(await minutely(10)).toBe(4);
    pass(3_600_000);
    expect(await minutely(10)).toBe(5);
    pass(3_600_000);
    expect(await minutely(10)).toBe(0);

    const free = world({ vendorLimits: false });
    for (let i = 0; i < 11; i++) expect(await free.aliyun()).toBe('200 OK');
  });
});

describe('Tencent SendSms', () => {
  test('a code arrives on the phone, and each number has its own status', async () => {
    const { sandbox, tencent } = world();
    expect(
      await tencent(tencentCode([`+86${mobile}`, `+86${blockedMobile}`, '+8612345'], '654321')),
    ).toBe('Ok,FailedOperation.PhoneNumberInBlacklist,InvalidParameterValue.IncorrectPhoneNumber');
    expect(sandbox.phone.messages().map((each) => [each.mobile, each.vendor, each.code])).toEqual([
      [mobile, 'tencent', '654321'],
    ]);
  });

  test('nothing arrives of a request that is not genuine', async () => {
    const { sandbox, tencent } = world();
    expect(await tencent(undefined, { secretId: 'unknown' })).toBe('AuthFailure.SecretIdNotFound');
    expect(await tencent(undefined, { nowMs: startMs - 301_000 })).toBe(
      'AuthFailure.SignatureExpire',
    );
    expect(
      await tencent(undefined, {
        overrides: { 'content-type': 'application/json; charset=utf-8' },
      }),
    ).toBe('AuthFailure.SignatureFailure');
    expect(sandbox.phone.messages()).toEqual([]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ SignName: '别的签名' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    [{ TemplateId: '1' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    [{ SmsSdkAppId: '1' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
    [{ TemplateParamSet: ['123456'] }, 'FailedOperation.TemplateParamSetNotMatchApprovedTemplate'],
    [{ TemplateParamSet: ['1234567', '5'] }, 'InvalidParameterValue.TemplateParameterFormatError'],
    [{ TemplateParamSet: '123456' }, 'InvalidParameter'],
    [{ PhoneNumberSet: undefined }, 'MissingParameter'],
  ])('%j is refused with %s', async (change, answer) => {
    const { sandbox, tencent } = world();
    const call = tencentCode([`+86${mobile}`], '123456');
    expect(await tencent({ ...call, parameters: { ...call.parameters, ...change } })).toBe(answer);
    expect(sandbox.phone.messages()).toEqual([]);
  });

  test('action, version and region are those of the product', async () => {
    const { tencent } = world();
    const call = tencentCode([`+86${mobile}`], '123456');
    expect(await tencent({ ...call, action: 'toString' })).toBe('InvalidAction');
    expect(await tencent({ ...call, version: '2019-07-11' })).toBe('NoSuchVersion');
    expect(await tencent(call, { overrides: { 'x-tc-region': 'eu-frankfurt' } })).toBe(
      'UnsupportedRegion',
    );
  });

  test('one number gets 1 in 30 seconds, 5 an hour', async () => {
    const { tencent, pass } = world();
    expect(await tencent()).toBe('Ok');
    expect(await tencent()).toBe('LimitExceeded.PhoneNumberThirtySecondLimit');
    for (let i = 0; i < 4; i++) {
      pass(30_000);
      expect(await tencent()).toBe('Ok');
    }
    pass(30_000);
    expect(await tencent()).toBe('LimitExceeded.PhoneNumberOneHourLimit');
  });
});

describe('modes of a gateway', () => {
  test.each([
    ['refusing', '200 isv.BUSINESS_LIMIT_CONTROL', 'LimitExceeded.PhoneNumberDailyLimit'],
    ['busy', '400 Throttling.User', 'RequestLimitExceeded'],
    [
      'misconfigured',
      '200 isv.SMS_SIGNATURE_ILLEGAL',
      'FailedOperation.SignatureIncorrectOrUnapproved',
    ],
    ['overdue', '200 isv.AMOUNT_NOT_ENOUGH', 'FailedOperation.InsufficientBalanceInSmsPackage'],
    ['day_limit', '200 isv.DAY_LIMIT_CONTROL', 'LimitExceeded.AppMainlandChinaDailyLimit'],
  ] as const)('%s: no message, %s, %s', async (mode, aliyunCode, tencentCode) => {
    const { sandbox, aliyun, tencent } = world();
    sandbox.gateway('aliyun').setMode(mode);
    sandbox.gateway('tencent').setMode(mode);
    expect(await aliyun()).toBe(aliyunCode);
    expect(await tencent()).toBe(tencentCode);
    expect(sandbox.phone.messages()).toEqual([]);
  });

  test('down: the call itself fails, for this vendor only', async () => {
    const { sandbox, aliyun, tencent } = world();
    sandbox.gateway('aliyun').setMode('down');
    await expect(aliyun()).rejects.toThrow(TypeError);
    expect(await tencent()).toBe('Ok');
  });

  test('slow: the message is there before the answer, and the caller may give up', async () => {
    const { sandbox, aliyun } = world();
    sandbox.gateway('aliyun').setMode('slow');
    expect(await aliyun()).toBe('200 OK');

    const patient = world({ slowMs: 60_000 });
    patient.sandbox.gateway('aliyun').setMode('slow');
    const caller = new AbortController();
    const answer = callAliyun(
      (url, init) => patient.sandbox.fetch(url, { ...init, signal: caller.signal }),
      aliyunUrl,
      aliyunCode(mobile, '123456'),
      { nowMs: startMs },
    );
    await expect.poll(() => patient.sandbox.phone.lastCode(mobile)).toBe('123456');
    caller.abort(new Error('gave up'));
    await expect(answer).rejects.toThrow('gave up');
  });

  test('reset forgets messages, nonces, limits and modes', async () => {
    const { sandbox, aliyun } = world();
    expect(await aliyun(undefined, { nonce: 'once' })).toBe('200 OK');
    sandbox.gateway('aliyun').setMode('busy');
    sandbox.reset();
    expect(sandbox.phone.messages()).toEqual([]);
    expect(await aliyun(undefined, { nonce: 'once' })).toBe('200 OK');
  });

  test('the phone remembers the last 200 messages', async () => {
    const { sandbox, tencent } = world({ vendorLimits: false });
    const numbers = Array.from({ length: 201 }, (_, index) => `+86${19_900_000_000 + index}`);
    await tencent(tencentCode(numbers, '123456'));
    const remembered = sandbox.phone.messages();
    expect(remembered).toHaveLength(200);
    expect(remembered[0]?.mobile).toBe('19900000001');
  });
});

const aliyunNotice = (code: string) => ({
  ...aliyunCode(mobile, code),
  TemplateCode: sandboxSms.aliyun.contact_replaced,
  TemplateParam: JSON.stringify({ code }),
});

const tencentNotice = (code: string) => {
  const call = tencentCode([`+86${mobile}`], code);
  const TemplateId = sandboxSms.tencent.contact_replaced;
  return { ...call, parameters: { ...call.parameters, TemplateId, TemplateParamSet: [code] } };
};

describe('the template of notices', () => {
  test('shows on the phone with its code, by both vendors', async () => {
    const { sandbox, aliyun, tencent } = world({ vendorLimits: false });
    expect(await aliyun(aliyunNotice('7KQ2M9ZX4TBC'))).toBe('200 OK');
    expect(await tencent(tencentNotice('7KQ2M9ZX4TBC'))).toBe('Ok');
    const messages = sandbox.phone.messages(mobile);
    expect(messages.map(({ vendor, code }) => [vendor, code])).toEqual([
      ['aliyun', '7KQ2M9ZX4TBC'],
      ['tencent', '7KQ2M9ZX4TBC'],
    ]);
    expect(messages[0]?.text).toContain('7KQ2M9ZX4TBC');
  });

  test('takes no more than twelve characters', async () => {
    const { sandbox, aliyun, tencent } = world();
    expect(await aliyun(aliyunNotice('7KQ2M9ZX4TBCD'))).toBe('200 isv.TEMPLATE_PARAMS_ILLEGAL');
    expect(await tencent(tencentNotice('7KQ2M9ZX4TBCD'))).toBe(
      'InvalidParameterValue.TemplateParameterFormatError',
    );
    expect(sandbox.phone.messages()).toEqual([]);
  });
});

describe('the template of news of a review, which has no variables', () => {
  const news = '【中国教师资格网】您的账号有新的进展，请登录查看。';
  const { TemplateParam: _, ...withoutParameters } = aliyunCode(mobile, '');
  const aliyunNews = {
    ...withoutParameters,
    TemplateCode: sandboxSms.aliyun.review_news,
  };
  const tencentNews = (TemplateParamSet: string[]) => {
    const call = tencentCode([`+86${mobile}`], '');
    const TemplateId = sandboxSms.tencent.review_news;
    return { ...call, parameters: { ...call.parameters, TemplateId, TemplateParamSet } };
  };

  test('shows on the phone without a code, by both vendors; the last code stays', async () => {
    const { sandbox, aliyun, tencent } = world({ vendorLimits: false });
    expect(await aliyun(aliyunCode(mobile, '123456'))).toBe('200 OK');
    expect(await aliyun(aliyunNews)).toBe('200 OK');
    expect(await tencent(tencentNews([]))).toBe('Ok');
    expect(
      sandbox.phone
        .messages(mobile)
        .slice(1)
        .map(({ vendor, text, code }) => [vendor, text, code]),
    ).toEqual([
      ['aliyun', news, null],
      ['tencent', news, null],
    ]);
    expect(sandbox.phone.lastCode(mobile)).toBe('123456');
  });

  test('takes no parameter at Tencent, and other templates want theirs at Aliyun', async () => {
    const { sandbox, aliyun, tencent } = world();
    expect(await tencent(tencentNews(['26112148273915']))).toBe(
      'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
    );
    expect(await aliyun({ ...aliyunNews, TemplateCode: sandboxSms.aliyun.contact_replaced })).toBe(
      '200 isv.TEMPLATE_MISSING_PARAMETERS',
    );
    expect(sandbox.phone.messages()).toEqual([]);
  });
});
