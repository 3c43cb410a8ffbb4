import { assert, describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { createAliyunSms, createTencentSms } from './index.ts';
import type { SmsSender } from './port.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);
const SMS = { kind: 'code', mobile: '13800138000', code: '012345', minutes: '5' } as const;

const aliyun = (fetch: Fetch, timeoutMs = 5_000) =>
  createAliyunSms({
    endpoint: 'https://dysmsapi.aliyuncs.com',
    accessKeyId: 'made-up-id',
    accessKeySecret: 'made-up-secret',
    signName: '示例',
    templates: {
      code: 'SMS_00000001',
      code_days: 'SMS_00000006',
      contact_replaced: 'SMS_00000002',
      review_news: 'SMS_00000003',
      new_contact: 'SMS_00000004',
      number_freed: 'SMS_00000005',
    },
    fetch,
    now: () => NOW_MS,
    randomId: () => 'made-up-nonce',
    timeoutMs,
  });
const tencent = (fetch: Fetch, timeoutMs = 5_000) =>
  createTencentSms({
    endpoint: 'https://sms.tencentcloudapi.com',
    secretId: 'made-up-id',
    secretKey: 'made-up-secret',
    appId: '1400000000',
    signName: '示例',
    templates: {
      code: '1110',
      code_days: '1115',
      contact_replaced: '1111',
      review_news: '1112',
      new_contact: '1113',
      number_freed: '1114',
    },
    region: 'ap-guangzhou',
    fetch,
    now: () => NOW_MS,
    timeoutMs,
  });

/** Sends one message to a gateway that gives `answer`, and returns the request with the result. */
async function send(create: (fetch: Fetch) => SmsSender, answer: unknown, status = 200) {
  let asked: Request | undefined;
  const sender = create((request) => {
    asked = request;
    return Response.json(answer, { status });
  });
  const result = await sender.send(SMS);
  assert(asked);
  return { result, request: asked };
}

const tencentStatus = (Code: string) => ({
  Response: { SendStatusSet: [{ SerialNo: '5000:1', Code }], RequestId: 'r-1' },
});
const tencentError = (Code: string) => ({
  Response: { Error: { Code, Message: '…' }, RequestId: 'r-1' },
});

describe('T-REG-12: a code by Aliyun', () => {
  test('SendSms is asked with number, signature, template and its parameters', async () => {
    const { request, result } = await send(aliyun, { Code: 'OK', BizId: 'b-1', RequestId: 'r-1' });
    const url = new URL(request.url);
    expect(url.origin + url.pathname).toBe('https://dysmsapi.aliyuncs.com/');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      PhoneNumbers: '13800138000',
      SignName: '示例',
      TemplateCode: 'SMS_00000001',
      TemplateParam: '{"code":"012345","minutes":"5"}',
    });
    expect(request.method).toBe('POST');
    expect(request.headers.get('x-acs-action')).toBe('SendSms');
    expect(request.headers.get('x-acs-date')).toBe('2026-11-21T04:00:00Z');
    expect(request.headers.get('authorization')).toMatch(
      /^ACS3-HMAC-SHA256 Credential=made-up-id,/,
    );
    expect(result).toEqual({
      outcome: 'accepted',
      vendor: 'aliyun',
      vendorCode: 'OK',
      vendorMessageId: 'b-1',
    });
  });

  test.each([
    [200, 'isv.MOBILE_NUMBER_ILLEGAL', 'refused'],
    [200, 'isv.BUSINESS_LIMIT_CONTROL', 'busy'],
    [400, 'Throttling.User', 'down'],
    [200, 'isv.DAY_LIMIT_CONTROL', 'down'],
    [200, 'isp.SYSTEM_ERROR', 'unclear'],
    [200, 'isp.RAM_PERMISSION_DENY', 'misconfigured'],
    [400, 'ServiceUnavailable', 'down'],
    [503, 'ServiceUnavailable', 'down'],
    [500, 'InternalError', 'unclear'],
    [200, 'isv.AMOUNT_NOT_ENOUGH', 'misconfigured'],
    [200, 'isv.SMS_TEMPLATE_ILLEGAL', 'misconfigured'],
    [200, 'isv.DENY_IP_RANGE', 'misconfigured'],
    [400, 'SignatureDoesNotMatch', 'misconfigured'],
  ])('HTTP %i with %s is %s', async (status, Code, outcome) => {
    const { result } = await send(aliyun, { Code, Message: '…', RequestId: 'r-1' }, status);
    const vendorCode = status < 500 ? Code : `http_${status}`;
    expect(result).toEqual({ outcome, vendor: 'aliyun', vendorCode, vendorMessageId: null });
  });
});

