import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAfterWorkingDays, isProvisional, isWorkingDay } from './working-days.ts';

const noon = (date: string) => Date.parse(`${date}T12:00:00+08:00`);
const due = (date: string, days = 7) => dueAfterWorkingDays(noon(date), days);

/** Every date of a year. */
const datesOf = (year: number) =>
  Array.from({ length: 366 }, (_, day) =>
    new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10),
  ).filter((date) => date.startsWith(String(year)));

const isWeekend = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0;

describe('T-REV-04: working days', () => {
  test.each([
    ['2026-09-30', '2026-10-15'],
    ['2026-02-13', '2026-03-02'],
    ['2026-11-21', '2026-12-01'],
  ])('seven working days after %s is %s', (from, to) => {
    expect(due(from)).toEqual({
      date: to,
      endMs: Date.parse(`${to}T24:00:00+08:00`),
      isProvisional: false,
    });
  });

  test('each of the seven, over the Spring Festival and its make-up days', () => {
    const days = [1, 2, 3, 4, 5, 6, 7].map((count) => due('2026-02-13', count).date);
    expect(days).toEqual([
      '2026-02-14',
      '2026-02-24',
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-02',
    ]);
  });

  test('the day is Shanghai’s: the last and the first instant of a day', () => {
    const midnight = Date.parse('2026-11-24T00:00:00+08:00');
    expect(dueAfterWorkingDays(midnight - 1, 1).date).toBe('2026-11-24');
    expect(dueAfterWorkingDays(midnight, 1).date).toBe('2026-11-25');
  });

  test('2027 has the days off of the statute, and no others', () => {
    const dates = datesOf(2027);
    expect(dates.filter((date) => isWeekend(date) && isWorkingDay(date))).toEqual([]);
    expect(dates.filter((date) => !isWeekend(date) && !isWorkingDay(date))).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-04-05',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
    ]);
  });

  test('2026 has the days off and the days of work of the notice', () => {
    const dates = datesOf(2026);
    expect(dates.filter((date) => isWeekend(date) && isWorkingDay(date))).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ]);
    expect(dates.filter((date) => !isWeekend(date) && !isWorkingDay(date))).toEqual([
      '2026-01-01',
      '2026-01-02',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-02-23',
      '2026-04-06',
      '2026-05-01',
      '2026-05-04',
      '2026-05-05',
      '2026-06-19',
      '2026-09-25',
      '2026-10-01',
      '2026-10-02',
      '2026-10-05',
      '2026-10-06',
      '2026-10-07',
    ]);
  });

  test('2027 is what the statute says, and says that it is provisional', () => {
    expect(isWorkingDay('2027-01-01')).toBe(false);
    expect(isWorkingDay('2027-02-08')).toBe(false);
    expect(isWorkingDay('2027-02-09')).toBe(true);
    expect(isProvisional('2026-12-31')).toBe(false);
    expect(isProvisional('2027-01-01')).toBe(true);
    expect(due('2026-12-21')).toMatchObject({ date: '2026-12-30', isProvisional: false });
    expect(due('2026-12-22')).toMatchObject({ date: '2026-12-31', isProvisional: false });
    expect(due('2026-12-23')).toMatchObject({ date: '2027-01-04', isProvisional: true });
  });

  test('a year nobody knows anything of has its weekends, and is provisional', () => {
    expect(due('2030-01-01')).toEqual({
      date: '2030-01-10',
      endMs: Date.parse('2030-01-11T00:00:00+08:00'),
      isProvisional: true,
    });
  });

  test('the due day is worked, and exactly so many worked days lie after the first', () => {
    const day = fc.integer({ min: Date.UTC(2025, 11, 1), max: Date.UTC(2028, 0, 1) });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (ms, days) => {
        const { date, endMs } = dueAfterWorkingDays(ms, days);
        expect(isWorkingDay(date)).toBe(true);
        let worked = 0;
        for (let at = ms + 86_400_000; at < endMs; at += 86_400_000) {
          if (isWorkingDay(new Date(at + 8 * 3_600_000).toISOString().slice(0, 10))) worked += 1;
        }
        expect(worked).toBe(days);
      }),
    );
  });
});
