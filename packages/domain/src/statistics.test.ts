import { expect, test } from 'vitest';
import { daysOf, instantsOf, lastDays, maxRangeDays, parseDayRange } from './statistics.ts';

test('T-CON-07: a range has both its days, as they begin and end in Shanghai', () => {
  const { fromMs, untilMs } = instantsOf({ from: '2026-11-20', to: '2026-11-21' });
  expect(new Date(fromMs).toISOString()).toBe('2026-11-19T16:00:00.000Z');
  expect(new Date(untilMs).toISOString()).toBe('2026-11-21T16:00:00.000Z');
  expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
});

test('T-CON-07: the last days include today, from midnight in Shanghai', () => {
  const midnightMs = Date.parse('2026-11-22T00:00:00+08:00');
  expect(lastDays(7, midnightMs - 1)).toEqual({ from: '2026-11-15', to: '2026-11-21' });
  expect(lastDays(1, midnightMs)).toEqual({ from: '2026-11-22', to: '2026-11-22' });
});

test.each([
  ['2026-11-21', '2026-11-20', 'date_range.order'],
  ['2026-02-30', '2026-03-01', 'date_range.format'],
  ['', '2026-03-01', 'date_range.format'],
  ['2026-1-1', '2026-03-01', 'date_range.format'],
  ['2026-03-01', '', 'date_range.format'],
  ['x2026-03-01', '2026-03-01', 'date_range.format'],
  ['2026-03-01', '2026-03-01x', 'date_range.format'],
  ['2026-01-01', '2026-04-03', 'date_range.too_long'],
])('T-CON-07: %s to %s is refused', (from, to, code) => {
  expect(parseDayRange({ from, to })).toEqual({ ok: false, code });
});

test('T-CON-07: one day is a range', () => {
  const range = { from: '2026-03-01', to: '2026-03-01' };
  expect(parseDayRange(range)).toMatchObject({ ok: true, value: range });
});

test('T-CON-07: 92 days are the most', () => {
  const range = { from: '2026-01-01', to: '2026-04-02' };
  expect(daysOf(range)).toHaveLength(maxRangeDays);
  expect(parseDayRange(range)).toMatchObject({ ok: true });
});
