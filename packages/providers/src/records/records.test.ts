import { assert, describe, expect, test } from 'vitest';
import type { Fetch } from '../http/exchange.ts';
import { createRecordGateway, withCircuits } from './index.ts';
import type { RecordQuery } from './port.ts';
import { recordOutcomeOf, recordReplies, reportOutcomeOf, reportReplies } from './replies.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4, 0, 0);
const QUERY = {
  kind: 'enrolment',
  name: '测试',
  number: '110199199508150119',
} as const satisfies RecordQuery;

const gateway = (fetch: Fetch, timeoutMs = 5_000) =>
  createRecordGateway({
    endpoint: 'https://records.example.cn',
    secretId: 'made-up-id',
    secretKey: 'made-up-secret',
    fetch,
    now: () => NOW_MS,
    timeoutMs,
  });

async function ask(response: object, status = 200, query: RecordQuery = QUERY) {
  let asked: Request | undefined;
  const source = gateway((request) => {
    asked = request;
    return Response.json({ Response: { RequestId: 'r-1', ...response } }, { status });
  });
  const result = await source.findRecords(query);
  assert(asked);
  return { result, request: asked };
}

const codeOf = async (fetch: Fetch, timeoutMs?: number) => {
  const { outcome, rawCode } = await gateway(fetch, timeoutMs).findRecords(QUERY);
  return `${outcome} ${rawCode}`;
};

const row = { ID: 'XJ-1', XM: '测试', YXMC: '沙箱师范大学', RXRQ: '20240901', XW: '文学学士' };

describe('S-REC-01, T-PRO-07: asking for records', () => {
  test('the question names authority, kind, name and number, and is signed', async () => {
    const { request } = await ask({ Result: '-1' });
    expect(request.headers.get('x-tc-action')).toBe('QueryRecords');
    expect(request.headers.get('authorization')).toMatch(/\/2026-11-21\/records\/tc3_request, /);
    expect(new URL(request.url).search).toBe('');
    expect(await request.json()).toEqual({
      Authority: 'student_record',
      Kind: 'enrolment',
      XM: '测试',
      SFZH: '110199199508150119',
    });
  });

  test('a record says what its kind shows and nothing else; dates are dates, what is empty is not there', async () => {
    const { result } = await ask({ Result: '0', Records: [{ ...row, FY: ' ', BH: null }] });
    expect(result).toEqual({
      outcome: 'found',
      records: [
        { id: 'XJ-1', fields: { name: '测试', school: '沙箱师范大学', enrolledOn: '2024-09-01' } },
      ],
      availableFrom: null,
      rawCode: '0',
      requestId: 'r-1',
    });
  });

  test('S-REC-01a: "not yet" has a date, a month after the admission of the batch closes', async () => {
    expect((await ask({ Result: '-3', LQJZRQ: '20261115' })).result).toMatchObject({
      outcome: 'not_yet',
      availableFrom: '2026-12-15',
      records: [],
    });
  });

  test.each([
    { Result: '0' },
    { Result: '0', Records: [] },
    { Result: '0', Records: 'x' },
    { Result: '0', Records: [{ ...row, RXRQ: '20240230' }] },
    { Result: '0', Records: [row, { XM: '没有编号' }] },
    { Result: '0', Records: [{ ...row, ID: '../x' }] },
    { Result: '0', Records: Array.from({ length: 51 }, () => row) },
    { Result: '-3' },
    { Result: '-3', LQJZRQ: '20261340' },
    { Result: 0 },
    {},
  ])('an answer that makes no sense is none: %j', async (response) => {
    expect((await ask(response)).result).toMatchObject({
      outcome: 'unreachable',
      records: [],
      rawCode: 'malformed_answer',
    });
  });

  test('no connection, no answer in time, no JSON and HTTP 500 are unreachable', async () => {
    expect(await codeOf(() => Promise.reject(new TypeError('fetch failed')))).toBe(
      'unreachable network_error',
    );
    expect(await codeOf(() => new Promise(() => {}), 5)).toBe('unreachable timeout');
    expect(await codeOf(() => new Response('<html>'))).toBe('unreachable malformed_answer');
    expect((await ask({ Result: '0', Records: [row] }, 503)).result.rawCode).toBe('http_503');
  });
});

