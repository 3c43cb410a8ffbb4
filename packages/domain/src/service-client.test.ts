import { expect, test } from 'vitest';
import { acrOf, levelOfAcr, parseServiceClient } from './service-client.ts';

const key = { kty: 'EC', crv: 'P-256', kid: 'a', x: 'x', y: 'y' };
const whole = {
  redirectUris: ['https://service.example.cn/callback'],
  postLogoutRedirectUris: [],
  startUri: 'https://service.example.cn/start',
  jwks: { keys: [key] },
};

test('a registration is taken as it stands', () => {
  expect(parseServiceClient(whole)).toEqual(whole);
  const local = { ...whole, redirectUris: ['http://localhost:8788/callback'], startUri: null };
  expect(parseServiceClient(local)).toEqual(local);
});

test.for([
  [{ redirectUris: [] }, 'redirectUris'],
  [{ redirectUris: ['http://service.example.cn/callback'] }, 'redirectUris'],
  [{ redirectUris: ['https://service.example.cn/callback#x'] }, 'redirectUris'],
  [{ redirectUris: ['https://service.example.cn/a/../callback'] }, 'redirectUris'],
  [{ redirectUris: ['https://service.example.cn'] }, 'redirectUris'],
  [{ redirectUris: ['javascript:alert(1)'] }, 'redirectUris'],
  [{ redirectUris: 'https://service.example.cn/callback' }, 'redirectUris'],
  [{ postLogoutRedirectUris: undefined }, 'postLogoutRedirectUris'],
  [{ startUri: 'ftp://service.example.cn/' }, 'startUri'],
  [{ jwks: { keys: [] } }, 'jwks'],
  [{ jwks: undefined }, 'jwks'],
  [{ jwks: { keys: [{ ...key, d: 'secret' }] } }, 'jwks'],
  [{ jwks: { keys: [{ kty: 'oct', kid: 'a', k: 'secret' }] } }, 'jwks'],
  [{ jwks: { keys: [{ ...key, kid: undefined }] } }, 'jwks'],
  [{ jwks: { keys: [{ ...key, crv: 'P-521' }] } }, 'jwks'],
] as const)('%j does not do', ([wrong, name]) => {
  expect(() => parseServiceClient({ ...whole, ...wrong })).toThrow(name);
});

test('a client without a key, as OAuth calls public, is not registered', () => {
  const { jwks: _, ...keyless } = whole;
  const asPublic = { ...keyless, token_endpoint_auth_method: 'none' };
  expect(() => parseServiceClient(asPublic)).toThrow('jwks');
});

test('an acr names a level, and nothing else does', () => {
  expect([1, 2, 3, 4].map((level) => levelOfAcr(acrOf(level as 1)))).toEqual([1, 2, 3, 4]);
  for (const other of ['urn:shiming:level:5', 'urn:shiming:level:33', 'phr', '', 3, undefined]) {
    expect(levelOfAcr(other)).toBeNull();
  }
});
