import { type Answers, collect } from './answers.ts';
import { isRealDate, shanghaiDate, startOfNextShanghaiDay } from './calendar.ts';
import { accept, type Parsed, refuse } from './parsed.ts';

/** What a registration office can be authorised for: a company is set up, changed, or closed. */
export const authorisationPurposes = ['establish', 'change', 'cancel'] as const;
export type AuthorisationPurpose = (typeof authorisationPurposes)[number];

/** How often an office gets a yes: once, so many times, or as often as it asks until the last day. */
export const authorisationUses = ['once', 'several', 'until_day'] as const;
export type AuthorisationUses = (typeof authorisationUses)[number];

/** How an authorisation ended: by its holder, by its last use, by its last day, or with what secured the account. */
export type AuthorisationEnd = 'holder' | 'used_up' | 'last_day' | 'secured';

export const severalUses = { least: 2, most: 20 } as const;

/** An authorisation as it is typed. `count` counts where the uses are `several`. */
export type AuthorisationAnswers = {
  purposes: readonly AuthorisationPurpose[];
  lastDay: string;
  uses: AuthorisationUses;
  count: string;
};
export type AuthorisationTerms = {
  purposes: readonly AuthorisationPurpose[];
  /** The last day on which it holds, in Shanghai. */
  lastDay: string;
  /** How many times an office gets a yes; `null`: as often as it asks. */
  usesAllowed: number | null;
};

/** The days that can be the last one: today, and up to a year from it. */
export function lastDayRange(today: string): { first: string; last: string } {
  const day = today.slice(5);
  const year = Number(today.slice(0, 4)) + 1;
  return { first: today, last: `${year}-${day === '02-29' ? '02-28' : day}` };
}

/** The instant at which an authorisation with this last day no longer holds. */
export const endOfDayMs = (lastDay: string): number =>
  startOfNextShanghaiDay(Date.parse(`${lastDay}T00:00:00+08:00`));

function parseLastDay(typed: string, today: string): Parsed<string> {
  const [year = 0, month = 0, day = 0] = typed.split('-').map(Number);
  if (typed === '') return refuse('authorisation_day.missing');
  if (!/^\d{4}-\d\d-\d\d$/.test(typed) || !isRealDate(year, month, day)) {
    return refuse('authorisation_day.range');
  }
  const { first, last } = lastDayRange(today);
  return first <= typed && typed <= last ? accept(typed) : refuse('authorisation_day.range');
}

function parseUses({ uses, count }: AuthorisationAnswers): Parsed<number | null> {
  if (uses !== 'several') return accept(uses === 'once' ? 1 : null);
  const number = /^\d{1,2}$/.test(count.trim()) ? Number(count) : 0;
  return number >= severalUses.least && number <= severalUses.most
    ? accept(number)
    : refuse('authorisation_count.range');
}

/** E-AUT-01: for what, until which day and how often an office may be told yes. */
export function parseAuthorisation(
  typed: AuthorisationAnswers,
  today: string,
): Answers<AuthorisationTerms> {
  const purposes = authorisationPurposes.filter((each) => typed.purposes.includes(each));
  const parsed = collect({
    purposes: purposes.length === 0 ? refuse('authorisation_purpose.missing') : accept(purposes),
    lastDay: parseLastDay(typed.lastDay, today),
    count: parseUses(typed),
  });
  if (!parsed.ok) return parsed;
  const { count: usesAllowed, ...terms } = parsed.value;
  return { ok: true, value: { ...terms, usesAllowed } };
}

/** What an authorisation is now. */
export type AuthorisationState = Pick<AuthorisationTerms, 'purposes' | 'usesAllowed'> & {
  used: number;
  untilMs: number;
  closedAtMs: number | null;
};

/** Whether an authorisation stands at an instant: not closed, not used up, its last day not over. */
export const isStanding = (
  { used, usesAllowed, untilMs, closedAtMs }: AuthorisationState,
  atMs: number,
): boolean => closedAtMs === null && atMs < untilMs && (usesAllowed === null || used < usesAllowed);

/** E-AUT-02: whether an office that asks for a purpose at an instant gets a yes. */
export const isAuthorised = (
  authorisation: AuthorisationState | null,
  purpose: AuthorisationPurpose,
  atMs: number,
): boolean =>
  authorisation !== null &&
  isStanding(authorisation, atMs) &&
  authorisation.purposes.includes(purpose);

const dayMs = 24 * 3_600_000;

/**
 * When the holder gets the notice that an authorisation is about to end: a day before its last day is over. One that ends sooner is
 * not told of; `null`.
 */
export const tellOfEndAtMs = (untilMs: number, nowMs: number): number | null =>
  untilMs - dayMs > nowMs ? untilMs - dayMs : null;

/** The last day of an authorisation that ends at an instant. */
export const lastDayOf = (untilMs: number): string => shanghaiDate(untilMs - 1);
