import { accept, refuse, type Parsed } from './parsed.ts';
import { compactNumber } from './text.ts';

const brackets = /[()（）]/gu;
// As copied from contacts: the country code, and the 0 that was once dialled before a number of another place.
const mobile = /^(?:(?:[+＋]|00)?86)?0?(1[3-9]\d{9})$/u;

/**
 * A mobile number of mainland China, 11 digits without country code, brackets and leading 0. Number segments are not
 * judged: numbers are ported and segments opened all the time. Refuses with `mobile.*`.
 * Source: T-REG-10, DOMAIN 2.
 */
export function parseMobile(typed: string): Parsed<string> {
  const compact = compactNumber(typed).replace(brackets, '');
  if (compact === '') return refuse('mobile.missing');
  const [, number] = mobile.exec(compact) ?? [];
  return number === undefined ? refuse('mobile.format') : accept(number);
}
