import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sandboxCredentials } from './credentials.ts';
import { sandboxMail } from './mail.ts';
import { vendorPaths } from './sandbox.ts';
import { startSandbox } from './server.ts';
import { encryptedAnswer, readPush, textAnswer } from './testing/chat-service.ts';
import { SmtpClient } from './testing/smtp-client.ts';
import {
  aliyunCode,
  callAliyun,
  callTencent,
  faceid,
  tencentCode,
} from './testing/vendor-calls.ts';
import { openIdOf, sandboxWeChat } from './wechat-account.ts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  started = await startSandbox({ port: 0, smtpPort: 0 });
});
afterAll(() => started.close());
beforeEach(() => started.sandbox.reset());

const at = (path: string) => new URL(path, started.url).href;
const post = (path: string, body: unknown) =>
  fetch(at(path), { method: 'POST', body: JSON.stringify(body) });
const mobile = '19900000001';

test('one port answers as every vendor, with signatures over the address that was called', async () => {
  const nowMs = Date.now();
  const aliyun = await callAliyun(fetch, at(vendorPaths.aliyunSms), aliyunCode(mobile, '111111'), {
    nowMs,
  });
  expect(await aliyun.json()).toMatchObject({
    Code: 'OK',
    Message: 'OK',
    RequestId: expect.any(String),
    BizId: expect.any(String),
  });
  const tencent = await callTencent(
    fetch,
    at(vendorPaths.tencentSms),
    tencentCode([`+86${mobile}`], '222222'),
    { nowMs },
  );
  expect(await tencent.json()).toMatchObject({ Response: { SendStatusSet: [{ Code: 'Ok' }] } });
  const authority = await callTencent(
    fetch,
    at(vendorPaths.tencentFaceid),
    faceid('CheckIdNameDate', {
      Name: '林知远',
      IdCard: '110199199508150119',
      ValidityBegin: '20220301',
      ValidityEnd: '20420301',
    }),
    { nowMs },
  );
  expect(await authority.json()).toMatchObject({
    Response: { Result: '0', RequestId: expect.any(String) },
  });

  const messages = await fetch(at(`/phone/messages?mobile=${mobile}`));
  expect(await messages.json()).toMatchObject([{ code: '111111' }, { code: '222222' }]);
  const others = await fetch(at('/phone/messages?mobile=19900000002'));
  expect(await others.json()).toEqual([]);
});

test('a vendor that is down answers 503 with nothing in it', async () => {
  expect(await (await post('/control/gateway/aliyun', { mode: 'down' })).json()).toEqual({
    mode: 'down',
  });
  expect(await (await fetch(at('/control'))).json()).toEqual({
    gateways: { aliyun: 'down', tencent: 'working' },
    authority: 'working',
    mail: 'working',
    mailScanner: 'off',
    ministry: 'working',
    records: 'working',
    wechat: 'working',
    wechatEncryption: 'encrypted',
    wechatRepeat: 'once',
  });
  const response = await fetch(at(vendorPaths.aliyunSms), { method: 'POST' });
  expect(response.status).toBe(503);
  expect(await response.text()).toBe('');
});

test('modes, vendors and citizens that do not exist are refused', async () => {
  expect((await post('/control/gateway/aliyun', { mode: 'quota' })).status).toBe(400);
  expect((await post('/control/gateway/baidu', { mode: 'down' })).status).toBe(404);
  expect((await post('/control/authority', { mode: 'busy' })).status).toBe(400);
  expect((await post('/control/authority', null)).status).toBe(400);
  for (const name of ['mail', 'mail-scanner', 'wechat', 'wechat-encryption', 'wechat-repeat']) {
    expect((await post(`/control/${name}`, { mode: 'quota' })).status).toBe(400);
  }
  expect((await post('/control/mail-scanner', { mode: 'on' })).status).toBe(200);
  expect((await post('/control/wechat-repeat', { mode: 'thrice' })).status).toBe(200);
  expect((await post('/ctid', { number: '1' })).status).toBe(404);
});

test('a 网证 opened on the page is shown with the citizen', async () => {
  const number = '110199197001010038';
  expect((await post('/ctid', { number })).status).toBe(200);
  const citizens = await (await fetch(at('/citizens'))).json();
  expect(citizens).toContainEqual(expect.objectContaining({ number, hasCtid: true }));
});

test('the page and its files are served under a policy that allows nothing from elsewhere', async () => {
  for (const path of ['/', '/phone.css', '/phone.js', '/dom.js', '/mail.js', '/wechat.js']) {
    const response = await fetch(at(path));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).not.toMatch(/https?:\/\//);
  }
  expect(await (await fetch(at('/healthz'))).json()).toEqual({ ok: true });
});

