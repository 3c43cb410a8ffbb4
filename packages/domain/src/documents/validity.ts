import { dayBefore, isRealDate } from '../calendar.ts';
import { accept, refuse, type Parsed } from '../parsed.ts';
import { cleanText, toHalfWidth } from '../text.ts';
import type { ValidityTerm } from './document.ts';
import { documentOf, type DocumentType } from './documents.ts';

/** Every term that a document is issued for. */
export const validityTerms: readonly ValidityTerm[] = [5, 10, 20, 'long_term'];

/** The parts of a date as typed. */
export type DateParts = { year: string; month: string; day: string };

const longTermAge = 46;
// The identity authorities know no document issued before this day (DOMAIN 1.2).
const earliestStart = '1984-01-01';

/**
 * The start date from its three typed parts, as `YYYY-MM-DD`. It is complete or it is missing: no
 * part has a default (T-REG-06). Refuses with `validity_start.missing`, `.incomplete`, `.not_a_date`.
 */
export function parseDateParts(parts: DateParts): Parsed<string> {
  const [year, month, day] = [parts.year, parts.month, parts.day].map((part) =>
    toHalfWidth(cleanText(part)),
  );
  if (!year && !month && !day) return refuse('validity_start.missing');
  if (!year || !month || !day) return refuse('validity_start.incomplete');
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDateText(date) ? accept(date) : refuse('validity_start.not_a_date');
}

/**
 * Spreads a pasted date over three fields: `20191224`, `2019.12.24`, `2019-12-24`, `2019/12/24`,
 * `2019年12月24日`, or the whole line of the card, of which the first date is taken. Null when the text
 * does not begin with a date. Whether the day exists is for the parser of the parts to say.
 */
export function spreadPastedDate(text: string): DateParts | null {
  const line = toHalfWidth(cleanText(text)).replace(/\s/gu, '').replaceAll('．', '.');
  const found =
    /^\D{0,8}(\d{4})(\d{2})(\d{2})(?!\d)/u.exec(line) ??
    /^\D{0,8}(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})(?!\d)/u.exec(line);
  if (found === null) return null;
  const [, year = '', month = '', day = ''] = found;
  return { year, month, day };
}

/**
 * The last days that a document may print, the expected one first; `[null]` for 长期. 身份证 and 居住证 end on the
 * anniversary, and on 1 March where that is a 29 February that does not exist (GA 214.8-2004). The cards of both travel
 * permits end the day before it, their booklets on it. `start` is a real `YYYY-MM-DD`. Source: DOMAIN 1.2.
 */
export function validityEnds(
  type: DocumentType,
  start: string,
  term: ValidityTerm,
): readonly [expected: string | null, ...booklet: string[]] {
  if (term === 'long_term') return [null];
  const [year, month, day] = splitDate(start);
  const endYear = year + term;
  const monthAndDay = isRealDate(endYear, month, day) ? start.slice(4) : '-03-01';
  const anniversary = `${endYear}${monthAndDay}`;
  return documentOf(type).validity?.endsDayBefore
    ? [dayBefore(anniversary), anniversary]
    : [anniversary];
}

/**
 * Full years of age on a day; both are real `YYYY-MM-DD`. Someone born on 29 February reaches an age
 * on 1 March of the other years (GA 214.8-2004). Negative before birth.
 */
export function ageOn(birth: string, day: string): number {
  return splitDate(day)[0] - splitDate(birth)[0] - (day.slice(5) < birth.slice(5) ? 1 : 0);
}

/**
 * The terms that a document of this type is issued for. `isOffered` is false for 长期 when the holder
 * was under 46 on the start date; while birth or start is unknown it is true and `checkValidity`
 * decides. `isUsual` is false for a term that does not go with the age on the start date (居民身份证法
 * art. 5); such terms exist on old and temporary cards, so they only warn. Source: T-REG-04, T-REG-05.
 */
export function termsOffered(
  type: DocumentType,
  birthDate: string | null,
  start: string | null,
): { term: ValidityTerm; isOffered: boolean; isUsual: boolean }[] {
  const age = birthDate === null || start === null ? null : ageOn(birthDate, start);
  const { terms, isByAge } = documentOf(type).validity ?? { terms: [], isByAge: false };
  return terms.map((term) => ({
    term,
    isOffered: term !== 'long_term' || age === null || age >= longTermAge,
    isUsual: !isByAge || age === null || term === usualTerm(age),
  }));
}

/**
 * Judges start and term together and works out the end, which is never typed (null for 长期). Dates are
 * `YYYY-MM-DD`, `today` in Shanghai; a document is good to the end of its last day. Refuses with
 * `validity_start.*`, `validity_term.*`, `validity_end.expired`. Source: DOMAIN 1.2.
 */
export function checkValidity({
  type,
  birthDate,
  start,
  term,
  today,
}: {
  type: DocumentType;
  birthDate: string | null;
  start: string | null;
  term: ValidityTerm | null;
  today: string;
}): Parsed<{ start: string; end: string | null; term: ValidityTerm }, 'unusual_term'> {
  if (start === null || start === '') return refuse('validity_start.missing');
  if (!isDateText(start)) return refuse('validity_start.not_a_date');
  if (start < earliestStart) return refuse('validity_start.too_early');
  if (start > today) return refuse('validity_start.in_future');
  if (birthDate !== null && start < birthDate) return refuse('validity_start.before_birth');
  if (term === null) return refuse('validity_term.missing');
  const offer = termsOffered(type, birthDate, start).find((each) => each.term === term);
  if (offer === undefined) return refuse('validity_term.not_offered');
  if (!offer.isOffered) return refuse('validity_term.long_term_under_46');
  const [end] = validityEnds(type, start, term);
  if (end !== null && end < today) return refuse('validity_end.expired');
  return accept({ start, end, term }, offer.isUsual ? [] : ['unusual_term']);
}

function usualTerm(age: number): ValidityTerm {
  if (age < 16) return 5;
  if (age < 26) return 10;
  return age < longTermAge ? 20 : 'long_term';
}

function isDateText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDate(...splitDate(text));
}

function splitDate(date: string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
}
