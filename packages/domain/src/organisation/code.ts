import { accept, type Parsed, refuse } from '../parsed.ts';
import { compactNumber } from '../text.ts';

/** GB 32100-2015: digits and capitals without I, O, S, V and Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Department and kind of every organisation that has been registered so far (DOMAIN 14.2). */
const kinds = new Set(
  '11 12 13 19 21 29 31 36 39 41 49 51 52 53 54 55 59 61 62 69 71 72 79 81 82 89 91 92 93 99 A1 A9 G1 G9 J1 J9 N1 N2 N3 N9 Q1 Q2 Q3 Q9 Y1'.split(
    ' ',
  ),
);

/** The last character of a 统一社会信用代码, by the 17 before it. */
export function organisationCheck(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The check character of an organisation part (GB 11714), whose letters count from 10 in base 36, not by the alphabet above. */
function partCheck(part: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((of, weight, at) => of + parseInt(part.charAt(at), 36) * weight, 0);
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/** What is odd about a code that is right all the same. A second person approves it. */
export type OrganisationCodeNotice = 'unknown_kind' | 'organisation_part';

/** Reads a 统一社会信用代码. Refuses with `organisation_code.*`. */
export function parseOrganisationCode(typed: string): Parsed<string, OrganisationCodeNotice> {
  const code = compactNumber(typed);
  if (code === '') return refuse('organisation_code.missing');
  if (code.length !== 18 || Array.from(code).some((character) => !alphabet.includes(character))) {
    return refuse('organisation_code.format');
  }
  if (!/^..\d{6}/.test(code)) return refuse('organisation_code.format');
  if (organisationCheck(code.slice(0, 17)) !== code.slice(17)) {
    return refuse('organisation_code.check');
  }
  const notices: OrganisationCodeNotice[] = [];
  if (!kinds.has(code.slice(0, 2))) notices.push('unknown_kind');
  if (partCheck(code.slice(8, 16)) !== code.charAt(16)) notices.push('organisation_part');
  return accept(code, notices);
}
