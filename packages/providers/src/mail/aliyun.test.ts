import { assert, describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { createAliyunMail } from './aliyun.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);
const MAIL = {
  to: 'zhang.san@example.com',
  subject: '重置密码',
  text: "您好：a+b & c=d! (*')",
  html: '<p>您好</p>',
};

const HAND_OVER = { id: 'made-up-id', begin: async () => true };

const aliyun = (fetch: Fetch, timeoutMs = 5_000) =>
  createAliyunMail({
    endpoint: 'https://dm.aliyuncs.com',
    accessKeyId: 'made-up-id',
    accessKeySecret: 'made-up-secret',
    accountName: 'no-reply@mail.example.com',
    fromAlias: '示例账号中心',
    fetch,
    now: () => NOW_MS,
    randomId: () => 'made-up-nonce',
    timeoutMs,
  });

async function send(answer: unknown, status = 200, mail = MAIL) {
  let asked: Request | undefined;
  const result = await aliyun((request) => {
    asked = request;
    return Response.json(answer, { status });
  }).send(mail, HAND_OVER);
  assert(asked);
  return { result, request: asked };
}

const failed = (outcome: string, vendorCode: string) => ({
  outcome,
  vendor: 'aliyun',
  vendorCode,
  vendorMessageId: null,
});

describe('a mail by Aliyun DirectMail', () => {
  test('SingleSendMail is asked with everything in the body, and nothing of the person in the address', async () => {
    const { request, result } = await send({ EnvId: 'e-1', RequestId: 'r-1' });
    expect(request.url).toBe('https://dm.aliyuncs.com/');
    expect(request.method).toBe('POST');
    expect(Object.fromEntries(request.headers)).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-acs-action': 'SingleSendMail',
      'x-acs-version': '2015-11-23',
      'x-acs-date': '2026-11-21T04:00:00Z',
    });
    expect(Object.fromEntries(new URLSearchParams(await request.text()))).toEqual({
      AccountName: 'no-reply@mail.example.com',
      AddressType: '1',
      FromAlias: '示例账号中心',
      HtmlBody: MAIL.html,
      ReplyToAddress: 'false',
      Subject: MAIL.subject,
      TextBody: MAIL.text,
      ToAddress: MAIL.to,
    });
    expect(result).toEqual({
      outcome: 'accepted',
      vendor: 'aliyun',
      vendorCode: 'OK',
      vendorMessageId: 'e-1',
    });
  });

  test('X-02: a subject stays one line', async () => {
    const subject = 'x\r\nBcc: li.si@example.com';
    const { request } = await send({ EnvId: 'e-1' }, 200, { ...MAIL, subject });
    const sent = new URLSearchParams(await request.text());
    expect(sent.get('Subject')).toBe('x Bcc: li.si@example.com');
  });

  test.each(['a@example.com,li.si@example.com', 'a@example.com\r\n', ''])(
    'X-02: %j is no address: refused, and the vendor is not asked',
    async (to) => {
      const sender = aliyun(() => {
        throw new Error('asked');
      });
      expect(await sender.send({ ...MAIL, to }, HAND_OVER)).toEqual(
        failed('refused', 'invalid_address'),
      );
    },
  );

  test.each([
    [400, 'InvalidToAddress', 'refused'],
    [400, 'InvalidToAddress.Spam', 'refused'],
    [400, 'Throttling.User', 'down'],
    [404, 'InvalidMailAddress.NotFound', 'misconfigured'],
    [400, 'InvalidMailAddressStatus.Malformed', 'misconfigured'],
    [400, 'InvalidSendMail.Spam', 'busy'],
    [400, 'SignatureDoesNotMatch', 'misconfigured'],
  ])('HTTP %i with %s is %s', async (status, Code, outcome) => {
    const { result } = await send({ Code, Message: '…', RequestId: 'r-1' }, status);
    expect(result).toEqual(failed(outcome, Code));
  });

  test.each([
    [503, 'http_503', 'down'],
    [521, 'http_521', 'down'],
    [500, 'http_500', 'unclear'],
    [502, 'http_502', 'unclear'],
    [429, 'http_429', 'down'],
    [200, 'http_200', 'unclear'],
  ])('HTTP %i that is not JSON is %s, %s', async (status, vendorCode, outcome) => {
    const sender = aliyun(() => new Response('<h1>…</h1>', { status }));
    expect(await sender.send(MAIL, HAND_OVER)).toEqual(failed(outcome, vendorCode));
  });

  test('no answer is unclear: the mail may have been taken', async () => {
    const reset = aliyun(() => Promise.reject(new TypeError('fetch failed')));
    expect(await reset.send(MAIL, HAND_OVER)).toEqual(failed('unclear', 'network_error'));
    const silent = aliyun(() => new Promise(() => {}), 5);
    expect(await silent.send(MAIL, HAND_OVER)).toEqual(failed('unclear', 'timeout'));
  });

  test.each([null, [], 'OK', {}, { EnvId: '' }, { EnvId: 7 }])(
    'JSON that makes no sense is unclear: %j',
    async (answer) => {
      expect((await send(answer)).result.outcome).toBe('unclear');
    },
  );

  test('without leave to give it away nobody is asked', async () => {
    const sender = aliyun(() => {
      throw new Error('asked');
    });
    expect(await sender.send(MAIL, { ...HAND_OVER, begin: async () => false })).toEqual(
      failed('busy', 'not_begun'),
    );
  });
});
