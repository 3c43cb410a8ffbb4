import { shanghaiDate } from '../calendar.ts';

const startOfShanghaiDate = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);

/**
 * T-REV-03: the period that an instant lies in, 1 January to 31 August or 1 September to 31 December in Shanghai:
 * its first ms, and the first ms of the next one.
 */
export function reviewPeriod(ms: number): { fromMs: number; untilMs: number } {
  const date = shanghaiDate(ms);
  const year = Number(date.slice(0, 4));
  return date.slice(5) < '09-01'
    ? {
        fromMs: startOfShanghaiDate(`${year}-01-01`),
        untilMs: startOfShanghaiDate(`${year}-09-01`),
      }
    : {
        fromMs: startOfShanghaiDate(`${year}-09-01`),
        untilMs: startOfShanghaiDate(`${year + 1}-01-01`),
      };
}
