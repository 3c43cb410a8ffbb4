import { shanghaiDate } from '../calendar.ts';
import { compactNumber } from '../text.ts';

/** Digits of a case number between its date and its check digit. */
export const caseNumberRandomDigits = 7;

/** The digit that makes a number whole: ISO/IEC 7064 MOD 11,10, which finds every wrong digit and most swaps. */
function checkDigit(digits: string): number {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10;
}

/**
 * A number for people to read out and type: six digits of the Shanghai date, seven that count nothing, a check
 * digit. `random` has the seven. Stored compact, shown by `groupCaseNumber`.
 */
export function caseNumberOf(atMs: number, random: string): string {
  const digits = `${shanghaiDate(atMs).replaceAll('-', '').slice(2)}${random}`;
  return `${digits}${checkDigit(digits)}`;
}

/** `261121-4827-3915` */
export const groupCaseNumber = (number: string): string =>
  number.replace(/^(\d{6})(\d{4})(\d{4})$/, '$1-$2-$3');

/** A case number as typed: compact and with a check digit that holds, or `null`. */
export function parseCaseNumber(typed: string): string | null {
  const number = compactNumber(typed);
  if (!/^\d{14}$/.test(number)) return null;
  return checkDigit(number.slice(0, -1)) === Number(number.at(-1)) ? number : null;
}
