import { generateKeyPairSync } from 'node:crypto';
import {
  attestationTable,
  serviceClientTable,
  serviceDisclosureTable,
  serviceTokenTable,
  sessionTable,
} from '@shiming/db';
import type { ServiceField } from '@shiming/domain';
import { withdrawConsent } from '@shiming/services/data/consents';
import { endAllSessions } from '@shiming/services/login/end-sessions';
import { applicantOf, citizenNamed } from '@shiming/services/testing/people';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  afterLogout,
  agreeTo,
  Browser,
  type House,
  issuer,
  unverified,
  openHouse,
  publicOrigin,
  redirectUri,
  registerService,
  verified,
} from './testing/house.ts';

let house: House;
let config: client.Configuration;
/** Of a person who is verified, and has agreed to enter the service. */
let sessionToken: string;
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = 'service-1';
const publicJwk = { ...keys.publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };

beforeAll(async () => {
  house = await openHouse();
  await registerService(house.world, 'certification', { jwks: { keys: [publicJwk] } });
  config = await discover();
  sessionToken = await verified(house.world, citizenNamed('林知远'));
  await agreeTo(house.world, sessionToken, 'certification');
});
afterAll(() => house.close());

/** The service, with its key or another one. */
async function discover(privateKey = keys.privateKey, clientId = 'certification') {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['sign']);
  return client.discovery(issuer, clientId, {}, client.PrivateKeyJwt({ key, kid }), {
    [client.customFetch]: house.fetch as client.CustomFetch,
  });
}

const scope = 'openid profile document';

/** A sign-in of the service: its request, pushed, and what it does with what comes back. */
async function begin(more: Record<string, string> = {}, of = config) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const DPoP = client.getDPoPHandle(of, await client.randomDPoPKeyPair());
  const url = await client.buildAuthorizationUrlWithPAR(
    of,
    {
      redirect_uri: redirectUri,
      scope,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      ...more,
    },
    { DPoP },
  );
  const pushed = house.calls();
  const checks = { pkceCodeVerifier, expectedState, expectedNonce };
  const finish = (back: URL | null, other: Partial<typeof checks> = {}) =>
    client.authorizationCodeGrant(of, back as URL, { ...checks, ...other }, undefined, {
      DPoP,
    });
  return { url, finish, DPoP, pushed };
}

/** A sign-in in a browser in which somebody is signed in who has agreed. */
async function signIn(more: Record<string, string> = {}, token = sessionToken, of = config) {
  const begun = await begin(more, of);
  const { location } = await new Browser(house, token).open(begun.url);
  const tokens = await begun.finish(location);
  return { ...begun, tokens, back: location, sub: tokens.claims()?.sub ?? '' };
}

const resumeOf = (location: URL | null, more = '') =>
  `${publicOrigin}/oidc/auth/${location?.searchParams.get('from')}${more}`;
const errorOf = (location: URL | null) => location?.searchParams.get('error');

test('discovery and keys ask nothing of the database, and say what a service may use', async () => {
  const meta = config.serverMetadata();
  expect(house.calls()).toBe(0);
  expect(meta).toMatchObject({
    issuer: issuer.href,
    authorization_endpoint: `${issuer.href}/auth`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    require_pushed_authorization_requests: true,
    authorization_response_iss_parameter_supported: true,
  });
  const answer = await house.fetch(String(meta.jwks_uri));
  const { keys: published } = (await answer.json()) as { keys: Record<string, string>[] };
  expect(published.map(({ alg }) => alg)).toEqual(['ES256', 'ES256', 'ES256']);
  expect(published.every((key) => !('d' in key))).toBe(true);
  expect(house.calls()).toBe(0);
  const rfc8414 = `${publicOrigin}/.well-known/oauth-authorization-server/oidc`;
  expect(await (await house.fetch(rfc8414)).json()).toMatchObject({ issuer: issuer.href });
});

