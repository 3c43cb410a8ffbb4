import { shanghaiDate } from './calendar.ts';

/** A year of holidays and make-up days (调休). Dates are `MM-DD`; ranges include both ends. */
type HolidayYear = {
  /** The notice that says so, or `null` while it has not been published and only the statute speaks. */
  notice: string | null;
  off: readonly (readonly [from: string, to: string])[];
  worked: readonly string[];
};

/**
 * The State Council's calendars by year. One that is not here has weekends off and nothing else, and is provisional,
 * like one without a notice.
 */
const years: Readonly<Record<string, HolidayYear>> = {
  '2026': {
    notice: '国务院办公厅关于2026年部分节假日安排的通知, 2025-11-04',
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
  // 全国年节及纪念日放假办法 (2024) alone: its days off, and nothing moved.
  '2027': {
    notice: null,
    off: [
      ['01-01', '01-01'],
      ['02-05', '02-08'],
      ['04-05', '04-05'],
      ['05-01', '05-02'],
      ['06-09', '06-09'],
      ['09-15', '09-15'],
      ['10-01', '10-03'],
    ],
    worked: [],
  },
};

const yearOf = (date: string): HolidayYear | undefined => years[date.slice(0, 4)];

/** Whether a date (`YYYY-MM-DD`) is worked, as far as is known. */
export function isWorkingDay(date: string): boolean {
  const year = yearOf(date);
  const day = date.slice(5);
  if (year?.worked.includes(day)) return true;
  if (year?.off.some(([from, to]) => from <= day && day <= to)) return false;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** Whether the calendar of a date's year still lacks its notice. */
export const isProvisional = (date: string): boolean => (yearOf(date)?.notice ?? null) === null;

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** A day by whose end something is to be done. `endMs` is the first instant after it in Shanghai. */
export type DueDay = { date: string; endMs: number; isProvisional: boolean };

/**
 * T-REV-04: the `days`th working day after the Shanghai day of an instant; counting begins with the next working day,
 * whatever the hour. Provisional when a day on the way is of a year without a notice.
 */
export function dueAfterWorkingDays(ms: number, days: number): DueDay {
  let date = shanghaiDate(ms);
  let left = days;
  let provisional = false;
  while (left > 0) {
    date = dayAfter(date);
    provisional ||= isProvisional(date);
    if (isWorkingDay(date)) left -= 1;
  }
  return {
    date,
    endMs: Date.parse(`${dayAfter(date)}T00:00:00+08:00`),
    isProvisional: provisional,
  };
}
