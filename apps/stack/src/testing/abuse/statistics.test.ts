import { expect, test } from 'vitest';
import { median, signTest } from './statistics.ts';

test('the middle of an odd and of an even number of values', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

const pairs = (longer: number, shorter: number, ties = 0) => [
  ...Array.from({ length: longer }, () => [2, 1] as const),
  ...Array.from({ length: shorter }, () => [1, 2] as const),
  ...Array.from({ length: ties }, () => [1, 1] as const),
];

test('the sign test finds a difference that is planted, and none where there is none', () => {
  // 2 × (1 + 10) / 2^10, as in any table of the binomial distribution.
  expect(signTest(pairs(9, 1))).toBeCloseTo(22 / 1024, 12);
  expect(signTest(pairs(1, 9, 5))).toBeCloseTo(22 / 1024, 12);
  expect(signTest(pairs(30, 30))).toBe(1);
  expect(signTest(pairs(55, 5))).toBeLessThan(1e-9);
  expect(signTest([])).toBe(1);
});
