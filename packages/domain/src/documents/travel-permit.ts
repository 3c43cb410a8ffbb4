import { accept, refuse, type Parsed } from '../parsed.ts';
import { compactNumber } from '../text.ts';
import type { NumberNotice, NumberRule, Region } from './document.ts';

// The lifelong number, then the two digits of 换证次数 that the card also prints (DOMAIN 1.4).
const permitPatterns: Record<Region, RegExp> = {
  hong_kong: /^(H\d{8})(\d{2})?$/,
  macao: /^(M\d{8})(\d{2})?$/,
  taiwan: /^(\d{8})(\d{2})?$/,
};

function readPermitNumber(region: Region, compact: string): Parsed<string, NumberNotice> | null {
  const [, number, renewal] = permitPatterns[region].exec(compact) ?? [];
  if (number === undefined) return null;
  return accept(number, renewal === undefined ? [] : ['renewal_digits_dropped']);
}

/** The rule for the permits of some regions. They have no check digit, and say no more than the region. */
export const permitRule = (form: RegExp, regions: readonly Region[]): NumberRule => ({
  form,
  read(compact) {
    for (const region of regions) {
      const permit = readPermitNumber(region, compact);
      if (permit?.ok !== true) continue;
      return accept({ number: permit.value, birthDate: null, sex: null, region }, permit.notices);
    }
    return refuse('document_number.format');
  },
});

/**
 * 通行证号码, which the 居住证 asks for besides its own number: H (香港) or M (澳门) and 8 digits, or
 * 8 digits (台湾). Refuses with `travel_permit_number.*`. Source: T-REG-02, DOMAIN 1.4.
 */
export function parseTravelPermitNumber(
  region: Region,
  typed: string,
): Parsed<string, NumberNotice> {
  const compact = compactNumber(typed);
  if (compact === '') return refuse('travel_permit_number.missing');
  return readPermitNumber(region, compact) ?? refuse('travel_permit_number.format');
}
