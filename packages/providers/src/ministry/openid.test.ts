import type { JWTPayload } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { createTestMinistry, type TestMinistry } from '../testing/ministry.ts';
import { createMinistry } from './openid.ts';
import type { MinistryRequest } from './port.ts';
import { createRemoteMinistry, serveMinistry } from './remote.ts';

const request: MinistryRequest = {
  redirectUri: 'https://account.example.cn/login/ministry',
  state: 'state-1',
  nonce: 'nonce-1',
  verifier: 'verifier-1-verifier-1-verifier-1-verifier-1',
};
const user = {
  sub: 'Person-1',
  name: '沈青',
  phone_number: '+8613900000001',
  phone_number_verified: true,
  email: 'shen@example.com',
  email_verified: false,
};
const claims = { name: '沈青', mobile: '+8613900000001', email: null };
let provider: TestMinistry;
let nowMs = 0;

beforeEach(async () => {
  provider = await createTestMinistry();
  nowMs = 0;
});

const ministryOf = (of: TestMinistry, changes: Partial<{ issuer: string; secret: string }> = {}) =>
  createMinistry({
    issuer: changes.issuer ?? of.issuer,
    clientId: of.clientId,
    clientSecret: changes.secret ?? of.clientSecret,
    fetch: (asked) => of.fetch(asked),
    now: () => nowMs,
    timeoutMs: 5_000,
  });

const begin = async (of: TestMinistry, ministry = ministryOf(of)) => {
  const begun = await ministry.begin(request);
  if (begun.outcome !== 'begun') throw new Error(begun.code);
  return { ministry, url: begun.url };
};

/** A person goes there, signs in and comes back. */
const arrive = async (changes: Partial<MinistryRequest> = {}) => {
  const { ministry, url } = await begin(provider);
  return ministry.redeem({ ...request, ...changes }, provider.signIn(url, user));
};

