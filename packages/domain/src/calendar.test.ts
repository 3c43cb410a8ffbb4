import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
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
