import { startOfNextShanghaiDay, startOfShanghaiDay } from './calendar.ts';

/**
 * "At most `limit` within `window`": a Shanghai calendar day, or the last so many milliseconds.
 * Several rules may watch one kind of claim.
 */
export type AllowanceRule = { limit: number; window: 'shanghai_day' | { lastMs: number } };

/** From which instant on claims count against the rule at `nowMs`. */
export function windowStart(rule: AllowanceRule, nowMs: number): number {
  return rule.window === 'shanghai_day'
    ? startOfShanghaiDay(nowMs)
    : nowMs - rule.window.lastMs + 1;
}

/**
 * When a used-up rule lets the next claim through at the earliest, given the instant of the oldest claim
 * that counts now.
 */
export function resumesAt(rule: AllowanceRule, nowMs: number, oldestCountedMs: number): number {
  return rule.window === 'shanghai_day'
    ? startOfNextShanghaiDay(nowMs)
    : oldestCountedMs + rule.window.lastMs;
}