describe('T-REG-12: a code by Tencent', () => {
  test('SendSms is asked with number, signature, template and its parameters', async () => {
    const { request, result } = await send(tencent, tencentStatus('Ok'));
    expect(request.url).toBe('https://sms.tencentcloudapi.com/');
    expect(await request.json()).toEqual({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400000000',
      SignName: '示例',
      TemplateId: '1110',
      TemplateParamSet: ['012345', '5'],
    });
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-timestamp': String(NOW_MS / 1000),
      'x-tc-region': 'ap-guangzhou',
    });
    expect(request.headers.get('authorization')).toMatch(
      /^TC3-HMAC-SHA256 Credential=made-up-id\/2026-11-21\/sms\/tc3_request, /,
    );
    expect(result).toEqual({
      outcome: 'accepted',
      vendor: 'tencent',
      vendorCode: 'Ok',
      vendorMessageId: '5000:1',
    });
  });

  test.each([
    ['LimitExceeded.PhoneNumberDailyLimit', 'busy', tencentStatus],
    ['LimitExceeded.PhoneNumberThirtySecondLimit', 'busy', tencentStatus],
    ['FailedOperation.PhoneNumberInBlacklist', 'refused', tencentStatus],
    ['InvalidParameterValue.IncorrectPhoneNumber', 'refused', tencentStatus],
    ['RequestLimitExceeded', 'down', tencentError],
    ['InternalError.Timeout', 'unclear', tencentError],
    ['FailedOperation.FailResolvePacket', 'busy', tencentError],
    ['FailedOperation.TemplateIncorrectOrUnapproved', 'misconfigured', tencentStatus],
    ['AuthFailure.SignatureFailure', 'misconfigured', tencentError],
    ['FailedOperation.InsufficientBalanceInSmsPackage', 'misconfigured', tencentError],
  ])('%s is %s', async (code, outcome, answer) => {
    const { result } = await send(tencent, answer(code));
    expect(result).toEqual({
      outcome,
      vendor: 'tencent',
      vendorCode: code,
      vendorMessageId: null,
    });
  });
});

describe.each([
  ['aliyun', aliyun],
  ['tencent', tencent],
] as const)('%s on a bad day', (vendor, create) => {
  const answered = (outcome: string, vendorCode: string) => ({
    outcome,
    vendor,
    vendorCode,
    vendorMessageId: null,
  });

  test('a connection that fails is unclear, not an exception: the message may have got through', async () => {
    const sender = create(() => Promise.reject(new TypeError('fetch failed')));
    expect(await sender.send(SMS)).toEqual(answered('unclear', 'network_error'));
  });

  test('no answer in time is unclear, the request is given up, and a later failure of it harms nobody', async () => {
    let signal: AbortSignal | undefined;
    const sender = create((request) => {
      ({ signal } = request);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('too late')));
      });
    }, 5);
    expect(await sender.send(SMS)).toEqual(answered('unclear', 'timeout'));
    expect(signal?.aborted).toBe(true);
  });

  test('a body that never ends is unclear', async () => {
    const sender = create(() => new Response(new ReadableStream()), 5);
    expect(await sender.send(SMS)).toEqual(answered('unclear', 'timeout'));
  });

  test.each([
    [429, 'down'],
    [500, 'unclear'],
    [502, 'unclear'],
    [503, 'down'],
    [504, 'unclear'],
    [521, 'down'],
    [523, 'down'],
    [530, 'down'],
  ])('HTTP %i with a page instead of JSON is %s', async (status, outcome) => {
    const sender = create(() => new Response('<h1>…</h1>', { status }));
    expect(await sender.send(SMS)).toEqual(answered(outcome, `http_${status}`));
  });

  test('HTTP 200 with a page instead of JSON is unclear', async () => {
    const sender = create(() => new Response('<h1>…</h1>'));
    expect((await sender.send(SMS)).outcome).toBe('unclear');
  });

  test('a redirect is not followed', async () => {
    let redirect: string | undefined;
    const sender = create((request) => {
      ({ redirect } = request);
      return new Response(null, { status: 302, headers: { location: 'https://example.com/' } });
    });
    expect((await sender.send(SMS)).outcome).toBe('unclear');
    expect(redirect).toBe('manual');
  });

  test.each([null, [], 'OK', 7, {}, { Response: null }, { Response: { SendStatusSet: [] } }])(
    'JSON that makes no sense is unclear: %j',
    async (answer) => {
      expect((await send(create, answer)).result.outcome).toBe('unclear');
    },
  );
});

