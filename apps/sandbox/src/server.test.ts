import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { vendorPaths } from './sandbox.ts';
import { startSandbox } from './server.ts';
import {
  aliyunCode,
  callAliyun,
  callTencent,
  faceid,
  tencentCode,
} from './testing/vendor-calls.ts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  started = await startSandbox({ port: 0 });
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
    faceid('IdCardVerification', { Name: '林知远', IdCard: '110199199508150119' }),
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
  expect((await post('/ctid', { number: '1' })).status).toBe(404);
});

test('a 网证 opened on the page is shown with the citizen', async () => {
  const number = '110199197001010038';
  expect((await post('/ctid', { number })).status).toBe(200);
  const citizens = await (await fetch(at('/citizens'))).json();
  expect(citizens).toContainEqual(expect.objectContaining({ number, hasCtid: true }));
});

test('the page and its files are served under a policy that allows nothing from elsewhere', async () => {
  for (const path of ['/', '/phone.css', '/phone.js']) {
    const response = await fetch(at(path));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).not.toMatch(/https?:\/\//);
  }
  expect(await (await fetch(at('/healthz'))).json()).toEqual({ ok: true });
});

test('a busy port gets a clear message and exit code 1', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url))], {
    env: { ...process.env, SHIMING_PHONE_PORT: new URL(started.url).port },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [message, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(message).toContain(`Port ${new URL(started.url).port} is busy`);
  expect(exitCode).toBe(1);
});
