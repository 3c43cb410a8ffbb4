import { expect, test } from 'vitest';
import type { ServiceClient } from './service-client.ts';
import { answersOfClient, compareClients, parseServiceClient } from './service-registration.ts';

const x = 'a'.repeat(43);
const key = { kty: 'EC', crv: 'P-256', kid: 'a', x, y: x };
const whole: ServiceClient = {
  redirectUris: ['https://service.example.cn/callback'],
  postLogoutRedirectUris: [],
  startUri: 'https://service.example.cn/start',
  jwks: { keys: [key] },
  jwksUri: null,
  backchannelLogoutUri: 'https://10.0.0.8:8443/logout',
  eventsUri: null,
  required: ['name'],
  optional: ['document'],
};
const house = { asks: ['name', 'document'], isLocal: false } as const;
const typed = answersOfClient(whole);

test('a registration is taken as it stands', () => {
  expect(parseServiceClient(typed, house)).toEqual({ ok: true, value: whole });
  const jwksUri = 'https://service.example.cn/keys';
  expect(parseServiceClient({ ...typed, keys: jwksUri }, house)).toEqual({
    ok: true,
    value: { ...whole, jwks: { keys: [] }, jwksUri },
  });
});

test('addresses stand one a line, each once, and on this machine only for development', () => {
  const redirectUris = 'http://localhost:8788/callback\n\n http://localhost:8788/callback ';
  const parsed = parseServiceClient({ ...typed, redirectUris }, { ...house, isLocal: true });
  expect(parsed).toMatchObject({
    value: { redirectUris: ['http://localhost:8788/callback'] },
  });
  expect(parseServiceClient({ ...typed, redirectUris }, house)).toEqual({
    ok: false,
    fields: { redirectUris: 'service_address.format' },
  });
});

test('a service is told nothing that its portal does not list for it, and what it needs is no choice', () => {
  const answersOfFields: Pick<typeof typed, 'required' | 'optional'> = {
    required: ['name', 'document'],
    optional: ['name'],
  };
  expect(
    parseServiceClient({ ...typed, ...answersOfFields }, { ...house, asks: ['name'] }),
  ).toMatchObject({
    value: { required: ['name'], optional: [] },
  });
});

test('what is left out is typed as nothing, and read as nothing', () => {
  const nothing = answersOfClient({});
  expect(nothing).toEqual({
    redirectUris: '',
    postLogoutRedirectUris: '',
    startUri: '',
    keys: '',
    backchannelLogoutUri: '',
    eventsUri: '',
    required: [],
    optional: [],
  });
  const jwksUri = 'https://service.example.cn/keys';
  const client: ServiceClient = {
    ...whole,
    postLogoutRedirectUris: ['https://service.example.cn/a', 'https://service.example.cn/b'],
    redirectUris: ['https://service.example.cn/c', 'https://service.example.cn/d'],
    startUri: null,
    jwks: { keys: [] },
    jwksUri,
    backchannelLogoutUri: null,
    eventsUri: 'https://service.example.cn/events',
  };
  expect(parseServiceClient(answersOfClient(client), house)).toEqual({ ok: true, value: client });
});

test.for([
  'https://service-1.example.cn:8443/a/b?c=%20(d)&e=~f',
  'https://192.168.100.200/callback',
  'https://10.0.0.8/',
  'https://service.example.travel2/',
  'https://service.example.cn/.well-known/a..b',
])('%s is an address', (redirectUris) => {
  const parsed = parseServiceClient({ ...typed, redirectUris }, house);
  expect(parsed).toMatchObject({ value: { redirectUris: [redirectUris] } });
});

test('twenty addresses are taken, and no more', () => {
  const addresses = Array.from({ length: 21 }, (_, at) => `https://a${at}.example.cn/`);
  const taken = [addresses.slice(1), addresses].map(
    (each) => parseServiceClient({ ...typed, redirectUris: each.join('\n') }, house).ok,
  );
  expect(taken).toEqual([true, false]);
});

test('on this machine an address has no question, host of another name, or something before it', () => {
  for (const [redirectUris, isTaken] of [
    ['http://localhost/callback', true],
    ['http://localhost/a?b', false],
    ['xhttp://localhost/a', false],
    ['http://localhost.cn/a', false],
  ] as const) {
    const parsed = parseServiceClient({ ...typed, redirectUris }, { ...house, isLocal: true });
    expect([redirectUris, parsed.ok]).toEqual([redirectUris, isTaken]);
  }
});

const ed = { kty: 'OKP', crv: 'Ed25519', kid: 'b', x };
const rsa = { kty: 'RSA', kid: 'c', n: 'n'.repeat(342), e: 'AQAB' };

test('keys of each kind are taken, with what says how they are used', () => {
  const keys = [{ ...key, alg: 'ES256', use: 'sig' }, ed, rsa, { ...rsa, kid: 'k'.repeat(100) }];
  const parsed = parseServiceClient({ ...typed, keys: JSON.stringify({ keys }) }, house);
  expect(parsed).toMatchObject({ value: { jwks: { keys }, jwksUri: null } });
});

const oneKey = (more: object) => JSON.stringify({ keys: [{ ...key, ...more }] });

