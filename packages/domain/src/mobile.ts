import { accept, refuse, type Parsed } from './parsed.ts';
import { compactNumber } from './text.ts';

// 86 without a plus is the country code only before a whole number.
const countryCode = /^(?:[+＋]86|0086|86(?=\d{11}$))/u;

/**
 * A mobile number of mainland China, 11 digits without the country code. Number segments are not
 * judged: numbers are ported and segments opened all the time. Refuses with `mobile.*`.
 * Source: T-REG-10, DOMAIN 2.
 */
export function parseMobile(typed: string): Parsed<string> {
  const compact = compactNumber(typed);
  if (compact === '') return refuse('mobile.missing');
  const number = compact.replace(countryCode, '');
  return /^1[3-9]\d{9}$/.test(number) ? accept(number) : refuse('mobile.format');
}
