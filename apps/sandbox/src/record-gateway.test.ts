import { parseDocumentNumber } from '@shiming/domain';
import { describe, expect, test } from 'vitest';
import { citizens } from './citizens.ts';
import { sandboxCredentials } from './credentials.ts';
import { recordHolders } from './record-holders.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import { callTencent } from './testing/vendor-calls.ts';

const url = `https://sandbox.test${vendorPaths.records}`;
const startMs = Date.parse('2026-11-21T12:00:00+08:00');

function world() {
  const sandbox = createSandbox({ now: () => startMs, slowMs: 20, slowCitizenMs: 20 });
  const ask = async (
    parameters: Record<string, string>,
    options: { secretId?: string; overrides?: Record<string, string> } = {},
  ) => {
    const call = { service: 'records', version: '2026-11-01', action: 'QueryRecords', parameters };
    const response = await callTencent(sandbox.fetch, url, call, {
      nowMs: startMs,
      credentials: sandboxCredentials.records,
      ...options,
    });
    const body = (await response.json()) as { Response: Record<string, unknown> };
    const { Error: error, Result, Records, LQJZRQ } = body.Response;
    const code = error === undefined ? Result : (error as { Code: string }).Code;
    return { status: response.status, code, rows: Records as { ID: string }[], LQJZRQ };
  };
  return { sandbox, ask };
}

const question = (name: string, number: string, Kind = 'enrolment', Authority = 'student_record') =>
  ({ Authority, Kind, XM: name, SFZH: number }) as const;
const lin = ['林知远', '110199199508150119'] as const;

describe('the gateway of records', () => {
  test('S-REC-04: answers with every record of a person', async () => {
    const { ask } = world();
    const { code, rows } = await ask(question(...lin, 'qualification'));
    expect([code, rows.map(({ ID }) => ID)]).toEqual([
      '0',
      ['XL-99901-2018-0119', 'XL-99902-2016-0119'],
    ]);
  });

  test.each([
    ['沈秀兰', '11019919491231002X', '-1'],
    ['林致远', '110199199508150119', '-2'],
    ['周子涵', '11019919880808012X', '-2'],
    ['秦望舒', '110199199309170045', '-4'],
    ['杜若溪', '11019920080229002X', '-3'],
    ['林知远', '１１０１９９', '-5'],
    ['何俊彦', '810000199606060019', '-1'],
    ['何俊彦', 'A123456(3)', '0'],
  ])('%s under %s: %s', async (name, number, code) => {
    expect((await world().ask(question(name, number))).code).toBe(code);
  });

  test('"not yet" says when the admission of the batch closed', async () => {
    expect(await world().ask(question('杜若溪', '11019920080229002X'))).toMatchObject({
      LQJZRQ: '20261115',
    });
  });

  test('a request that is not signed with its key, and one for the wrong authority, are errors', async () => {
    const { ask } = world();
    expect(await ask(question(...lin), { secretId: 'another' })).toMatchObject({
      code: 'AuthFailure.SecretIdNotFound',
    });
    expect(
      await ask(question(...lin), { overrides: { 'x-tc-timestamp': '1000000000' } }),
    ).toMatchObject({ code: 'AuthFailure.InvalidAuthorization' });
    expect(await ask(question(...lin, 'degree'))).toMatchObject({ code: 'InvalidParameter' });
  });

  test('a number is looked up 30 times a day; each fault has its own reply', async () => {
    const { sandbox, ask } = world();
    for (let i = 0; i < 30; i++) expect((await ask(question(...lin))).code).toBe('0');
    expect((await ask(question(...lin))).code).toBe('-7');
    expect(sandbox.records.queries.get(lin[1])).toBe(31);
    sandbox.reset();
    sandbox.records.setMode('source_down');
    expect((await ask(question(...lin))).code).toBe('-6');
    sandbox.records.setMode('down');
    await expect(ask(question(...lin))).rejects.toThrow('fetch failed');
    sandbox.reset();
    expect(await ask(question('许静姝', '11019919880808004X'))).toMatchObject({
      status: 503,
      code: 'InternalError',
    });
  });

  test('the holders are the sandbox’s citizens under a number of theirs, and no record stands twice', () => {
    const known = new Set(
      citizens.flatMap((citizen) => [
        citizen.number,
        citizen.travelPermitNumber ?? '',
        citizen.localDocumentNumber ?? '',
      ]),
    );
    expect(recordHolders.filter(({ number }) => !known.has(number))).toEqual([]);
    const rows = recordHolders.flatMap(({ rows: of = {} }) =>
      Object.entries(of).flatMap(([kind, all]) => all.map(({ ID }) => `${kind} ${ID}`)),
    );
    expect(new Set(rows).size).toBe(rows.length);
    expect(parseDocumentNumber('resident_identity_card', lin[1], '2026-11-21').ok).toBe(true);
  });
});
