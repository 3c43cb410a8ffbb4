import type { Region } from './document.ts';
import { accept, refuse, type Parsed } from './parsed.ts';
import { compactNumber } from './text.ts';

/** Said when 换证次数, the last two digits, was typed and has been cut off. */
export type PermitNotice = 'renewal_digits_dropped';

// The lifelong number, then the two digits of 换证次数 that the card also prints (DOMAIN 1.4).
const permitPatterns: Record<Region, RegExp> = {
  hong_kong: /^(H\d{8})(\d{2})?$/,
  macao: /^(M\d{8})(\d{2})?$/,
  taiwan: /^(\d{8})(\d{2})?$/,
};

/**
 * Reads a compacted number (`compactNumber`) as a permit of one region: the lifelong number
 * without 换证次数, or null when the format is another. Permits have no check digit.
 */
export function readPermitNumber(
  region: Region,
  compact: string,
): { number: string; notices: PermitNotice[] } | null {
  const [, number, renewal] = permitPatterns[region].exec(compact) ?? [];
  if (number === undefined) return null;
  return { number, notices: renewal === undefined ? [] : ['renewal_digits_dropped'] };
}

/**
 * 通行证号码, which the 居住证 asks for besides its own number: H (香港) or M (澳门) and 8 digits, or
 * 8 digits (台湾). Refuses with `travel_permit_number.*`. Source: T-REG-02, DOMAIN 1.4.
 */
export function parseTravelPermitNumber(
  region: Region,
  typed: string,
): Parsed<string, PermitNotice> {
  const compact = compactNumber(typed);
  if (compact === '') return refuse('travel_permit_number.missing');
  const permit = readPermitNumber(region, compact);
  if (permit === null) return refuse('travel_permit_number.format');
  return accept(permit.number, permit.notices);
}