test('T-ENT-04: a person is handed over with who they are and at which level, in eight calls of the database', async () => {
  const { url, finish, DPoP, pushed } = await begin({ acr_values: 'urn:shiming:level:3' });
  const browser = new Browser(house, sessionToken);
  const { location } = await browser.open(url);
  expect(`${location?.origin}${location?.pathname}`).toBe(redirectUri);
  const tokens = await finish(location);
  expect(pushed + browser.calls + house.calls()).toBeLessThanOrEqual(8);
  const claims = tokens.claims();
  expect(claims).toMatchObject({ acr: 'urn:shiming:level:3', aud: 'certification' });
  // Who somebody is stands in no token.
  expect(JSON.stringify(claims)).not.toContain('林知远');
  const sub = claims?.sub ?? '';
  const { number } = citizenNamed('林知远');
  expect(await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).toEqual({
    sub,
    name: '林知远',
    document_type: 'resident_identity_card',
    document_number: number,
    real_name_level: 'urn:shiming:level:3',
  });
  expect(house.calls()).toBeLessThanOrEqual(2);
  const told = await house.world.ctx().db.select().from(serviceDisclosureTable);
  expect(told).toMatchObject([
    { service: 'certification', fields: ['name', 'document'], level: 3 },
  ]);
});

test('nothing that was given out can be read in the database', async () => {
  const { tokens, back } = await signIn();
  const rows = JSON.stringify(await house.world.ctx().db.select().from(serviceTokenTable));
  const secrets = [tokens.access_token, tokens.refresh_token, back?.searchParams.get('code')];
  for (const secret of secrets) {
    expect(secret).toBeTruthy();
    expect(rows).not.toContain(secret);
  }
  expect(rows).not.toContain('redirectUri');
});

test('T-ENT-03: who has to do something first is sent to the page of the service, and comes back', async () => {
  const { world } = house;
  const browser = new Browser(house);
  const { url, finish } = await begin({ acr_values: 'urn:shiming:level:3' });
  const asked = await browser.open(url);
  expect(asked.location?.href).toMatch(
    /^https:\/\/account\.example\.cn\/services\/certification\?from=[\w-]+&level=3$/,
  );
  // Signed in, and not verified: the same page, for as often as it is tried.
  const citizen = citizenNamed('沈秀兰');
  browser.signIn(await unverified(world, citizen));
  const again = await browser.open(resumeOf(asked.location));
  expect(again.location?.pathname).toBe('/services/certification');
  // Verified, and not asked yet for the consent.
  const token = await verified(world, citizen);
  browser.signIn(token);
  const third = await browser.open(resumeOf(again.location));
  expect(third.location?.pathname).toBe('/services/certification');
  await agreeTo(world, token, 'certification');
  const back = await browser.open(resumeOf(third.location));
  expect((await finish(back.location)).claims()?.['acr']).toBe('urn:shiming:level:3');
});

test('a person who does not want to go on goes back to the service with access_denied', async () => {
  const browser = new Browser(house);
  const { url, finish } = await begin();
  const { location } = await browser.open(url);
  const { location: again } = await browser.open(resumeOf(location));
  const back = await browser.open(resumeOf(again, '?denied=yes'));
  expect(errorOf(back.location)).toBe('access_denied');
  await expect(finish(back.location)).rejects.toMatchObject({ error: 'access_denied' });
});

test('an interaction belongs to the browser in which it began, and to the person who is signed in there at its end', async () => {
  const stranger = new Browser(house);
  const { url } = await begin();
  const { location } = await stranger.open(url);
  const victim = new Browser(house, sessionToken);
  expect(await victim.open(resumeOf(location))).toMatchObject({ status: 400, location: null });
  // The stranger's own browser has nobody signed in, whatever another has done meanwhile.
  const back = await stranger.open(resumeOf(location));
  expect(back.location?.searchParams.get('code')).toBeNull();
});

test('prompt=none ends in the standard errors, and never in a page', async () => {
  const none = { prompt: 'none' };
  const ask = async (browser: Browser, more = {}) =>
    errorOf((await browser.open((await begin({ ...none, ...more })).url)).location);
  expect(await ask(new Browser(house))).toBe('login_required');
  const other = new Browser(house, await unverified(house.world, citizenNamed('罗建民')));
  expect(await ask(other)).toBe('interaction_required');
  expect(await ask(new Browser(house, sessionToken))).toBeNull();
});

const acr = (values: unknown) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});

const askForLevel = async (values: unknown) =>
  (await new Browser(house, sessionToken).open((await begin(acr(values))).url)).location;

