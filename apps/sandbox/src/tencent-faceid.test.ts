import { describe, expect, test } from 'vitest';
import { citizens } from './citizens.ts';
import type { Citizen } from './citizens.ts';
import { createSandbox, vendorPaths } from './sandbox.ts';
import { callTencent, faceid, tencentAnswer } from './testing/vendor-calls.ts';

const url = `https://sandbox.test${vendorPaths.tencentFaceid}`;
const startMs = Date.parse('2026-11-21T12:00:00+08:00');

function world() {
  let nowMs = startMs;
  const sandbox = createSandbox({ now: () => nowMs, slowMs: 20, slowCitizenMs: 20 });
  const ask = async (
    action: string,
    parameters: Record<string, string>,
    options: Partial<Parameters<typeof callTencent>[3]> = {},
  ) => {
    const response = await callTencent(sandbox.fetch, url, faceid(action, parameters), {
      nowMs,
      ...options,
    });
    return `${response.status} ${tencentAnswer(await response.json())}`;
  };
  return { sandbox, ask, pass: (ms: number) => (nowMs += ms) };
}

const compact = (date: string | null) => date?.replaceAll('-', '') ?? '00000000';
const fourFactors = ({ name, number, validity }: Citizen) => ({
  Name: name,
  IdCard: number,
  ValidityBegin: compact(validity.start),
  ValidityEnd: compact(validity.end),
});
const named = (name: string): Citizen => {
  const citizen = citizens.find((each) => each.name === name);
  if (citizen === undefined) throw new Error(`no citizen is called ${name}`);
  return citizen;
};
const anybody = named('林知远');

describe('CheckIdNameDate', () => {
  const answers = {
    match: '200 0',
    mismatch: '200 -1',
    no_record: '200 -7',
    recently_changed: '200 -1',
    slow: '200 0',
    down: '503 InternalError',
    unchecked: '200 -2',
  };
  test.each(
    citizens
      .filter((citizen) => citizen.documentType === 'resident_identity_card')
      .map((citizen) => [citizen.outcome, citizen] as const),
  )('T-VER-03: asked as the card reads, the outcome is as documented (%s)', async (_, citizen) => {
    const { ask } = world();
    expect(await ask('CheckIdNameDate', fourFactors(citizen))).toBe(answers[citizen.outcome]);
  });

  test('each of the four factors is compared', async () => {
    const { ask } = world();
    const right = fourFactors(anybody);
    expect(await ask('CheckIdNameDate', { ...right, Name: '林致远' })).toBe('200 -1');
    expect(await ask('CheckIdNameDate', { ...right, ValidityBegin: '20220302' })).toBe('200 -1');
    expect(await ask('CheckIdNameDate', { ...right, ValidityEnd: '20420302' })).toBe('200 -1');
    expect(await ask('CheckIdNameDate', { ...right, ValidityEnd: '00000000' })).toBe('200 -1');
    expect(await ask('CheckIdNameDate', { ...right, IdCard: '110199199508150127' })).toBe('200 -1');
  });

  test.each([
    [{ IdCard: '110199199508150118' }, '200 -2'],
    [{ IdCard: 'H12345678' }, '200 -2'],
    [{ Name: '林' }, '200 -3'],
    [{ Name: 'Lin Zhiyuan' }, '200 -3'],
    [{ Name: '古丽•买买提' }, '200 -3'],
    [{ ValidityBegin: '2022-03-01' }, '200 -4'],
    [{ ValidityBegin: '20220230' }, '200 -4'],
    [{ ValidityEnd: '长期' }, '200 -4'],
    [{ ValidityEnd: '20220301' }, '200 -4'],
  ])('%j is not looked up: %s', async (change, answer) => {
    const { ask } = world();
    expect(await ask('CheckIdNameDate', { ...fourFactors(anybody), ...change })).toBe(answer);
  });

  test('T-VER-03a: of holders of other documents it knows neither document nor 通行证号码', async () => {
    const { ask } = world();
    for (const citizen of citizens.filter(({ outcome }) => outcome === 'unchecked')) {
      const isResident = citizen.documentType === 'hmt_residence_permit';
      expect(await ask('CheckIdNameDate', fourFactors(citizen))).toBe(
        isResident ? '200 -7' : '200 -2',
      );
      const IdCard = citizen.travelPermitNumber ?? citizen.number;
      expect(await ask('CheckIdNameDate', { ...fourFactors(citizen), IdCard })).toBe('200 -2');
    }
  });

  test('a parameter left out is an error of the request', async () => {
    const { ask } = world();
    const { Name: _, ...rest } = fourFactors(anybody);
    expect(await ask('CheckIdNameDate', rest)).toBe('200 MissingParameter');
    expect(await ask('BankCardVerification', rest)).toBe('200 InvalidAction');
  });

  test('T-VER-05: a recent change matches once a 网证 is open, a misspelt name does not', async () => {
    const { sandbox, ask } = world();
    const changed = named('罗建民');
    const misspelt = named('周子涵');
    expect(await ask('CheckIdNameDate', fourFactors(changed))).toBe('200 -1');
    expect(sandbox.authority.openCtid(changed.number)).toBe(true);
    expect(sandbox.authority.openCtid(misspelt.number)).toBe(true);
    expect(sandbox.authority.openCtid('110199199508150135')).toBe(false);
    expect(await ask('CheckIdNameDate', fourFactors(changed))).toBe('200 0');
    expect(await ask('CheckIdNameDate', fourFactors(misspelt))).toBe('200 -1');
    sandbox.reset();
    expect(await ask('CheckIdNameDate', fourFactors(changed))).toBe('200 -1');
  });
});

describe('the authority', () => {
  test('counts what it is asked, by number, and answers nobody without a key', async () => {
    const { sandbox, ask } = world();
    await ask('CheckIdNameDate', fourFactors(anybody));
    await ask('CheckIdNameDate', fourFactors(anybody));
    expect(await ask('CheckIdNameDate', fourFactors(anybody), { secretId: 'unknown' })).toBe(
      '200 AuthFailure.SecretIdNotFound',
    );
    expect([...sandbox.authority.queries]).toEqual([[anybody.number, 2]]);
  });

  test('looks a number up 15 times a day, days being those of Asia/Shanghai', async () => {
    const { ask, pass } = world();
    for (let i = 0; i < 15; i++) {
      expect(await ask('CheckIdNameDate', fourFactors(anybody))).toBe('200 0');
    }
    expect(await ask('CheckIdNameDate', fourFactors(anybody))).toBe('200 -8');
    expect(await ask('CheckIdNameDate', fourFactors(named('沈秀兰')))).toBe('200 0');
    pass(12 * 3_600_000);
    expect(await ask('CheckIdNameDate', fourFactors(anybody))).toBe('200 0');
  });

  test('T-VER-07: down, slow and quota are not a mismatch', async () => {
    const { sandbox, ask } = world();
    sandbox.authority.setMode('quota');
    expect(await ask('CheckIdNameDate', fourFactors(anybody))).toBe('200 -8');
    sandbox.authority.setMode('slow');
    expect(await ask('CheckIdNameDate', fourFactors(anybody))).toBe('200 0');
    sandbox.authority.setMode('down');
    await expect(ask('CheckIdNameDate', fourFactors(anybody))).rejects.toThrow(TypeError);
    expect(sandbox.authority.queries.get(anybody.number)).toBe(2);
  });
});
