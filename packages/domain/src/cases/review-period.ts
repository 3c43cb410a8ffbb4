import { shanghaiOffsetMs } from '../calendar.ts';

/**
 * T-REV-03: the period that an instant lies in, 1 January to 31 August or 1 September to 31 December in Shanghai:
 * its first ms, and the first ms of the next one.
 */
export function reviewPeriod(ms: number): { fromMs: number; untilMs: number } {
  const day = new Date(ms + shanghaiOffsetMs);
  const startOf = (month: number) => Date.UTC(day.getUTCFullYear(), month) - shanghaiOffsetMs;
  const [january, september, nextJanuary] = [startOf(0), startOf(8), startOf(12)];
  return ms < september
    ? { fromMs: january, untilMs: september }
    : { fromMs: september, untilMs: nextJanuary };
}