test('an essential acr that nobody can reach here ends in the error of the standard, and not in a loop', async () => {
  expect(errorOf(await askForLevel(['urn:shiming:level:4']))).toBe(
    'unmet_authentication_requirements',
  );
  expect(errorOf(await askForLevel(['phr']))).toBe('unmet_authentication_requirements');
  expect(errorOf(await askForLevel('urn:shiming:level:3'))).toBe('invalid_request');
  expect(
    (await askForLevel(['phr', 'urn:shiming:level:2']))?.searchParams.get('code'),
  ).toBeTruthy();
});

test('prompt=login and max_age send the person to prove who they are once more', async () => {
  const { world } = house;
  const { db } = world.ctx();
  const browser = new Browser(house, sessionToken);
  const { url, finish } = await begin({ prompt: 'login' });
  // A sign-in of the same second as the request, and before it.
  await db.update(sessionTable).set({ createdAtMs: Date.now() });
  world.advance(Date.now() - world.nowMs());
  const asked = await browser.open(url);
  expect(asked.location?.searchParams.has('again')).toBe(true);
  const still = await browser.open(resumeOf(asked.location));
  expect(still.location?.searchParams.has('again')).toBe(true);
  const provedAtMs = Date.now() + 60_000;
  await db.update(sessionTable).set({ provedAtMs });
  const back = await browser.open(resumeOf(still.location));
  const authTime = (await finish(back.location)).claims()?.['auth_time'];
  expect(authTime).toBe(Math.floor(provedAtMs / 1_000));
  await db.update(sessionTable).set({ provedAtMs: null, createdAtMs: Date.now() - 600_000 });
  const old = await begin({ max_age: '300' });
  const { location } = await new Browser(house, sessionToken).open(old.url);
  expect(location?.searchParams.has('again')).toBe(true);
  await db.update(sessionTable).set({ createdAtMs: Date.now() });
});

test('a service that waits for another person sends who is signed in to sign in again', async () => {
  const { tokens } = await signIn();
  const hint = { id_token_hint: tokens.id_token ?? '' };
  expect((await signIn(hint)).tokens.access_token).toBeTruthy();
  // Somebody whom the service does not know yet.
  const other = await unverified(house.world, citizenNamed('罗建民'));
  const ask = async (more = {}) =>
    (await new Browser(house, other).open((await begin({ ...hint, ...more })).url)).location;
  const asked = await ask();
  expect(asked?.pathname).toBe('/services/certification');
  expect(asked?.searchParams.has('again')).toBe(true);
  expect(errorOf(await ask({ prompt: 'none' }))).toBe('login_required');
});

test('a code is good once: used again, it also ends what came of it', async () => {
  const { finish, back, tokens, sub, DPoP } = await signIn();
  await expect(finish(back)).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(
    client.fetchUserInfo(config, tokens.access_token, sub, { DPoP }),
  ).rejects.toMatchObject({ status: 401 });
});

test('of many that bring one code at once, one gets tokens', async () => {
  const { url, finish } = await begin();
  const { location } = await new Browser(house, sessionToken).open(url);
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => finish(location)));
  const refused = answers.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThanOrEqual(7);
  const reasons = refused.map((each) => (each as PromiseRejectedResult).reason.error);
  expect(new Set(reasons)).toEqual(new Set(['invalid_grant']));
});

test('a wrong verifier, a wrong redirect address and a code of another browser key are refused', async () => {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const wrong = await begin();
  const { location } = await new Browser(house, sessionToken).open(wrong.url);
  await expect(wrong.finish(location, { pkceCodeVerifier })).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  const elsewhere = { redirect_uri: 'https://service.example.cn/callback/../evil' };
  await expect(begin(elsewhere)).rejects.toMatchObject({ error: 'invalid_request' });
  await expect(begin({ redirect_uri: `${redirectUri}?x=1` })).rejects.toMatchObject({
    error: 'invalid_request',
  });
  const stolen = await begin();
  const { location: code } = await new Browser(house, sessionToken).open(stolen.url);
  const other = await begin();
  await expect(other.finish(code)).rejects.toMatchObject({ name: 'ClientError' });
});

test('what is not pushed, has no challenge, or asks for a token in the address is refused', async () => {
  const plain = new URL(`${issuer.href}/auth`);
  plain.search = new URLSearchParams({
    client_id: 'certification',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: redirectUri,
  }).toString();
  expect(errorOf((await new Browser(house, sessionToken).open(plain)).location)).toBe(
    'invalid_request',
  );
  await expect(begin({ code_challenge: '', code_challenge_method: '' })).rejects.toMatchObject({
    error: 'invalid_request',
  });
  await expect(begin({ code_challenge_method: 'plain' })).rejects.toMatchObject({
    error: 'invalid_request',
  });
  await expect(begin({ response_type: 'token' })).rejects.toMatchObject({
    error: 'unsupported_response_type',
  });
});

