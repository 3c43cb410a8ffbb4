import { isRealDate, shanghaiDate } from './calendar.ts';
import { accept, type Parsed, refuse } from './parsed.ts';
import type { CaseOutcome } from './cases/case.ts';
import type { ReasonCode } from './cases/reasons.ts';

/** The days that statistics are asked for, `YYYY-MM-DD` in Shanghai, both included. */
export type DayRange = { from: string; to: string };

/** A quarter: what is read for an answer grows with it. */
export const maxRangeDays = 92;

const dayMs = 86_400_000;

const numberOfDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;
const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return isRealDate(Number(year), Number(month), Number(day));
};

/** Refuses with `date_range.*`. */
export function parseDayRange({ from, to }: DayRange): Parsed<DayRange> {
  if (!isDate(from) || !isDate(to)) return refuse('date_range.format');
  if (from > to) return refuse('date_range.order');
  return numberOfDay(to) - numberOfDay(from) < maxRangeDays
    ? accept({ from, to })
    : refuse('date_range.too_long');
}

/** The instants, in ms, at which a range of Shanghai days begins and after it ends. */
export const instantsOf = ({ from, to }: DayRange): { fromMs: number; untilMs: number } => ({
  fromMs: Date.parse(`${from}T00:00:00+08:00`),
  untilMs: Date.parse(`${to}T00:00:00+08:00`) + dayMs,
});

/** Every day of a range, in order. */
export function daysOf({ from, to }: DayRange): string[] {
  const first = numberOfDay(from);
  const length = numberOfDay(to) - first + 1;
  return Array.from({ length }, (_, at) =>
    new Date((first + at) * dayMs).toISOString().slice(0, 10),
  );
}

/** The last `days` days in Shanghai, today included. */
export function lastDays(days: number, nowMs: number): DayRange {
  return { from: shanghaiDate(nowMs - (days - 1) * dayMs), to: shanghaiDate(nowMs) };
}

/** How long something took, nearest rank: as many as `count`, half of them not longer than the median. */
export type Durations = { count: number; medianMs: number | null; p95Ms: number | null };

/**
 * T-CON-07. A case counts on the day it was sent off, and on the day it ended; a decision on the day it was made.
 * Times are those between taking a case and deciding it.
 */
export type Statistics = {
  range: DayRange;
  atMs: number;
  now: {
    waiting: number;
    overdue: number;
    /** Sent back, and waiting for their persons. */
    returned: number;
    /** The open cases by the day they are due, the late ones on theirs. */
    due: readonly { date: string; count: number }[];
  };
  days: readonly {
    date: string;
    in: number;
    approved: number;
    rejected: number;
    /** Given up by the person, or never answered. */
    givenUp: number;
    /** Not ended when the day was over, or, today, now; those that are with their persons too. `null`: still to come. */
    backlog: number | null;
  }[];
  /** Of the cases that ended in a decision: how many by the end of the 7th working day. */
  inTime: { ended: number; inTime: number };
  decisions: Record<CaseOutcome, number>;
  handling: Durations;
  reasons: readonly { code: ReasonCode; count: number }[];
  /** Cases that a second person decided too: how many, and in how many the two disagree. */
  second: { checked: number; disagreed: number };
  /**
   * Decisions that did not stand: a colleague's had the last word in the same round, or a senior opened the case again
   * and decided otherwise. Each counts on the day of the decision that took its place.
   */
  overturned: number;
  /** Who decided; a reviewer reads of nobody but themselves. `name` is empty where there is no longer one. */
  reviewers: readonly ({
    staffId: string;
    name: string;
    isSelf: boolean;
    decided: Record<CaseOutcome, number>;
    /** Of their first decisions: how many a second person checked, and disagreed with. */
    checked: number;
    disagreed: number;
    /** Of all their decisions: how many a later one of another person took the place of, with another outcome. */
    overturned: number;
  } & Durations)[];
};