/** What one message is as a request, and what became of it. */
async function asked(
  create: (fetch: Fetch) => SmsSender,
  answer: unknown,
  hand: (sender: SmsSender) => Promise<unknown>,
) {
  const requests: Request[] = [];
  const sender = create((request) => {
    requests.push(request);
    return Response.json(answer);
  });
  const result = await hand(sender);
  assert(requests[0]);
  return { result, request: requests[0] };
}

describe('T-PRO-05: a notice has a template of its own, with the code as its one variable', () => {
  const notice = { kind: 'contact_replaced', mobile: '13800138000', code: '7KQ2M9ZX4TBC' } as const;
  const hand = (sender: SmsSender) => sender.send(notice);

  test('by Aliyun', async () => {
    const { request, result } = await asked(aliyun, { Code: 'OK', BizId: 'b-1' }, hand);
    expect(Object.fromEntries(new URL(request.url).searchParams)).toEqual({
      PhoneNumbers: notice.mobile,
      SignName: '示例',
      TemplateCode: 'SMS_00000002',
      TemplateParam: '{"code":"7KQ2M9ZX4TBC"}',
    });
    expect(result).toMatchObject({ outcome: 'accepted', vendorMessageId: 'b-1' });
  });

  test('by Tencent', async () => {
    const { request, result } = await asked(tencent, tencentStatus('Ok'), hand);
    expect(await request.json()).toMatchObject({
      TemplateId: '1111',
      TemplateParamSet: ['7KQ2M9ZX4TBC'],
    });
    expect(result).toMatchObject({ outcome: 'accepted', vendor: 'tencent' });
  });
});

const mobile = '13800138000';

describe.each([
  [
    'T-CON-05: news of a review',
    (sender: SmsSender) => sender.send({ kind: 'review_news', mobile }),
    ['SMS_00000003', '1112'],
  ],
  [
    'T-CON-08: word to a new contact',
    (sender: SmsSender) => sender.send({ kind: 'new_contact', mobile }),
    ['SMS_00000004', '1113'],
  ],
  [
    'T-REG-16a: word that a number was freed',
    (sender: SmsSender) => sender.send({ kind: 'number_freed', mobile }),
    ['SMS_00000005', '1114'],
  ],
] as const)('%s has a template without variables', (_, hand, [aliyunCode, tencentId]) => {
  test('by Aliyun', async () => {
    const { request, result } = await asked(aliyun, { Code: 'OK', BizId: 'b-1' }, hand);
    expect(Object.fromEntries(new URL(request.url).searchParams)).toEqual({
      PhoneNumbers: '13800138000',
      SignName: '示例',
      TemplateCode: aliyunCode,
    });
    expect(result).toMatchObject({ outcome: 'accepted', vendorMessageId: 'b-1' });
  });

  test('by Tencent', async () => {
    const { request, result } = await asked(tencent, tencentStatus('Ok'), hand);
    expect(await request.json()).toMatchObject({ TemplateId: tencentId, TemplateParamSet: [] });
    expect(result).toMatchObject({ outcome: 'accepted', vendor: 'tencent' });
  });
});
