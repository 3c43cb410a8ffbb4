import { isCounty, provinces } from '@shiming/domain';
import { expect, test } from 'vitest';
import { citiesOf, nameOfCounty } from './counties.ts';

const mainland = Object.keys(provinces).filter((code) => Number(code) < 70);

test('every county is one of GB/T 2260: no development zone, no number of a picker', async () => {
  const lists = await Promise.all(mainland.map(citiesOf));
  const codes = lists
    .flatMap((cities) => cities.flatMap(({ counties }) => counties))
    .map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(2800);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => !isCounty(code) || /(7|9).$/.test(code))).toEqual([]);
});

test.each([
  ['441900', '广东省东莞市'],
  ['442000', '广东省中山市'],
  ['460400', '海南省儋州市'],
  ['620201', '甘肃省嘉峪关市'],
])('a city without counties stands for itself: %s', async (code, name) => {
  expect(await nameOfCounty(code)).toBe(name);
});
