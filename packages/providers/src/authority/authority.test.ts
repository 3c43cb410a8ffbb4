import { assert, describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { createTencentAuthority, withCircuit } from './index.ts';
import type { AuthorityAnswer, IdentityQuery } from './port.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);
const PERSON = { name: '测试', number: '110199199508150119' };
const FOUR_FACTORS = {
  check: 'four_factors',
  ...PERSON,
  validity: { start: '2022-03-01', end: '2042-03-01' },
} as const satisfies IdentityQuery;

const tencent = (fetch: Fetch, timeoutMs = 5_000) =>
  createTencentAuthority({
    endpoint: 'https://faceid.tencentcloudapi.com',
    secretId: 'made-up-id',
    secretKey: 'made-up-secret',
    region: 'ap-guangzhou',
    fetch,
    now: () => NOW_MS,
    timeoutMs,
  });

async function ask(query: IdentityQuery, answer: unknown, status = 200) {
  let asked: Request | undefined;
  const authority = tencent((request) => {
    asked = request;
    return Response.json(answer, { status });
  });
  const result = await authority.checkIdentity(query);
  assert(asked);
  return { result, request: asked };
}

const answerOf = (Result: string) => ({
  Response: { Result, Description: '…', RequestId: 'r-1' },
});

const unavailable = (rawCode: string) => ({
  result: 'source_unavailable',
  provider: 'tencent',
  rawCode,
  requestId: null,
  isBilled: false,
});

const check = (fetch: Fetch, timeoutMs?: number) =>
  tencent(fetch, timeoutMs).checkIdentity(FOUR_FACTORS);

/** An authority that answers what `state.result` says, behind a circuit on a clock of our own. */
function setUp() {
  const state = { nowMs: 0, asked: 0, result: 'source_unavailable' as AuthorityAnswer['result'] };
  const authority = withCircuit(
    {
      products: {},
      async checkIdentity() {
        state.asked += 1;
        const { result } = state;
        return { result, provider: 'p', rawCode: 'x', requestId: 'r', isBilled: false };
      },
    },
    { now: () => state.nowMs, failures: 3, openMs: 30_000 },
  );
  return { state, check: () => authority.checkIdentity(FOUR_FACTORS) };
}

describe('T-VER-03: asking the authority', () => {
  test('with the validity it is asked for the four factors', async () => {
    const { request } = await ask(FOUR_FACTORS, answerOf('0'));
    expect(request.headers.get('x-tc-action')).toBe('CheckIdNameDate');
    expect(request.headers.get('x-tc-version')).toBe('2018-03-01');
    expect(request.headers.get('authorization')).toMatch(/\/2026-11-21\/faceid\/tc3_request, /);
    expect(await request.json()).toEqual({
      Name: '测试',
      IdCard: '110199199508150119',
      ValidityBegin: '20220301',
      ValidityEnd: '20420301',
    });
  });

  test('长期 is asked as 00000000', async () => {
    const query = { ...FOUR_FACTORS, validity: { start: '2022-03-01', end: null } };
    const { request } = await ask(query, answerOf('0'));
    expect(await request.json()).toMatchObject({ ValidityEnd: '00000000' });
  });

  test('T-VER-03a: it has a product for 身份证 numbers alone, and asks the vendor about nothing else', async () => {
    const authority = tencent(() => Promise.reject(new Error('asked')));
    expect(authority.products).toEqual({ four_factors: ['resident_identity_card'] });
    expect(
      await authority.checkIdentity({ check: 'travel_permit', name: '测试', number: 'H00000019' }),
    ).toMatchObject({ result: 'config_error', rawCode: 'no_product', isBilled: false });
  });

  test.each([
    ['0', 'match', true],
    ['-1', 'mismatch', true],
    ['-2', 'invalid_input', false],
    ['-3', 'invalid_input', false],
    ['-4', 'invalid_input', false],
    ['-5', 'no_record', false],
    ['-6', 'source_unavailable', false],
    ['-7', 'no_record', false],
    ['-8', 'quota', false],
    ['-9', 'source_unavailable', false],
  ])('CheckIdNameDate %s is %s, billed: %s', async (rawCode, result, isBilled) => {
    expect((await ask(FOUR_FACTORS, answerOf(rawCode))).result).toEqual({
      result,
      provider: 'tencent',
      rawCode,
      requestId: 'r-1',
      isBilled,
    });
  });

  test('HTTP 500 and above is source_unavailable, whatever the body says', async () => {
    const { result } = await ask(FOUR_FACTORS, answerOf('0'), 503);
    expect(result).toEqual({ ...unavailable('http_503'), requestId: 'r-1' });
  });

  test('no connection, no answer in time and no JSON are source_unavailable', async () => {
    expect(await check(() => Promise.reject(new TypeError('fetch failed')))).toEqual(
      unavailable('network_error'),
    );
    expect(await check(() => new Promise(() => {}), 5)).toEqual(unavailable('timeout'));
    expect(await check(() => new Response('<html>'))).toEqual(unavailable('malformed_answer'));
  });

  test.each([null, [], 'x', {}, { Response: {} }, answerOf('constructor'), answerOf('')])(
    'JSON that makes no sense is source_unavailable: %j',
    async (answer) => {
      expect((await ask(FOUR_FACTORS, answer)).result).toMatchObject({
        result: 'source_unavailable',
        isBilled: false,
      });
    },
  );
});

describe('the circuit before an authority', () => {
  test('T-VER-07: after so many failures in a row it answers at once, still source_unavailable', async () => {
    const { state, check } = setUp();
    for (let i = 0; i < 3; i++) expect((await check()).rawCode).toBe('x');
    state.nowMs = 29_999;
    expect(await check()).toEqual({
      result: 'source_unavailable',
      provider: 'p',
      rawCode: 'circuit_open',
      requestId: null,
      isBilled: false,
    });
    expect(state.asked).toBe(3);
  });

  test('after its time one caller tries: a failure opens it again, an answer closes it', async () => {
    const { state, check } = setUp();
    for (let i = 0; i < 3; i++) await check();
    state.nowMs = 30_000;
    const codes = await Promise.all([check(), check(), check()]);
    expect(codes.map((answer) => answer.rawCode)).toEqual(['x', 'circuit_open', 'circuit_open']);
    state.nowMs = 59_999;
    expect((await check()).rawCode).toBe('circuit_open');
    state.nowMs = 60_000;
    state.result = 'mismatch';
    expect((await check()).result).toBe('mismatch');
    state.result = 'source_unavailable';
    expect((await check()).rawCode).toBe('x');
    expect((await check()).rawCode).toBe('x');
  });

  test('failures that are not in a row do not open it', async () => {
    const { state, check } = setUp();
    for (let i = 0; i < 10; i++) {
      state.result = i % 3 === 2 ? 'no_record' : 'source_unavailable';
      expect((await check()).rawCode).toBe('x');
    }
  });
});