describe('T-REG-15: the ministry’s sign-in by OpenID Connect', () => {
  test('asks for a code with PKCE, state and nonce, and for no more than it fills in', async () => {
    const { url } = await begin(provider);
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      response_type: 'code',
      client_id: 'shiming',
      redirect_uri: request.redirectUri,
      scope: 'openid profile phone email',
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  test('answers who arrived, and of a contact only what the ministry has checked', async () => {
    const subject = { issuer: provider.issuer, subject: 'Person-1' };
    expect(await arrive()).toEqual({ outcome: 'arrived', ...subject, claims });
  });

  test('a person arrives although the ministry does not say more of them', async () => {
    provider.state.isUserInfoDown = true;
    const nothing = { name: null, mobile: null, email: null };
    expect(await arrive()).toMatchObject({ outcome: 'arrived', claims: nothing });
  });

  test('discovery is asked for once an hour', async () => {
    const { ministry } = await begin(provider);
    await ministry.begin(request);
    expect(provider.state.asks).toHaveLength(1);
    nowMs = 3_600_000;
    await ministry.begin(request);
    expect(provider.state.asks).toHaveLength(2);
  });

  test.each([
    ['another state', { state: 'state-2' }],
    ['another verifier', { verifier: 'verifier-2-verifier-2-verifier-2-verifier-2' }],
    ['another nonce', { nonce: 'nonce-2' }],
    ['another address', { redirectUri: 'https://account.example.cn/elsewhere' }],
  ])('%s: what came back does not hold', async (_, changes) => {
    expect(await arrive(changes)).toMatchObject({ outcome: 'refused' });
  });

  test('a code opens once', async () => {
    const { ministry, url } = await begin(provider);
    const query = provider.signIn(url, user);
    expect(await ministry.redeem(request, query)).toMatchObject({ outcome: 'arrived' });
    expect(await ministry.redeem(request, query)).toMatchObject({ outcome: 'refused' });
  });

  test.each([
    ['wrong keys', () => (provider.state.signsWith = 'other')],
    ['alg none', () => (provider.state.signsWith = 'none')],
    [
      'another client’s token',
      () => (provider.state.changeClaims = (made) => ({ ...made, aud: 'another' })),
    ],
    [
      'another issuer’s token',
      () => (provider.state.changeClaims = (made) => ({ ...made, iss: 'https://id.other.test' })),
    ],
    ['an empty subject', () => (provider.state.changeClaims = (made) => ({ ...made, sub: '' }))],
    [
      'no subject',
      () =>
        (provider.state.changeClaims = ({ iss, aud, iat, exp, nonce }) =>
          ({ iss, aud, iat, exp, nonce }) as JWTPayload),
    ],
    [
      'a token that ran out two minutes ago',
      () =>
        (provider.state.changeClaims = (made) => ({
          ...made,
          exp: Math.floor(Date.now() / 1000) - 120,
        })),
    ],
  ])('%s: nobody arrives', async (_, lie) => {
    lie();
    expect(await arrive()).toMatchObject({ outcome: 'refused' });
  });

  test('clocks 20 seconds apart are one time', async () => {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const late = { iat: nowSeconds - 320, exp: nowSeconds - 20 };
    provider.state.changeClaims = (made) => ({ ...made, ...late });
    expect(await arrive()).toMatchObject({ outcome: 'arrived' });
    const early = { iat: nowSeconds + 20, nbf: nowSeconds + 20, exp: nowSeconds + 320 };
    provider.state.changeClaims = (made) => ({ ...made, ...early });
    expect(await arrive()).toMatchObject({ outcome: 'arrived' });
  });

  test('an answer of another issuer (RFC 9207) is refused before its code is sent anywhere', async () => {
    const { ministry, url } = await begin(provider);
    const query = new URLSearchParams(provider.signIn(url, user));
    query.set('iss', 'https://id.other.test');
    expect(await ministry.redeem(request, `?${query}`)).toMatchObject({ outcome: 'refused' });
    expect(provider.state.asks).not.toContain('/token');
  });

  test.each([
    ['access_denied', 'denied'],
    ['login_required', 'refused'],
    ['temporarily_unavailable', 'unavailable'],
  ])('it comes back with %s: %s', async (error, outcome) => {
    const { ministry } = await begin(provider);
    const query = `?${new URLSearchParams({ error, state: 'state-1', iss: provider.issuer })}`;
    expect(await ministry.redeem(request, query)).toMatchObject({ outcome });
  });

  test('a query that is none is refused', async () => {
    const { ministry } = await begin(provider);
    for (const query of ['', '?', '?code=1', '?state=state-1&state=state-1&code=1', '#%%%']) {
      expect(await ministry.redeem(request, query)).toMatchObject({ outcome: 'refused' });
    }
  });

  test('down, in trouble, or with another secret: unavailable, and asked again by the next person', async () => {
    provider.state.isDown = true;
    const ministry = ministryOf(provider);
    expect(await ministry.begin(request)).toMatchObject({ outcome: 'unavailable' });
    provider.state.isDown = false;
    const { url } = await begin(provider, ministry);
    provider.state.answersInstead = (path) =>
      path === '/token' ? new Response('<h1>502</h1>', { status: 502 }) : undefined;
    const query = provider.signIn(url, user);
    expect(await ministry.redeem(request, query)).toMatchObject({ outcome: 'unavailable' });
    provider.state.answersInstead = null;
    const other = ministryOf(provider, { secret: 'sandbox-another-secret' });
    expect(await other.redeem(request, query)).toMatchObject({
      outcome: 'unavailable',
      code: 'invalid_client',
    });
  });

  test('one that does not answer in time is unavailable', async () => {
    const ministry = createMinistry({
      issuer: provider.issuer,
      clientId: 'shiming',
      clientSecret: 'sandbox-ministry-secret',
      fetch: ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
      now: () => 0,
      timeoutMs: 1,
    });
    const answer = { outcome: 'unavailable', code: 'OAUTH_TIMEOUT' };
    expect(await ministry.begin(request)).toEqual(answer);
  });

  test.each([
    ['https://id.ministry.test', 'https://id.ministry.test/', 'begun'],
    ['https://id.ministry.test/', 'https://id.ministry.test', 'begun'],
    ['https://id.ministry.test/realm', 'https://id.ministry.test/realm/', 'unavailable'],
    ['https://id.ministry.test/realm/', 'https://id.ministry.test/realm', 'unavailable'],
  ])('the issuer %s in a setting of %s: %s', async (issuer, setting, outcome) => {
    const of = await createTestMinistry({ issuer });
    expect(await ministryOf(of, { issuer: setting }).begin(request)).toMatchObject({ outcome });
  });
});

describe('the same in a Worker of its own', () => {
  const client = { issuer: 'https://id.ministry.test', clientId: 'shiming', clientSecret: 's' };

  test('answers what the adapter answers, which is made once for a client', async () => {
    let made = 0;
    const serve = serveMinistry((of) => {
      made += 1;
      return ministryOf(provider, { issuer: of.issuer });
    });
    const near = createRemoteMinistry(client, serve);
    const { url } = await begin(provider, near);
    const query = provider.signIn(url, user);
    expect(await near.redeem(request, query)).toMatchObject({ outcome: 'arrived', claims });
    expect(made).toBe(1);
    const other = createRemoteMinistry({ ...client, issuer: 'https://id.other.test' }, serve);
    expect(await other.begin(request)).toMatchObject({ outcome: 'unavailable' });
    expect(made).toBe(2);
    const asked = new Request('https://ministry.internal/other', { method: 'POST' });
    expect((await serve(asked)).status).toBe(404);
  });

  test('a binding that fails is a ministry that is away', async () => {
    const away = { outcome: 'unavailable', code: 'binding_failed' };
    const near = createRemoteMinistry(client, () => Promise.reject(new Error('no such service')));
    expect(await near.begin(request)).toEqual(away);
    const broken = createRemoteMinistry(client, async () => new Response(null, { status: 500 }));
    expect(await broken.redeem(request, '?code=1')).toEqual(away);
  });
});
