import { describe, expect, test } from 'vitest';
import { blockedAddress, visitLocally } from './mail.ts';
import type { MailMode } from './mode.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import type { SandboxOptions } from './sandbox.ts';
import { aliyunAnswer, aliyunMail, callAliyun } from './testing/vendor-calls.ts';

const nowMs = Date.parse('2026-11-21T12:00:00+08:00');
const address = 'lin@mail.test';
const link = 'https://service.test/reset#token=abc';

function world(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ now: () => nowMs, ...options });
  const call = (
    parameters: Record<string, string>,
    options: Partial<Parameters<typeof callAliyun>[3]> = {},
  ) =>
    callAliyun(sandbox.fetch, `https://sandbox.test${vendorPaths.aliyunMail}`, parameters, {
      nowMs,
      action: 'SingleSendMail',
      version: '2015-11-23',
      ...options,
    });
  const send = async (...parameters: Parameters<typeof call>) => {
    const response = await call(...parameters);
    return `${response.status} ${aliyunAnswer(await response.json())}`;
  };
  return { sandbox, call, send };
}

describe('Aliyun SingleSendMail', () => {
  test('T-PWD-02: a mail arrives as a person reads it, in text and in HTML', async () => {
    const { sandbox, call } = world();
    const answer = await (await call(aliyunMail(address))).json();
    expect(answer).toEqual({ EnvId: expect.any(String), RequestId: expect.any(String) });
    expect(sandbox.mail.messages(address)).toMatchObject([
      {
        transport: 'aliyun',
        from: { name: '实名中心' },
        subject: '重置密码',
        text: expect.stringContaining(link),
        html: expect.stringContaining('</a>'),
        links: [link],
      },
    ]);
    expect(sandbox.mail.lastLink(address)).toBe(link);
  });

  test('parameters are taken from a signed form as well', async () => {
    const { sandbox, send } = world();
    const { HtmlBody = '', ...query } = aliyunMail(address);
    expect(await send(query, { form: { HtmlBody } })).toBe('200 undefined');
    expect(sandbox.mail.messages(address)).toMatchObject([{ html: HtmlBody }]);
  });

  test('nothing arrives of a request that is not genuine', async () => {
    const { sandbox, send } = world();
    const mail = aliyunMail(address);
    expect(await send(mail, { keyId: 'unknown' })).toBe('404 InvalidAccessKeyId.NotFound');
    expect(await send(mail, { overrides: { 'x-acs-version': '2015-11-24' } })).toBe(
      '400 SignatureDoesNotMatch',
    );
    expect(await send(mail, { version: '2017-05-25' })).toBe('400 InvalidVersion');
    expect(await send(mail, { action: 'SendSms' })).toBe('404 InvalidAction.NotFound');
    expect(sandbox.mail.messages()).toEqual([]);
    expect(await send(mail, { nonce: 'once' })).toBe('200 undefined');
    expect(await send(mail, { nonce: 'once' })).toBe('400 SignatureNonceUsed');
    expect(sandbox.mail.messages()).toHaveLength(1);
  });

  test.each<[Record<string, string>, string]>([
    [{ Subject: '' }, '400 MissingSubject'],
    [{ AddressType: '2' }, '400 InvalidParameter'],
    [{ ReplyToAddress: '1' }, '400 InvalidParameter'],
    [{ AccountName: 'other@mail.sandbox.test' }, '404 InvalidMailAddress.NotFound'],
    [{ Subject: '重'.repeat(101) }, '400 InvalidSubject.Malformed'],
    [{ FromAlias: '名'.repeat(16) }, '400 InvalidFromAlias.Malformed'],
    [{ TextBody: '', HtmlBody: '' }, '400 InvalidBody'],
    [{ HtmlBody: 'x'.repeat(81_921) }, '400 InvalidBody'],
    [{ ToAddress: 'nobody' }, '400 InvalidToAddress'],
    [{ ToAddress: `${address},${blockedAddress}` }, '400 InvalidToAddress.Spam'],
  ])('%# is refused with the vendor’s code', async (change, answer) => {
    const { sandbox, send } = world();
    expect(await send({ ...aliyunMail(address), ...change })).toBe(answer);
    expect(sandbox.mail.messages()).toEqual([]);
  });

  test.each<[MailMode, string]>([
    ['busy', '400 Throttling.User'],
    ['refusing', '400 InvalidToAddress.Spam'],
    ['password_changed', '404 InvalidAccessKeyId.NotFound'],
    ['throttled', '400 Throttling.User'],
    ['greeting_limited', '400 Throttling.User'],
  ])('%s: %s, and no mail', async (mode, answer) => {
    const { sandbox, send } = world();
    await sandbox.mail.setMode(mode);
    expect(await send(aliyunMail(address))).toBe(answer);
    expect(sandbox.mail.messages()).toEqual([]);
  });

  test.each<[MailMode, number, number]>([
    ['down', 0, 503],
    ['dropping', 1, 504],
  ])('%s: the call fails, with %i mail delivered', async (mode, count, status) => {
    const { sandbox, send } = world();
    await sandbox.mail.setMode(mode);
    await expect(send(aliyunMail(address))).rejects.toThrow(TypeError);
    expect(sandbox.mail.messages()).toHaveLength(count);
    const served = await sandbox.serve(
      new Request(`https://sandbox.test${vendorPaths.aliyunMail}`, { method: 'POST' }),
    );
    expect([served.status, await served.text()]).toEqual([status, '']);
  });
});

describe('the mail scanner', () => {
  const mail = { ...aliyunMail(address), TextBody: `${link} https://service.test/other` };

  test('opens every link once with GET and no fragment before the mail is there', async () => {
    const visited: string[] = [];
    const { sandbox, send } = world({
      visit: async (request) => {
        visited.push(`${request.method} ${request.url} ${sandbox.mail.messages().length}`);
        return new Response('gone', { status: 404 });
      },
    });
    await send(mail);
    expect(visited).toEqual([]);
    sandbox.mail.scanner.setMode('on');
    await send(mail);
    expect(visited).toEqual([
      'GET https://service.test/reset#token=abc 1',
      'GET https://service.test/other 1',
    ]);
    expect(sandbox.mail.messages().map((each) => each.scannedLinks)).toEqual([0, 2]);
  });

  test('a link that cannot be opened does not keep the mail back', async () => {
    const { sandbox, send } = world({ visit: () => Promise.reject(new Error('refused')) });
    sandbox.mail.scanner.setMode('on');
    await send(mail);
    expect(sandbox.mail.messages()).toMatchObject([{ scannedLinks: 0 }]);
  });

  test('never leaves this machine', async () => {
    for (const url of [
      'https://service.test/',
      'http://localhost.service.test/',
      'http://10.0.0.1/',
    ]) {
      await expect(visitLocally(new Request(url))).rejects.toThrow(
        'not an address of this machine',
      );
    }
  });
});