test('T-PWD-02: a mail sent over SMTP is in the mailbox, its HTML to be framed without scripts', async () => {
  const { username, password } = sandboxCredentials.smtp;
  const client = await SmtpClient.connect(started.smtpPort);
  await client.send('EHLO test');
  await client.signIn(username, password);
  const html = '<html><head></head><body><a href="http://localhost/">重置</a></body></html>';
  const content = `Subject: x\nContent-Type: text/html; charset=utf-8\n\n${html}`;
  expect((await client.deliver(sandboxMail.from, ['lin@mail.test'], content)).code).toBe(250);
  client.close();

  const [message] = await (await fetch(at('/mail/messages?address=Lin@mail.test'))).json();
  expect(message).toMatchObject({ subject: 'x', text: null, links: ['http://localhost/'] });
  const page = await fetch(at(`/mail/messages/${message.id}/html`));
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox /);
  expect(await page.text()).toContain('<head><base target="_blank"></head>');
  expect((await fetch(at('/mail/messages/none/html'))).status).toBe(404);
  expect(await (await fetch(at('/mail/messages?address=other@mail.test'))).json()).toEqual([]);
});

test('the mail server stops and starts by control, before the control answers', async () => {
  await post('/control/mail', { mode: 'down' });
  await expect(SmtpClient.connect(started.smtpPort)).rejects.toThrow('ECONNREFUSED');
  await post('/control/mail', { mode: 'working' });
  (await SmtpClient.connect(started.smtpPort)).close();
});

test('T-REG-13: what a person does in WeChat is pushed to the service’s address', async () => {
  const service = await startService(async (request) => {
    const push = await readPush(request);
    const { echostr } = push.query;
    return new Response(echostr ?? encryptedAnswer(textAnswer(push, '验证码 123456')));
  });
  const { wechat } = started.sandbox;
  wechat.setPush(fetch, `${service.url}/wechat`);
  const person = `/wechat/${openIdOf(mobile)}`;
  const act = async (name: string, body: object = {}) => {
    const response = await post(`${person}/${name}`, body);
    return [response.status, await response.json()];
  };
  expect(await (await post('/wechat/verify', {})).json()).toEqual({ isVerified: true, detail: '' });
  expect(await act('type', { text: 'x' })).toEqual([409, { error: 'not_following' }]);
  expect(await act('follow')).toEqual([
    200,
    {
      text: '验证码 123456',
      texts: ['验证码 123456'],
      pushes: 1,
      trouble: null,
      detail: '',
      isFollowing: true,
    },
  ]);
  expect((await act('type', { text: '110199199508150119' }))[1]).toMatchObject({ pushes: 1 });
  expect(await act('press', { key: 'GET_CODE' })).toEqual([409, { error: 'no_such_button' }]);
  expect(await act('scan', {})).toEqual([409, { error: 'no_such_code' }]);
  expect(await (await fetch(at(`${person}/chat`))).json()).toMatchObject({
    isFollowing: true,
    lines: [
      { from: 'wechat' },
      { from: 'account', text: '验证码 123456' },
      { from: 'person', text: '110199199508150119' },
      { from: 'account' },
    ],
  });
  expect(await (await fetch(at('/wechat/users'))).json()).toContainEqual({
    openId: openIdOf(mobile),
    mobile,
    name: '林知远',
    isFollowing: true,
  });
  expect(await (await fetch(at('/wechat/codes'))).json()).toEqual([]);
  expect(await (await fetch(at('/wechat/account'))).json()).toEqual({ ...sandboxWeChat, menu: [] });
  expect((await fetch(at('/wechat/nobody/chat'))).status).toBe(404);
  expect((await post('/wechat/nobody/follow', {})).status).toBe(404);
  expect((await act('unfollow'))[1]).toMatchObject({ isFollowing: false });
  await service.close();
});

/** A service behind the service account, on a port of its own. */
async function startService(answer: (request: Request) => Promise<Response>) {
  const server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

test.each([
  ['SHIMING_PHONE_PORT', () => Number(new URL(started.url).port)],
  ['SHIMING_SMTP_PORT', () => started.smtpPort],
])('a busy port gets a clear message that names %s, and exit code 1', async (name, portOf) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url))], {
    env: {
      ...process.env,
      SHIMING_PHONE_PORT: '0',
      SHIMING_SMTP_PORT: '0',
      [name]: String(portOf()),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [message, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(message).toContain(`Port ${portOf()} is busy; choose another with ${name}`);
  expect(exitCode).toBe(1);
});
