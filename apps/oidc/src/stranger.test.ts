import { serviceSubjectTable } from '@shiming/db';
import { inPortal } from '@shiming/services/context';
import { giveConsent } from '@shiming/services/data/consents';
import { nameSubject } from '@shiming/services/oidc/tokens';
import { applicantOf, citizenNamed } from '@shiming/services/testing/people';
import * as oauth from 'oauth4webapi';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  Browser,
  type House,
  issuer,
  openHouse,
  publicOrigin,
  redirectUri,
  registerService,
  unverified,
} from './testing/house.ts';

// A service of the student portal, by another library, which leaves every check to its caller.
let house: House;
let as: oauth.AuthorizationServer;
let keys: CryptoKeyPair;
let sessionToken: string;
const clientId = 'conscription';
const kid = 'service-2';
const client: oauth.Client = { client_id: clientId };
const scope = 'openid profile document';

beforeAll(async () => {
  house = await openHouse();
  keys = await oauth.generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await crypto.subtle.exportKey('jwk', keys.publicKey)), kid, alg: 'ES256' };
  const at = { portal: 'student', service: clientId };
  const jwks = { keys: [jwk as Record<string, unknown>] };
  await registerService(house.world, clientId, { jwks }, at);
  const silent = { portal: 'student', service: 'satisfaction' };
  await registerService(house.world, 'satisfaction', { jwks }, silent);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...through() });
  as = await oauth.processDiscoveryResponse(issuer, answer);
  sessionToken = await unverified(house.world, citizenNamed('沈秀兰'));
  await agreeAt('student', clientId);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => house.close());

const through = () => ({ [oauth.customFetch]: house.fetch as never });

async function agreeAt(portal: string, serviceId: string) {
  const { ctx, signedIn } = await applicantOf(house.world, sessionToken);
  const there = inPortal(ctx, portal);
  await giveConsent(there, signedIn, { kind: 'document_number', hasAgreed: true });
  await giveConsent(there, signedIn, {
    kind: 'service',
    serviceId,
    fields: ['name', 'document'],
    hasAgreed: true,
  });
}

const signed = () => oauth.PrivateKeyJwt({ key: keys.privateKey, kid });

/** Pushes a request; what the provider says of it. */
async function push(
  more: Record<string, string> = {},
  { as: who = client, auth = signed() }: { as?: oauth.Client; auth?: oauth.ClientAuth } = {},
) {
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  const DPoP = oauth.DPoP(who, await oauth.generateKeyPair('ES256'));
  const parameters = new URLSearchParams({
    client_id: who.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  });
  const answer = await oauth.pushedAuthorizationRequest(as, who, auth, parameters, {
    DPoP,
    ...through(),
  });
  return { answer, verifier, state, nonce, DPoP };
}

/** A request, as far as the browser brings its answer back. */
async function begin(token = sessionToken) {
  const { answer, ...rest } = await push();
  const { request_uri: requestUri } = await oauth.processPushedAuthorizationResponse(
    as,
    client,
    answer,
  );
  const url = new URL(as.authorization_endpoint ?? '');
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('request_uri', requestUri);
  const { location } = await new Browser(house, token).open(url);
  return { ...rest, back: location as URL };
}

async function redeem(begun: Awaited<ReturnType<typeof begin>>, auth = signed()) {
  const parameters = oauth.validateAuthResponse(as, client, begun.back, begun.state);
  const { DPoP, verifier } = begun;
  return oauth.authorizationCodeGrantRequest(as, client, auth, parameters, redirectUri, verifier, {
    DPoP,
    ...through(),
  });
}

const tokensOf = async (begun: Awaited<ReturnType<typeof begin>>) =>
  oauth.processAuthorizationCodeResponse(as, client, await redeem(begun), {
    expectedNonce: begun.nonce,
  });

const refusal = async (answer: Response) => ((await answer.json()) as { error: string }).error;

