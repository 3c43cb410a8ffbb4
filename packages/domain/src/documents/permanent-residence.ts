import { accept, refuse, type Parsed } from '../parsed.ts';
import { citizenRule, isOfProvince, pastDate, sexOf } from './citizen-number.ts';
import type { DocumentNumber, NumberNotice, NumberRule } from './document.ts';
import { icaoCheck } from './icao.ts';

const old = /^[A-Z]{3}\d{12}$/;
const fiveStar = citizenRule(/^9\d{16}[\dX]$/, (number) =>
  isOfProvince(number.slice(1)) ? null : undefined,
);

/** Of a card from before 2023-12: three letters, place, birth as YYMMDD, sex, check digit. */
function readOld(number: string, today: string): Parsed<Omit<DocumentNumber, 'type'>> {
  if (icaoCheck(number.slice(0, 14)) !== number.charAt(14)) {
    return refuse('document_number.check_digit');
  }
  const birth = number.slice(7, 13);
  const [recent, earlier] = [pastDate(`20${birth}`, today), pastDate(`19${birth}`, today)];
  if (recent === null && earlier === null) return refuse('document_number.birth_date');
  // Where both centuries are possible, the number does not say which.
  const birthDate = recent !== null && earlier !== null ? null : (recent ?? earlier);
  return accept({ number, birthDate, sex: sexOf(number.charAt(13)), region: null });
}

/**
 * 外国人永久居留身份证: the card of 2017 with 15 characters, and the five-star card with 18, which prints the number of the former.
 * Both are in use (DOMAIN 1.6), so one person may have two numbers.
 */
export const permanentResidenceRule: NumberRule = {
  form: /^(?:9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
  read: (compact, today): Parsed<Omit<DocumentNumber, 'type'>, NumberNotice> =>
    old.test(compact) ? readOld(compact, today) : fiveStar.read(compact, today),
  earlier: {
    form: old,
    agrees: (earlier, number) =>
      earlier.slice(7, 13) === number.slice(8, 14) &&
      sexOf(earlier.charAt(13)) === sexOf(number.charAt(16)),
  },
};