test('refresh tokens are bound to the key and stay the same: two tabs at once lose nothing', async () => {
  const { tokens, DPoP, sub } = await signIn();
  const refresh = tokens.refresh_token ?? '';
  const both = await Promise.all(
    [1, 2].map(() => client.refreshTokenGrant(config, refresh, undefined, { DPoP })),
  );
  for (const each of both) {
    expect(each.refresh_token ?? refresh).toBe(refresh);
    expect(each.claims()?.sub).toBe(sub);
    const told = await client.fetchUserInfo(config, each.access_token, sub, { DPoP });
    expect(told.name).toBe('林知远');
  }
  // Without the service's key it opens nothing, nor does an access token without the key of its request.
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const thief = await discover(key);
  await expect(client.refreshTokenGrant(thief, refresh, undefined, { DPoP })).rejects.toMatchObject(
    { error: 'invalid_client' },
  );
  await expect(client.fetchUserInfo(config, tokens.access_token, sub)).rejects.toMatchObject({
    status: 401,
  });
});

test('an access token belongs to the key of the request that brought it, a refresh token to the service', async () => {
  const { tokens, DPoP, sub } = await signIn();
  const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
  const fetchUser = (token: string, proof?: client.DPoPHandle) =>
    client.fetchUserInfo(config, token, sub, proof && { DPoP: proof });
  await expect(fetchUser(tokens.access_token, other)).rejects.toMatchObject({ status: 401 });
  const refresh = tokens.refresh_token ?? '';
  // RFC 9449, 5: of a service that signs its requests the refresh token needs no key of its own; what it brings has one.
  await expect(client.refreshTokenGrant(config, refresh)).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  const { access_token: fresh } = await client.refreshTokenGrant(config, refresh, undefined, {
    DPoP: other,
  });
  expect((await fetchUser(fresh, other)).sub).toBe(sub);
  await expect(fetchUser(fresh, DPoP)).rejects.toMatchObject({ status: 401 });
});

test('what the standard lets a provider leave aside changes nothing, and what it does not offer is refused by name', async () => {
  const aside = {
    display: 'popup',
    ui_locales: 'en zh',
    claims_locales: 'en',
    login_hint: 'somebody',
    anything: 'else',
  };
  expect((await signIn(aside)).tokens.claims()?.['acr']).toBe('urn:shiming:level:3');
  await expect(begin({ request: 'e30.e30.' })).rejects.toMatchObject({
    error: 'request_not_supported',
  });
  await expect(begin({ response_mode: 'form_post.jwt' })).rejects.toMatchObject({
    error: expect.stringMatching(/^(?:invalid_request|unsupported_response_mode)$/),
  });
});

