import { startOfNextShanghaiDay, startOfShanghaiDay } from './calendar.ts';
import { reviewPeriod } from './cases/review-period.ts';

/**
 * "At most `limit` within `window`": a Shanghai calendar day, a period of manual reviews, or the last so many
 * milliseconds. Several rules may watch one kind of claim.
 */
export type AllowanceRule = {
  limit: number;
  window: 'shanghai_day' | 'review_period' | { lastMs: number };
};

/** From which instant on claims count against the rule at `nowMs`. */
export function windowStart({ window }: AllowanceRule, nowMs: number): number {
  if (window === 'shanghai_day') return startOfShanghaiDay(nowMs);
  if (window === 'review_period') return reviewPeriod(nowMs).fromMs;
  return nowMs - window.lastMs + 1;
}

/**
 * When a used-up rule lets the next claim through at the earliest, given the instant of the oldest claim that has to count no
 * more: of one by a clock that was ahead, too.
 */
export function resumesAt({ window }: AllowanceRule, oldestCountedMs: number): number {
  if (window === 'shanghai_day') return startOfNextShanghaiDay(oldestCountedMs);
  if (window === 'review_period') return reviewPeriod(oldestCountedMs).untilMs;
  return oldestCountedMs + window.lastMs;
}
