import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sandboxCredentials } from './credentials.ts';
import { startSandbox } from './server.ts';

const publicOrigin = 'http://localhost:8787';
const redirect = `${publicOrigin}/login/ministry`;
const { clientId, clientSecret } = sandboxCredentials.ministry;
let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
  started = await startSandbox({ port: 0, smtpPort: 0, publicOrigin });
});
afterAll(() => started.close());
beforeEach(() => started.sandbox.reset());

const at = (path: string) => `${started.url}/vendors/ministry${path}`;

/** A browser: it keeps cookies, and follows redirects of the ministry until it is sent away. */
function browser() {
  const cookies = new Map<string, string>();
  const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const to = answer.headers.get('location');
    const next = to === null ? null : new URL(to, url).href;
    return next === null || next.startsWith(publicOrigin) ? answer : go(next);
  };
  return go;
}

const verifier = randomBytes(32).toString('base64url');
const authorization = (changes: Record<string, string> = {}) =>
  at(
    `/auth?${new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid profile phone email',
      state: 's',
      nonce: 'n',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    })}`,
  );

const choose = async (go: ReturnType<typeof browser>, sub: string) => {
  const page = await go(authorization());
  const action = /action="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return go(`${started.url}${action}`, { method: 'POST', body: new URLSearchParams({ sub }) });
};

const redeem = (code: string) =>
  fetch(at('/token'), {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });

test('the ministry signs a person in, gives the code once, and says who they are', async () => {
  const discovery = await fetch(at('/.well-known/openid-configuration'));
  expect(await discovery.json()).toMatchObject({
    issuer: at(''),
    token_endpoint: at('/token'),
    userinfo_endpoint: at('/me'),
  });
  const back = await choose(browser(), 'edu-1');
  const { searchParams } = new URL(back.headers.get('location') ?? '');
  expect(Object.fromEntries(searchParams)).toMatchObject({ state: 's', iss: at('') });
  const code = searchParams.get('code') ?? '';
  const { access_token: token } = (await (await redeem(code)).json()) as { access_token: string };
  const told = await fetch(at('/me'), { headers: { authorization: `Bearer ${token}` } });
  expect(await told.json()).toMatchObject({
    sub: 'edu-1',
    name: '林知远',
    phone_number: '+86 19900000001',
    phone_number_verified: true,
  });
  expect(await (await redeem(code)).json()).toMatchObject({ error: 'invalid_grant' });
});

test('it sends nobody to another address, and back with an error who cancels', async () => {
  const elsewhere = await browser()(authorization({ redirect_uri: 'https://elsewhere.test/' }));
  expect(elsewhere.status).toBe(400);
  const back = await choose(browser(), '');
  expect(new URL(back.headers.get('location') ?? '').searchParams.get('error')).toBe(
    'access_denied',
  );
});

const turn = (mode: string) =>
  fetch(`${started.url}/control/ministry`, { method: 'POST', body: JSON.stringify({ mode }) });

test('it is down, and it publishes other keys', async () => {
  const keys = async () => (await fetch(at('/jwks'))).text();
  const own = await keys();
  expect(await keys()).toBe(own);
  await turn('wrong_keys');
  expect(await keys()).not.toBe(own);
  await turn('down');
  expect((await fetch(at('/jwks'))).status).toBe(503);
  await turn('working');
  expect(await keys()).toBe(own);
});