test('a revoked token opens nothing', async () => {
  const { tokens, DPoP } = await signIn();
  await client.tokenRevocation(config, tokens.refresh_token ?? '');
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('a consent that is withdrawn ends what the service holds, and it is asked for again', async () => {
  const { tokens, DPoP, sub } = await signIn();
  const { ctx, signedIn } = await applicantOf(house.world, sessionToken);
  await withdrawConsent(ctx, signedIn, { kind: 'service', serviceId: 'certification' });
  await expect(
    client.fetchUserInfo(config, tokens.access_token, sub, { DPoP }),
  ).rejects.toMatchObject({ status: 401 });
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
  const { url } = await begin();
  const { location } = await new Browser(house, sessionToken).open(url);
  expect(location?.pathname).toBe('/services/certification');
  await agreeTo(house.world, sessionToken, 'certification');
  // The person is the same one to the service.
  expect((await signIn()).sub).toBe(sub);
  // What it held before the consent was withdrawn stays ended.
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('who ends all sessions ends what services hold', async () => {
  const token = await verified(house.world, citizenNamed('沈秀兰'));
  const { tokens, DPoP, sub } = await signIn({}, token);
  const other = await signIn();
  const { ctx, signedIn } = await applicantOf(house.world, token);
  await endAllSessions(ctx, signedIn);
  await expect(
    client.fetchUserInfo(config, tokens.access_token, sub, { DPoP }),
  ).rejects.toMatchObject({ status: 401 });
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
  const kept = { DPoP: other.DPoP };
  await client.fetchUserInfo(config, other.tokens.access_token, other.sub, kept);
});

test('the person reads of what a service received, and not of what it did not ask for', async () => {
  const { tokens, DPoP, sub } = await signIn({ scope: 'openid profile' });
  const { db } = house.world.ctx();
  const before = await db.select().from(serviceDisclosureTable);
  const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  expect(told).toMatchObject({ name: '林知远' });
  expect(told).not.toHaveProperty('document_number');
  const known = new Set(before.map(({ id }) => id));
  const rows = await db.select().from(serviceDisclosureTable);
  expect(rows.filter(({ id }) => !known.has(id))).toMatchObject([{ fields: ['name'] }]);
});

test('a service signs by the keys that it publishes itself, and by no other', async () => {
  const jwksUri = 'https://service.example.cn/keys';
  const real = fetch;
  vi.stubGlobal('fetch', (url: string | URL, init?: RequestInit) =>
    String(url) === jwksUri
      ? Promise.resolve(Response.json({ keys: [publicJwk] }))
      : real(url, init),
  );
  const at = { portal: 'student', service: 'qualification' };
  await registerService(house.world, 'qualification', { jwks: { keys: [] }, jwksUri }, at);
  expect((await begin({}, await discover(keys.privateKey, 'qualification'))).url).toBeTruthy();
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const thief = await discover(other.privateKey, 'qualification');
  await expect(begin({}, thief)).rejects.toMatchObject({ error: 'invalid_client' });
  vi.unstubAllGlobals();
});

test('a service that is suspended gets nothing more, though its registration was read before', async () => {
  const { db } = house.world.ctx();
  const suspend = (suspendedAtMs: number | null) =>
    db.update(serviceClientTable).set({ suspendedAtMs });
  const { url, finish } = await begin();
  await suspend(1);
  const browser = new Browser(house, sessionToken);
  expect(await browser.open(url)).toMatchObject({ status: 400, location: null });
  await suspend(null);
  const { location } = await browser.open(url);
  await suspend(1);
  await expect(finish(location)).rejects.toMatchObject({ error: 'invalid_grant' });
  await suspend(null);
});

test('published keys are read at the registered address, not where it sends one, and not without end', async () => {
  const origin = 'https://service.example.cn';
  const jwks = { keys: [publicJwk] };
  const real = fetch;
  vi.stubGlobal('fetch', (url: string | URL, init?: RequestInit) => {
    if (String(url) === `${origin}/moved` && init?.redirect === 'manual') {
      return Promise.resolve(new Response(null, { status: 302, headers: { location: '/keys' } }));
    }
    if (String(url) === `${origin}/endless`) {
      return Promise.resolve(Response.json({ ...jwks, more: 'x'.repeat(100_000) }));
    }
    return String(url).startsWith(origin) ? Promise.resolve(Response.json(jwks)) : real(url, init);
  });
  for (const [path, service] of [
    ['moved', 'conscription'],
    ['endless', 'satisfaction'],
  ] as const) {
    const at = { portal: 'student', service };
    const jwksUri = `${origin}/${path}`;
    await registerService(house.world, path, { jwks: { keys: [] }, jwksUri }, at);
    await expect(begin({}, await discover(keys.privateKey, path))).rejects.toMatchObject({
      error: 'invalid_client',
    });
  }
  vi.unstubAllGlobals();
});

test('a service that never asks for more is shown with the level that its sign-in told it', async () => {
  const { db } = house.world.ctx();
  const before = new Set((await db.select().from(serviceDisclosureTable)).map(({ id }) => id));
  const { tokens, DPoP, sub } = await signIn();
  const told = async () =>
    (await db.select().from(serviceDisclosureTable)).filter(({ id }) => !before.has(id));
  expect(await told()).toMatchObject([{ service: 'certification', fields: [], level: 3 }]);
  await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
  expect(await told()).toHaveLength(1);
  await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
  expect(await told()).toMatchObject([{ fields: ['name', 'document'], level: 3 }]);
});

test('a person leaves out what a service does not need, and changes that later', async () => {
  const { world } = house;
  const { db } = world.ctx();
  const required = ['name'] as const;
  const jwks = { keys: [{ ...publicJwk }] };
  const more = { required, optional: ['document', 'mobile'] as const };
  const registration = await registerService(
    world,
    'periodic-registration',
    { jwks, ...more },
    { portal: 'teacher', service: 'periodic-registration' },
  );
  const other = await discover(keys.privateKey, 'periodic-registration');
  const citizen = citizenNamed('林知远');
  const token = await verified(world, citizen);
  const all = 'openid profile document phone';
  const agree = (fields: readonly ServiceField[]) =>
    agreeTo(world, token, 'periodic-registration', fields);
  const received = async () => {
    const { tokens, DPoP, sub } = await signIn({ scope: all }, token, other);
    expect(JSON.stringify(tokens.claims())).not.toContain(citizen.name);
    const {
      sub: _,
      real_name_level: __,
      ...told
    } = await client.fetchUserInfo(other, tokens.access_token, sub, { DPoP });
    return { told: Object.keys(told), again: { tokens, DPoP, sub } };
  };
  // What it needs is no choice: without it the person is asked.
  await agree(['document']);
  const asked = await new Browser(house, token).open((await begin({}, other)).url);
  expect(asked.location?.pathname).toBe('/services/periodic-registration');
  await agree(['name', 'mobile', 'email']);
  const first = await received();
  // The portal lists an address of mail for it, and its registration does not.
  expect(first.told).toEqual(['name', 'phone_number', 'phone_number_verified']);
  // What is taken back is told no longer, by tokens of before either.
  await agree(['name']);
  const { tokens, DPoP, sub } = first.again;
  const later = await client.fetchUserInfo(other, tokens.access_token, sub, { DPoP });
  expect(later).not.toHaveProperty('phone_number');
  expect((await received()).told).toEqual(['name']);
  const rows = await db.select().from(serviceDisclosureTable);
  const ofService = rows.filter(({ service }) => service === 'periodic-registration');
  expect(ofService.map(({ fields }) => fields.join(' '))).toEqual(['name mobile', 'name', 'name']);
  // A service that needs more than was agreed to asks again.
  house.forget();
  await db.update(serviceClientTable).set({
    registration: { ...registration, required: ['name', 'document'] },
  });
  const again = await new Browser(house, token).open((await begin({}, other)).url);
  expect(again.location?.pathname).toBe('/services/periodic-registration');
});

const end = (more: Record<string, string>) =>
  client.buildEndSessionUrl(config, { post_logout_redirect_uri: afterLogout, ...more });

test('a service that brings its ID token signs the person out here, and gets them back; others are asked', async () => {
  const token = await verified(house.world, citizenNamed('林知远'));
  const browser = new Browser(house, token);
  const { url, finish } = await begin();
  const tokens = await finish((await browser.open(url)).location);
  const asked = await browser.open(end({}));
  expect(asked).toMatchObject({ status: 200, location: null });
  expect(asked.text).toContain('退出登录');
  const foreign = new Browser(house, await verified(house.world, citizenNamed('沈秀兰')));
  const hint = { id_token_hint: tokens.id_token ?? '' };
  expect((await foreign.open(end(hint))).location).toBeNull();
  const out = await browser.open(end({ ...hint, state: 's1' }));
  expect(out.location?.href).toBe(`${afterLogout}?state=s1`);
  expect(browser.cookieNames()).not.toContain('__Host-session');
  const later = new Browser(house, token);
  expect((await later.open((await begin()).url)).location?.pathname).toBe(
    '/services/certification',
  );
});

test('a level that no longer stands opens nothing, and is said of nobody', async () => {
  const { world } = house;
  const token = await verified(world, citizenNamed('沈秀兰'));
  const { tokens, DPoP, sub } = await signIn({ acr_values: 'urn:shiming:level:3' }, token);
  const { url, finish } = await begin();
  const { location } = await new Browser(house, token).open(url);
  await world.ctx().db.update(attestationTable).set({ revokedAtMs: world.nowMs() });
  await expect(finish(location)).rejects.toMatchObject({ error: 'invalid_grant' });
  await expect(
    client.fetchUserInfo(config, tokens.access_token, sub, { DPoP }),
  ).rejects.toMatchObject({ status: 401 });
  await expect(
    client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP }),
  ).rejects.toMatchObject({ error: 'invalid_grant' });
});
