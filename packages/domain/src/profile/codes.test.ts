import { expect, test } from 'vitest';
import { isCounty, optionCodes } from './codes.ts';
import { optionsOf } from './options.ts';
import { provinces } from './provinces.ts';

const pairs = Array.from({ length: 100 }, (_, at) => String(at).padStart(2, '0'));

test.for(['sex', 'ethnicity'] as const)('the codes of %s are those that have a name', (field) => {
  const named = new Set(optionsOf(field)?.map(({ code }) => code));
  expect(named.size).toBeGreaterThan(1);
  for (const code of new Set([
    ...named,
    ...pairs,
    '',
    '001',
    '011',
    ' 01',
    'Male',
    'xmale',
    'males',
    'other',
  ])) {
    expect([code, optionCodes[field].test(code)]).toEqual([code, named.has(code)]);
  }
});

test('a county lies in a province that has a name', () => {
  for (const pair of pairs)
    expect([pair, isCounty(`${pair}0101`)]).toEqual([pair, pair in provinces]);
  for (const city of ['441900', '442000', '460400']) expect(isCounty(city)).toBe(true);
  for (const other of ['110100', '440100', '11010', '1101011', '1110101', ''])
    expect(isCounty(other)).toBe(false);
});
