import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayBefore,
  isRealDate,
  shanghaiDate,
  shanghaiTime,
  startOfNextShanghaiDay,
  startOfShanghaiDay,
} from './calendar.ts';

test.each([
  ['2026-11-20T15:59:59.999Z', '2026-11-20', '23:59'],
  ['2026-11-20T16:00:00.000Z', '2026-11-21', '00:00'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01', '00:00'],
  ['2024-02-28T16:00:00.000Z', '2024-02-29', '00:00'],
  ['1970-01-01T00:00:00.000Z', '1970-01-01', '08:00'],
])('%s is %s %s in Shanghai', (instant, date, time) => {
  expect(shanghaiDate(Date.parse(instant))).toBe(date);
  expect(shanghaiTime(Date.parse(instant))).toBe(time);
});

test('a day begins at midnight in Shanghai and ends where the next begins', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 4e12 }), (ms) => {
      const start = startOfShanghaiDay(ms);
      const next = startOfNextShanghaiDay(ms);
      expect(start <= ms && ms < next).toBe(true);
      expect(shanghaiTime(start)).toBe('00:00');
      expect(shanghaiDate(start)).toBe(shanghaiDate(ms));
      expect(shanghaiDate(next - 1)).toBe(shanghaiDate(ms));
      expect(shanghaiDate(next)).not.toBe(shanghaiDate(ms));
      expect(startOfShanghaiDay(next)).toBe(next);
    }),
  );
});

test.each([
  ['2026-11-21', '2026-11-20'],
  ['2024-03-01', '2024-02-29'],
  ['2027-01-01', '2026-12-31'],
])('the day before %s is %s', (date, before) => {
  expect(dayBefore(date)).toBe(before);
});

const daysOf = (year: number, month: number) =>
  Array.from({ length: 33 }, (_, day) => day).filter((day) => isRealDate(year, month, day));
const lengths = (year: number) =>
  Array.from({ length: 14 }, (_, month) => daysOf(year, month).length);

test('a month has its days, and February 29 of them in leap years', () => {
  expect(daysOf(2026, 1)).toEqual(Array.from({ length: 31 }, (_, day) => day + 1));
  expect(lengths(2026)).toEqual([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0]);
  expect([1900, 2000, 2023, 2024, 2100].map((year) => lengths(year)[2])).toEqual([
    28, 29, 28, 29, 28,
  ]);
});

test.each([
  [1, 1, 1, true],
  [9999, 12, 31, true],
  [0, 1, 1, false],
  [10_000, 1, 1, false],
  [2026, 1, 1.5, false],
  [2026, 1.5, 1, false],
  [NaN, 1, 1, false],
])('year %d, month %d, day %d is a date: %s', (year, month, day, isDate) => {
  expect(isRealDate(year, month, day)).toBe(isDate);
});