test('a stranger signs a person in by the standard alone, at the level that the service asks for', async () => {
  const begun = await begin();
  const answer = await redeem(begun);
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, {
    expectedNonce: begun.nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, answer, through());
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  expect(claims?.['acr']).toBe('urn:shiming:level:2');
  const sub = claims?.sub ?? '';
  expect(sub).toHaveLength(32);
  const { DPoP } = begun;
  const asked = await oauth.userInfoRequest(as, client, tokens.access_token, {
    DPoP,
    ...through(),
  });
  const told = await oauth.processUserInfoResponse(as, client, sub, asked);
  expect(told.name).toBe('沈秀兰');
  // No page may ask, wherever it runs.
  const headers = new Headers({ origin: 'https://evil.example' });
  const options = { DPoP, headers, ...through() };
  const page = await oauth.userInfoRequest(as, client, tokens.access_token, options);
  expect(page.status).toBe(400);
});

test('an answer of another issuer, or of none, is known by its iss', async () => {
  const { back, state } = await begin();
  expect(back.searchParams.get('iss')).toBe(issuer.href);
  const mixed = new URL(back);
  mixed.searchParams.set('iss', 'https://elsewhere.example.cn/oidc');
  expect(() => oauth.validateAuthResponse(as, client, mixed, state)).toThrow('"iss"');
  mixed.searchParams.delete('iss');
  expect(() => oauth.validateAuthResponse(as, client, mixed, state)).toThrow('"iss"');
  expect(() => oauth.validateAuthResponse(as, client, back, 'another')).toThrow('"state"');
});

test('a code is good for a minute', async () => {
  const begun = await begin();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 62_000 });
  expect(await refusal(await redeem(begun))).toBe('invalid_grant');
});

test('a request that was pushed is good for a minute, and once', async () => {
  const { answer } = await push();
  const { request_uri: requestUri } = await oauth.processPushedAuthorizationResponse(
    as,
    client,
    answer,
  );
  const url = new URL(as.authorization_endpoint ?? '');
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('request_uri', requestUri);
  const first = await new Browser(house, sessionToken).open(url);
  expect(first.location?.searchParams.has('code')).toBe(true);
  const again = await new Browser(house, sessionToken).open(url);
  expect(again.location?.searchParams.has('code') ?? false).toBe(false);
  const other = await push();
  const { request_uri: late } = await oauth.processPushedAuthorizationResponse(
    as,
    client,
    other.answer,
  );
  url.searchParams.set('request_uri', late);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 90_000 });
  expect((await new Browser(house, sessionToken).open(url)).location).toBeNull();
});

const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a service that does not sign, or signs twice the same, is nobody', async () => {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const body = { iss: clientId, sub: clientId, aud: issuer.href, jti: 'a', exp: nowSeconds + 60 };
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const by =
    (assertion: string): oauth.ClientAuth =>
    (_, __, form) => {
      form.set('client_assertion_type', type);
      form.set('client_assertion', assertion);
    };
  const none = by(`${part({ alg: 'none' })}.${part(body)}.`);
  expect(await refusal((await push({}, { auth: none })).answer)).toBe('invalid_client');
  // One that the service signed, overheard on its way.
  const form = new URLSearchParams();
  await signed()(as, client, form, new Headers());
  const overheard = by(form.get('client_assertion') ?? '');
  expect((await push({}, { auth: overheard })).answer.status).toBe(201);
  expect(await refusal((await push({}, { auth: overheard })).answer)).toBe('invalid_client');
  const { privateKey } = await oauth.generateKeyPair('ES256');
  const thief = oauth.PrivateKeyJwt({ key: privateKey, kid });
  expect(await refusal((await push({}, { auth: thief })).answer)).toBe('invalid_client');
  expect(await refusal((await push({}, { as: { client_id: 'nobody' } })).answer)).toBe(
    'invalid_client',
  );
});

