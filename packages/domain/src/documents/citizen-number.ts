import { isRealDate } from '../calendar.ts';
import { accept, refuse, type Parsed } from '../parsed.ts';
import type { DocumentNumber, NumberNotice, NumberRule, Region, Sex } from './document.ts';

const eighteen = /^\d{17}[\dX]$/;
// Only the province is a hard rule: county codes change, and abolished ones stay valid for life.
const province = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)/;

export const isOfProvince = (digits: string): boolean => province.test(digits);

export const residencePermitHeads: ReadonlyMap<string, Region> = new Map([
  ['810000', 'hong_kong'],
  ['820000', 'macao'],
  ['830000', 'taiwan'],
]);

/** The 18th character that belongs to 17 digits: ISO 7064 MOD 11-2, as GB 11643-1999 has it. */
export function checkCharacter(seventeenDigits: string): string {
  let remainder = 0;
  for (const digit of seventeenDigits) remainder = ((remainder + Number(digit)) * 2) % 11;
  const check = (12 - remainder) % 11;
  return check === 10 ? 'X' : String(check);
}

/** A date in Gregorian digits, `YYYYMMDD`, as `YYYY-MM-DD`; `null` where it does not exist or is after today. */
export function pastDate(digits: string, today: string): string | null {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)];
  const date = `${year}-${month}-${day}`;
  const isReal = isRealDate(Number(year), Number(month), Number(day));
  return Number(year) >= 1900 && isReal && date <= today ? date : null;
}

/** The sex that an odd or even digit stands for (GB 11643-1999). */
export const sexOf = (digit: string): Sex => (Number(digit) % 2 === 1 ? 'male' : 'female');

/**
 * A rule for numbers of 18 characters with a birth date, a sequence that tells the sex, and a check character.
 *
 * @param regionOf where the holder comes from by the head of the number; `undefined` for a head that does not exist
 */
export function citizenRule(
  form: RegExp,
  regionOf: (number: string) => Region | null | undefined,
): NumberRule {
  function read(number: string, today: string): Parsed<Omit<DocumentNumber, 'type'>, NumberNotice> {
    if (/^\d{15}$/.test(number)) return refuse('document_number.length_15');
    if (!eighteen.test(number)) return refuse('document_number.format');
    if (checkCharacter(number.slice(0, 17)) !== number.charAt(17)) {
      return refuse('document_number.check_digit');
    }
    const region = regionOf(number);
    if (region === undefined) return refuse('document_number.region');
    const birthDate = pastDate(number.slice(6, 14), today);
    if (birthDate === null) return refuse('document_number.birth_date');
    return accept({ number, birthDate, sex: sexOf(number.charAt(16)), region });
  }
  return { form, read };
}

/**
 * Adds to a rule the 15 digits of before 1999: the century after the region, and the check character (S-NAM-02). 996 to 999
 * were sequences of people born before 1900, who have to say all 18.
 */
export const withOldNumbers = (rule: NumberRule): NumberRule => ({
  ...rule,
  form: new RegExp(`${rule.form.source}|^\\d{15}$`),
  read(compact, today) {
    if (!/^\d{12}(?!99[6-9])\d{3}$/.test(compact)) return rule.read(compact, today);
    const digits = `${compact.slice(0, 6)}19${compact.slice(6)}`;
    const read = rule.read(`${digits}${checkCharacter(digits)}`, today);
    return read.ok ? { ...read, notices: ['number_lengthened'] } : read;
  },
});
