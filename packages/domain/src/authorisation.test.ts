import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authorisationPurposes,
  type AuthorisationAnswers,
  endOfDayMs,
  isAuthorised,
  lastDayOf,
  lastDayRange,
  parseAuthorisation,
  tellOfEndAtMs,
} from './authorisation.ts';

const today = '2026-11-21';
const typed: AuthorisationAnswers = {
  purposes: ['establish'],
  lastDay: '2026-11-30',
  uses: 'once',
  count: '',
};
const parse = (change: Partial<AuthorisationAnswers>) =>
  parseAuthorisation({ ...typed, ...change }, today);

describe('E-AUT-01: what is typed', () => {
  test.each([
    ['2026-11-21', true],
    ['2027-11-21', true],
    ['2026-11-20', false],
    ['2027-11-22', false],
    ['2027-02-29', false],
    ['2026-1-1', false],
    ['', false],
    ['2026-11-30 ', false],
    ['x2026-11-30', false],
    ['2026-11-031', false],
  ])('the last day %s', (lastDay, ok) => expect(parse({ lastDay }).ok).toBe(ok));

  test('what is missing is told, and what is out of range', () => {
    expect(parse({ lastDay: '', purposes: [] })).toEqual({
      ok: false,
      fields: {
        lastDay: 'authorisation_day.missing',
        purposes: 'authorisation_purpose.missing',
      },
    });
    for (const lastDay of ['2027-02-29', '2026-11-20', '2027-11-22']) {
      const fields = { lastDay: 'authorisation_day.range' };
      expect(parse({ lastDay })).toEqual({ ok: false, fields });
    }
  });

  test('a year after 29 February is 28 February', () => {
    expect(lastDayRange('2028-02-29')).toEqual({ first: '2028-02-29', last: '2029-02-28' });
  });

  test('once, several times, or until the day; each matter once, in our order', () => {
    expect(parse({})).toMatchObject({ value: { usesAllowed: 1 } });
    expect(parse({ uses: 'until_day' })).toMatchObject({ value: { usesAllowed: null } });
    expect(parse({ uses: 'several', count: '3' })).toMatchObject({ value: { usesAllowed: 3 } });
    for (const [count, usesAllowed] of [
      [' 2 ', 2],
      ['20', 20],
    ] as const) {
      expect(parse({ uses: 'several', count })).toMatchObject({ value: { usesAllowed } });
    }
    for (const count of ['', '1', '21', '2.5', '-2', 'x', '100', '3x']) {
      expect(parse({ uses: 'several', count })).toEqual({
        ok: false,
        fields: { count: 'authorisation_count.range' },
      });
    }
    expect(parse({ purposes: ['cancel', 'establish', 'cancel'] })).toMatchObject({
      value: { purposes: ['establish', 'cancel'] },
    });
    expect(parse({ purposes: [] }).ok).toBe(false);
  });
});

describe('E-AUT-02: inside the window', () => {
  test('the last second of the last day in Shanghai counts, and the next one does not', () => {
    const untilMs = endOfDayMs('2026-11-30');
    const one = {
      purposes: ['establish'] as const,
      usesAllowed: null,
      used: 9,
      untilMs,
      closedAtMs: null,
    };
    expect(untilMs).toBe(Date.parse('2026-11-30T16:00:00Z'));
    expect(lastDayOf(untilMs)).toBe('2026-11-30');
    expect(isAuthorised(one, 'establish', untilMs - 1)).toBe(true);
    expect(isAuthorised(one, 'establish', untilMs)).toBe(false);
    expect(isAuthorised(one, 'cancel', untilMs - 1)).toBe(false);
    expect(isAuthorised(null, 'establish', untilMs - 1)).toBe(false);
  });

  test('as often as it is allowed, and not after it was closed', () => {
    const one = { purposes: ['change'], untilMs: 2, closedAtMs: null, usesAllowed: 2 } as const;
    expect(isAuthorised({ ...one, used: 1 }, 'change', 1)).toBe(true);
    expect(isAuthorised({ ...one, used: 2 }, 'change', 1)).toBe(false);
    expect(isAuthorised({ ...one, used: 0, closedAtMs: 0 }, 'change', 1)).toBe(false);
  });

  test('yes only where it is open, of that matter, not used up and not over', () => {
    fc.assert(
      fc.property(
        fc.record({
          purposes: fc.subarray([...authorisationPurposes]),
          usesAllowed: fc.option(fc.integer({ min: 1, max: 3 })),
          used: fc.nat(4),
          untilMs: fc.nat(100),
          closedAtMs: fc.option(fc.nat(100)),
        }),
        fc.constantFrom(...authorisationPurposes),
        fc.nat(100),
        (state, purpose, atMs) => {
          const is = isAuthorised(state, purpose, atMs);
          const left = state.usesAllowed === null ? 1 : state.usesAllowed - state.used;
          expect(is).toBe(
            state.closedAtMs === null &&
              atMs < state.untilMs &&
              left > 0 &&
              state.purposes.includes(purpose),
          );
        },
      ),
    );
  });

  test('the end is told of a day before, unless it is sooner', () => {
    const untilMs = endOfDayMs('2026-11-30');
    const dayMs = 24 * 3_600_000;
    expect(tellOfEndAtMs(untilMs, untilMs - dayMs - 1)).toBe(untilMs - dayMs);
    expect(tellOfEndAtMs(untilMs, untilMs - dayMs)).toBeNull();
  });
});
