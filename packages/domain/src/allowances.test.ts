import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AllowanceRule, resumesAt, windowStart } from './allowances.ts';

const daily: AllowanceRule = { limit: 3, window: 'shanghai_day' };
const minute: AllowanceRule = { limit: 1, window: { lastMs: 60_000 } };
// 2026-11-21 begins in Shanghai at 16:00 UTC of the 20th.
const dayStartMs = Date.UTC(2026, 10, 20, 16);
const dayMs = 86_400_000;

describe('T-REG-12, T-VER-02: a day in Shanghai', () => {
  test.for([
    [dayStartMs, dayStartMs],
    [dayStartMs + 1, dayStartMs],
    [dayStartMs + dayMs - 1, dayStartMs],
    [dayStartMs + dayMs, dayStartMs + dayMs],
    [dayStartMs - 1, dayStartMs - dayMs],
  ] as const)('at %i counts from %i on, and begins anew a day after that', ([nowMs, startMs]) => {
    expect(windowStart(daily, nowMs)).toBe(startMs);
    expect(resumesAt(daily, startMs)).toBe(startMs + dayMs);
    expect(resumesAt(daily, nowMs)).toBe(startMs + dayMs);
  });
});

describe('T-REV-03: a period of reviews', () => {
  const perPeriod: AllowanceRule = { limit: 2, window: 'review_period' };
  // It begins on 1 January and on 1 September in Shanghai.
  const [january, september] = [Date.UTC(2025, 11, 31, 16), Date.UTC(2026, 7, 31, 16)];

  test('counts from its beginning on, and begins anew with the next', () => {
    expect(windowStart(perPeriod, september - 1)).toBe(january);
    expect(resumesAt(perPeriod, january)).toBe(september);
    expect(windowStart(perPeriod, september)).toBe(september);
    expect(resumesAt(perPeriod, september)).toBe(Date.UTC(2026, 11, 31, 16));
  });
});

describe('the last so many milliseconds', () => {
  test('a claim counts for exactly that long', () => {
    expect(windowStart(minute, 1_000_000)).toBe(940_001);
    expect(resumesAt(minute, 940_001)).toBe(1_000_001);
    expect(resumesAt(minute, 1_000_000)).toBe(1_060_000);
  });

  test('at the instant told the claim counts no more, and one millisecond before it does', () => {
    const rule = fc.oneof(
      fc.constant(daily),
      fc.record({
        limit: fc.integer({ min: 1, max: 100 }),
        window: fc.record({ lastMs: fc.integer({ min: 1, max: 10 * dayMs }) }),
      }),
    );
    const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(rule, instant, (each, claimedMs) => {
        const resumesMs = resumesAt(each, claimedMs);
        expect(resumesMs).toBeGreaterThan(claimedMs);
        expect(windowStart(each, resumesMs)).toBeGreaterThan(claimedMs);
        expect(windowStart(each, resumesMs - 1)).toBeLessThanOrEqual(claimedMs);
      }),
    );
  });
});