test.for([
  ['redirectUris', ''],
  ['redirectUris', 'http://service.example.cn/callback'],
  ['redirectUris', 'https://service.example.cn/callback#x'],
  ['redirectUris', 'https://service.example.cn/a/../callback'],
  ['redirectUris', 'https://service.example.cn'],
  ['redirectUris', 'https://Service.example.cn/callback'],
  ['redirectUris', 'https://user@service.example.cn/callback'],
  ['redirectUris', 'https://localhost/callback'],
  ['redirectUris', 'https://app.localhost:8443/callback'],
  ['redirectUris', 'https://127.0.0.1/callback'],
  ['redirectUris', 'https://0177.0.0.1/callback'],
  ['redirectUris', 'https://10.0.0.8./callback'],
  ['redirectUris', 'https://0x7f.0.0.1/callback'],
  ['redirectUris', 'https://service.example.cn:443/callback'],
  ['redirectUris', 'https://service.example.cn/a/%2e%2e/callback'],
  ['redirectUris', 'javascript:alert(1)'],
  ['redirectUris', 'xhttps://service.example.cn/callback'],
  ['redirectUris', 'https://0.0.0.0/callback'],
  ['redirectUris', 'https://1234.0.0.1/callback'],
  ['redirectUris', 'https://10.0.0.1234/callback'],
  ['redirectUris', 'https://10.0.8/callback'],
  ['redirectUris', 'https://service.1cn/callback'],
  ['redirectUris', 'https://service.example.c_n/callback'],
  ['redirectUris', 'https://service_1.example.cn/callback'],
  ['redirectUris', 'https://service.example.cn:/callback'],
  ['redirectUris', 'https://service.example.cn:port/callback'],
  ['redirectUris', 'https://service.example.cn/a/..'],
  ['redirectUris', 'https://service.example.cn/a/./b'],
  ['redirectUris', 'https://service.example.cn/callback ftp://service.example.cn/'],
  ['startUri', 'ftp://service.example.cn/'],
  ['startUri', 'https://service.example.cn/a https://service.example.cn/b'],
  ['backchannelLogoutUri', 'http://10.0.0.8/logout'],
  ['eventsUri', 'https://service.example.cn/events#'],
  ['keys', ''],
  ['keys', '{'],
  ['keys', '{"keys":[]}'],
  ['keys', '{"keys":[null]}'],
  ['keys', 'http://service.example.cn/keys'],
  ['keys', oneKey({ d: 'secret' })],
  ['keys', oneKey({ kty: 'oct', k: 'secret' })],
  ['keys', oneKey({ kid: undefined })],
  ['keys', oneKey({ crv: 'P-521' })],
  ['keys', oneKey({ x: 'short' })],
  ['keys', oneKey({ x: `${x}a` })],
  ['keys', oneKey({ y: `${x}a` })],
  ['keys', oneKey({ y: undefined })],
  ['keys', oneKey({ kty: 'EC2' })],
  ['keys', oneKey({ kty: ['EC'] })],
  ['keys', oneKey({ kty: 'xEC' })],
  ['keys', oneKey({ crv: 'xP-256' })],
  ['keys', oneKey({ crv: 'P-2567' })],
  ['keys', oneKey({ kid: '' })],
  ['keys', oneKey({ kid: 'a b' })],
  ['keys', oneKey({ kid: 'k'.repeat(101) })],
  ['keys', oneKey({ kid: 1 })],
  ['keys', oneKey({ kids: 'a' })],
  ['keys', oneKey({ xuse: 'a' })],
  ['keys', JSON.stringify({ keys: [{ ...ed, crv: 'Ed448' }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, crv: 'xEd25519' }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, crv: 'Ed255199' }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, kty: 'OKP2' }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, kty: 'xOKP' }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, x: `${x}a` }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, x: `.${x}` }] })],
  ['keys', JSON.stringify({ keys: [{ ...ed, y: x }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, n: 'n'.repeat(341) }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, n: `${rsa.n}=` }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, n: `.${rsa.n}` }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, e: 'AQ' }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, e: 'xAQAB' }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, e: 'AQABx' }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, kty: 'xRSA' }] })],
  ['keys', JSON.stringify({ keys: [{ ...rsa, kty: 'RSAx' }] })],
  ['keys', JSON.stringify({ keys: [key, 'key'] })],
  ['keys', '{"keys":{}}'],
  ['keys', 'null'],
  ['keys', 'https://service.example.cn/a https://service.example.cn/b'],
  ['keys', JSON.stringify({ keys: [key, { ...key, y: 'b'.repeat(43) }] })],
] as const)('as %s %j does not do', ([name, value]) => {
  const parsed = parseServiceClient({ ...typed, [name]: value }, house);
  expect(parsed).toEqual({
    ok: false,
    fields: { [name]: `service_${name === 'keys' ? 'keys' : 'address'}.format` },
  });
});

test('a client without a key, as OAuth calls public, is not registered', () => {
  expect(parseServiceClient({ ...typed, keys: '' }, house)).toEqual({
    ok: false,
    fields: { keys: 'service_keys.format' },
  });
});

test('two registrations are compared by each address, key and field, whatever part it is of', () => {
  const next = {
    ...whole,
    redirectUris: [],
    postLogoutRedirectUris: whole.redirectUris,
    jwks: { keys: [{ ...key, y: 'b'.repeat(43) }] },
    required: ['name', 'document'],
    optional: [],
  } as const;
  const { removed, added } = compareClients(whole, next);
  expect(removed).toEqual([
    'redirectUris https://service.example.cn/callback',
    `jwks ${JSON.stringify(key)}`,
    'optional document',
  ]);
  expect(added).toHaveLength(3);
  expect(compareClients(whole, { ...whole, startUri: null }).added).toEqual([]);
  expect(compareClients(null, whole)).toMatchObject({ removed: [], added: { length: 6 } });
});