test('a proof of a key that is not signed, or was used, opens nothing', async () => {
  const begun = await begin();
  const tokens = await tokensOf(begun);
  const userinfo = as.userinfo_endpoint ?? '';
  const ask = (proof: string) =>
    house.fetch(userinfo, {
      headers: { authorization: `DPoP ${tokens.access_token}`, dpop: proof },
    });
  let proof = '';
  const listening = async (url: string, init: RequestInit) => {
    proof = new Headers(init.headers).get('dpop') ?? '';
    return house.fetch(url, init);
  };
  const through = { DPoP: begun.DPoP, [oauth.customFetch]: listening as never };
  const asked = await oauth.userInfoRequest(as, client, tokens.access_token, through);
  expect(asked.status).toBe(200);
  expect((await ask(proof)).ok).toBe(false);
  const [header = '', body = ''] = proof.split('.');
  const fresh = part({ ...read(body), jti: 'another' });
  expect((await ask(`${part({ ...read(header), alg: 'none' })}.${fresh}.`)).status).toBe(401);
  expect((await ask(`${header}.${fresh}.${proof.split('.')[2]}`)).status).toBe(401);
});

test('an ID token that is not signed is no hint: nobody is signed out by one', async () => {
  const begun = await begin();
  const tokens = await tokensOf(begun);
  const body = tokens.id_token?.split('.')[1] ?? '';
  const browser = new Browser(house, sessionToken);
  const end = new URL(`${publicOrigin}/oidc/session/end`);
  end.searchParams.set('id_token_hint', `${part({ alg: 'none' })}.${body}.`);
  expect((await browser.open(end)).text).toContain('<form');
  expect(browser.cookieNames()).toContain('__Host-session');
});

test('without a nonce the ID token has none, and a request that is not of OpenID is refused', async () => {
  const { answer, ...rest } = await push({ nonce: '' });
  const requestUri = (await oauth.processPushedAuthorizationResponse(as, client, answer))
    .request_uri;
  const url = new URL(as.authorization_endpoint ?? '');
  url.search = new URLSearchParams({ client_id: clientId, request_uri: requestUri }).toString();
  const { location } = await new Browser(house, sessionToken).open(url);
  const redeemed = await redeem({ ...rest, back: location as URL });
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, redeemed);
  expect(oauth.getValidatedIdTokenClaims(tokens)).not.toHaveProperty('nonce');
  expect(await refusal((await push({ scope: 'profile' })).answer)).toBe('invalid_request');
});

test('a service gets no more than its portal lists for it', async () => {
  const satisfaction = { client_id: 'satisfaction' };
  const { answer } = await push({}, { as: satisfaction });
  expect(await refusal(answer)).toBe('invalid_scope');
  expect((await push({ scope: 'openid' }, { as: satisfaction })).answer.status).toBe(201);
});

test('two services know one person by names that say nothing of each other', async () => {
  const { signedIn } = await applicantOf(house.world, sessionToken);
  const ctx = house.world.ctx();
  const name = () => nameSubject(ctx, signedIn.account.id, 'satisfaction', 2);
  // The second time changes nothing.
  await ctx.db.batch([...name(), ...name()]);
  const rows = await ctx.db.select().from(serviceSubjectTable);
  expect(rows.map((row) => row.clientId).toSorted()).toEqual(['conscription', 'satisfaction']);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
});

test('a page elsewhere ends no session', async () => {
  const browser = new Browser(house, sessionToken);
  const end = `${publicOrigin}/oidc/session/end`;
  const asked = await browser.open(end, { origin: 'https://evil.example' }, 'POST');
  expect(asked.text).toContain('<form');
  expect(browser.cookieNames()).toContain('__Host-session');
  const done = await browser.open(end, { origin: publicOrigin }, 'POST');
  expect(done.text).toContain('您已退出登录');
  expect(browser.cookieNames()).not.toContain('__Host-session');
  // Nor is there anything to tell services of who was not signed in.
  await new Browser(house).open(end);
  await new Browser(house).open(end, { origin: publicOrigin }, 'POST');
  await expect.poll(() => house.signOuts()).toBe(1);
});
