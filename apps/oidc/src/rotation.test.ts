import { signingPeriod, signingSecrets } from '@shiming/services/oidc/keys';
import { citizenNamed } from '@shiming/services/testing/people';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  agreeTo,
  Browser,
  type House,
  issuer,
  openHouse,
  redirectUri,
  registerService,
  verified,
} from './testing/house.ts';
import { type ConnectedService, createService } from './testing/service.ts';

// The clock stands shortly before the end of a period of keys.
const periodMs = 30 * 24 * 3_600_000;
const changesAtMs = 700 * periodMs;
const beforeMs = changesAtMs - 20_000;

let house: House;
let service: ConnectedService;
let sessionToken: string;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: beforeMs });
  house = await openHouse();
  const own = await createService('certification');
  await registerService(house.world, 'certification', { jwks: own.jwks });
  service = await own.connect(issuer, house.fetch);
  sessionToken = await verified(house.world, citizenNamed('林知远'));
  await agreeTo(house.world, sessionToken, 'certification');
});
afterAll(async () => {
  vi.useRealTimers();
  await house.close();
});

/** The published keys, as a service that reads them now has them. */
async function readKeys(): Promise<JSONWebKeySet> {
  const { jwks_uri: uri = '' } = service.config.serverMetadata();
  return (await (await house.fetch(uri)).json()) as JSONWebKeySet;
}

const open = async (url: URL) => (await new Browser(house, sessionToken).open(url)).location;

/** A whole sign-in; answers the ID token, and what refreshing brings. */
async function signIn() {
  const { tokens, refresh } = await service.signIn(redirectUri, open);
  return { idToken: tokens.id_token ?? '', refresh };
}

const verify = (idToken: string, keys: JSONWebKeySet) =>
  jwtVerify(idToken, createLocalJWKSet(keys), { issuer: issuer.href, audience: 'certification' });

const kidOf = ({ idToken }: { idToken: string }) => decodeProtectedHeader(idToken).kid;

test('keys change while people sign in: nobody notices, with the keys of before or of after', async () => {
  const keysBefore = await readKeys();
  const before = await signIn();
  // Half of these begin under the one key, and all end under the other.
  const running = Array.from({ length: 6 }, signIn);
  await new Promise((done) => {
    setImmediate(done);
  });
  const past = changesAtMs + 5_000;
  house.world.advance(past - beforeMs);
  vi.setSystemTime(past);
  const during = await Promise.all(running);
  const after = await Promise.all(Array.from({ length: 6 }, signIn));
  const keysAfter = await readKeys();
  const [kidBefore] = keysBefore.keys.map(({ kid }) => kid);
  const [kidAfter] = keysAfter.keys.map(({ kid }) => kid);
  expect(kidBefore).not.toBe(kidAfter);
  expect(kidOf(before)).toBe(kidBefore);
  expect(new Set(after.map(kidOf))).toEqual(new Set([kidAfter]));
  // Whoever has kept the keys of before knows the new one, and whoever reads them now still knows the former.
  for (const { idToken } of [before, ...during, ...after]) {
    await verify(idToken, keysBefore);
    await verify(idToken, keysAfter);
  }
  // What was given out before goes on.
  await verify((await before.refresh()).id_token ?? '', keysBefore);
});

test('a key signs after it has been published for a whole period, and is published for one after its last signature', async () => {
  const { keys, crypto: webCrypto } = house.world.ctx();
  const idsAt = async (atMs: number, tokenKeys = keys.token) => {
    const deps = { crypto: webCrypto, keys: { ...keys, token: tokenKeys }, now: () => atMs };
    return (await signingSecrets(deps, 'sign')).map(({ id }) => id);
  };
  const [signing = ''] = await idsAt(changesAtMs);
  expect(signingPeriod({ now: () => changesAtMs })).toBe(700);
  const published = await Promise.all(
    [-2, -1, 0, 1, 2].map(async (at) =>
      (await idsAt(changesAtMs + at * periodMs)).includes(signing),
    ),
  );
  expect(published).toEqual([false, true, true, true, false]);
  // A new token key that stands behind the current one is published, and signs once it is put first.
  const [current] = keys.token;
  const next = { id: 'next', key: webCrypto.randomBytes(32) };
  const [still, ...others] = await idsAt(changesAtMs, [current, next]);
  expect(still).toBe(signing);
  const [replaced, ...rest] = await idsAt(changesAtMs, [next, current]);
  expect(others).toContain(replaced);
  expect(rest).toContain(signing);
});