describe('what a reply of the gateway means', () => {
  const cases = [
    ['0', 'found'],
    ['-1', 'not_found'],
    ['-2', 'mismatched'],
    ['-5', 'not_found'],
    ['-3', 'not_yet'],
    ['-4', 'hidden'],
    ['-6', 'unreachable'],
    ['-7', 'unreachable'],
    ['timeout', 'unreachable'],
    ['http_503', 'unreachable'],
    ['AuthFailure.SignatureFailure', 'unreachable'],
    ['InternalError', 'unreachable'],
  ] as const;
  test.each(cases)('%s is %s', (reply, outcome) => expect(recordOutcomeOf(reply)).toBe(outcome));

  test('a reply that nobody knows says nothing about the person', () => {
    expect(recordOutcomeOf('-99')).toBe('unreachable');
    expect(recordOutcomeOf('constructor')).toBe('unreachable');
  });

  test('each row has a case and a source', () => {
    const met = new Set(
      cases.map(([reply]) => recordReplies.find(([pattern]) => pattern.test(reply))),
    );
    expect(recordReplies.filter((each) => !met.has(each))).toEqual([]);
    expect(recordReplies.every(([, , source]) => /^(?:RFC|https:|README)/.test(source))).toBe(true);
  });
});

describe('S-REC-03: reporting what a school has decided', () => {
  const REPORT = {
    id: 'dispute-1',
    recordId: 'XJ-1',
    outcome: 'corrected',
    reason: 'field_wrong',
    correction: { field: 'studentNumber', value: '202430010128' },
    photo: null,
  } as const;

  test('the report names record, dispute and what is right, is signed, and says nothing else', async () => {
    let asked: Request | undefined;
    const answer = await gateway((request) => {
      asked = request;
      return Response.json({ Response: { RequestId: 'r-1', Result: '0' } });
    }).reportDispute(REPORT);
    expect(answer).toEqual({ outcome: 'accepted', rawCode: '0', requestId: 'r-1' });
    expect(asked?.headers.get('x-tc-action')).toBe('ReportDispute');
    expect(asked?.headers.get('authorization')).toMatch(/\/2026-11-21\/records\/tc3_request, /);
    expect(await asked?.json()).toEqual({
      Authority: 'student_record',
      DisputeId: 'dispute-1',
      ID: 'XJ-1',
      Outcome: 'corrected',
      Reason: 'field_wrong',
      Field: 'XH',
      Value: '202430010128',
    });
  });

  test.each([
    ['0', 'accepted'],
    ['-1', 'refused'],
    ['-8', 'refused'],
    ['-6', 'unreachable'],
    ['-99', 'unreachable'],
    ['timeout', 'unreachable'],
  ] as const)('%s is %s', (reply, outcome) => expect(reportOutcomeOf(reply)).toBe(outcome));

  test('each row of the table has a source, and no answer is none', async () => {
    expect(reportReplies.every(([, , source]) => source.startsWith('README'))).toBe(true);
    const lost = await gateway(() => Promise.reject(new TypeError('fetch failed'))).reportDispute(
      REPORT,
    );
    expect(lost).toMatchObject({ outcome: 'unreachable', rawCode: 'network_error' });
  });
});

test('an authority that is down is left alone, and closes none of the others', async () => {
  const asked: string[] = [];
  const source = withCircuits(
    {
      async findRecords({ kind }) {
        asked.push(kind);
        const outcome = kind === 'putonghua' ? 'unreachable' : 'not_found';
        return { outcome, records: [], availableFrom: null, rawCode: 'x', requestId: 'r' };
      },
      reportDispute: () => Promise.reject(new Error('none')),
    },
    { now: () => 0, failures: 2, openMs: 30_000 },
  );
  const of = (kind: RecordQuery['kind']) => source.findRecords({ ...QUERY, kind });
  await of('putonghua');
  await of('putonghua');
  expect(await of('putonghua')).toMatchObject({
    outcome: 'unreachable',
    rawCode: 'circuit_open',
    requestId: null,
  });
  expect((await of('degree')).outcome).toBe('not_found');
  expect(asked).toEqual(['putonghua', 'putonghua', 'degree']);
});
