import { isRealDate } from './calendar.ts';
import { regionOfHolder } from './local-document.ts';
import { accept, refuse, type Parsed } from './parsed.ts';
import { compactNumber } from './text.ts';
import { readPermitNumber, type PermitNotice } from './travel-permit.ts';

/** 居民身份证, 港澳台居民居住证, 港澳居民来往内地通行证, 五年有效期台湾居民来往大陆通行证 (T-REG-01). */
export const documentTypes = [
  'resident_identity_card',
  'hmt_residence_permit',
  'hk_macao_travel_permit',
  'taiwan_travel_permit',
] as const;

/** One of the documents that an account can start from. */
export type DocumentType = (typeof documentTypes)[number];

/** As the document prints it. */
export type Sex = 'male' | 'female';

/** Where the holder of a document other than the 身份证 comes from. */
export type Region = 'hong_kong' | 'macao' | 'taiwan';

/**
 * A number that holds to the rules of its type, with what the number itself says. `birthDate` is
 * `YYYY-MM-DD`; birth date and sex are null for the permits, region is null for the 身份证.
 */
export type DocumentNumber = {
  type: DocumentType;
  number: string;
  birthDate: string | null;
  sex: Sex | null;
  region: Region | null;
};

const citizenNumber = /^\d{17}[\dX]$/;
// Only the province is a hard rule: county codes change, and abolished ones stay valid for life.
const provinces = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)/;

/** The 18th character that belongs to 17 digits: ISO 7064 MOD 11-2, as GB 11643-1999 has it. */
export function checkCharacter(seventeenDigits: string): string {
  let remainder = 0;
  for (const digit of seventeenDigits) remainder = ((remainder + Number(digit)) * 2) % 11;
  const check = (12 - remainder) % 11;
  return check === 10 ? 'X' : String(check);
}

/**
 * Which document a number can be of, by its format alone: no check digit, no dates. Null when it is
 * none of the four. Permit numbers may still carry 换证次数.
 */
export function documentTypeOf(typed: string): DocumentType | null {
  const compact = compactNumber(typed);
  if (citizenNumber.test(compact)) {
    return /^8[123]/.test(compact) ? 'hmt_residence_permit' : 'resident_identity_card';
  }
  if (readPermitNumber('taiwan', compact)) return 'taiwan_travel_permit';
  return readHongKongOrMacao(compact) ? 'hk_macao_travel_permit' : null;
}

/**
 * Reads a number under the document type that the person chose. Spaces, hyphens, full-width
 * characters, invisible characters and a lower-case x are accepted; 换证次数 is cut off with a
 * notice. `today` is `YYYY-MM-DD` in Shanghai. Refuses with `document_number.*`.
 * Source: GB 11643-1999, T-REG-02, T-REG-03, DOMAIN 1.1, 1.3, 1.4.
 */
export function parseDocumentNumber(
  type: DocumentType,
  typed: string,
  today: string,
): Parsed<DocumentNumber, PermitNotice> {
  const compact = compactNumber(typed);
  if (compact === '') return refuse('document_number.missing');
  if (isNotTaken(compact)) return refuse('document_number.not_taken');
  const apparentType = documentTypeOf(compact);
  switch (type) {
    case 'resident_identity_card':
    case 'hmt_residence_permit':
      if (/^\d{15}$/.test(compact)) return refuse('document_number.length_15');
      if (!citizenNumber.test(compact)) break;
      return readCitizenNumber(type, apparentType, compact, today);
    case 'hk_macao_travel_permit': {
      const permit = readHongKongOrMacao(compact);
      if (permit) return acceptPermit(type, permit);
      break;
    }
    case 'taiwan_travel_permit': {
      const permit = readPermitNumber('taiwan', compact);
      if (permit) return acceptPermit(type, permit);
      break;
    }
  }
  return refuse(apparentType === null ? 'document_number.format' : 'document_number.wrong_type');
}

/** A normalised number in groups for reading aloud and checking: `110199 19950815 0127`, `H 1234 5678`, `1234 5678`. */
export function groupNumber(number: string): string {
  if (number.length === 18) {
    return `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`;
  }
  return number.replace(
    /^([HM]?)(\d{4})(\d{4})$/,
    (_, letter: string, head: string, tail: string) =>
      letter === '' ? `${head} ${tail}` : `${letter} ${head} ${tail}`,
  );
}

/**
 * A document that nobody can register with: 外国人永久居留身份证 (五星卡), new and old, and the permits of residents of
 * 香港 and 澳门 who are not Chinese citizens (HA, MA). A slip in the first digit must not read as one.
 */
function isNotTaken(compact: string): boolean {
  return (
    /^(?:[A-Z]{3}\d{12}|[HM]A\d{7}(?:\d{2})?)$/.test(compact) ||
    (/^9\d{16}[\dX]$/.test(compact) &&
      provinces.test(compact.slice(1)) &&
      checkCharacter(compact.slice(0, 17)) === compact.charAt(17))
  );
}

function readHongKongOrMacao(compact: string) {
  return readPermitNumber('hong_kong', compact) ?? readPermitNumber('macao', compact);
}

function acceptPermit(
  type: DocumentType,
  { number, notices }: { number: string; notices: PermitNotice[] },
): Parsed<DocumentNumber, PermitNotice> {
  const region = regionOfHolder(type, number);
  return accept({ type, number, birthDate: null, sex: null, region }, notices);
}

function readCitizenNumber(
  type: DocumentType,
  apparentType: DocumentType | null,
  number: string,
  today: string,
): Parsed<DocumentNumber, PermitNotice> {
  // The check digit comes first: a slip in the first digit must not read as a wrong document type.
  if (checkCharacter(number.slice(0, 17)) !== number.charAt(17)) {
    return refuse('document_number.check_digit');
  }
  if (type !== apparentType) return refuse('document_number.wrong_type');
  const region = regionOfHolder(type, number);
  if (type === 'hmt_residence_permit' ? region === null : !provinces.test(number)) {
    return refuse('document_number.region');
  }
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const birthDate = `${year}-${month}-${day}`;
  if (
    Number(year) < 1900 ||
    !isRealDate(Number(year), Number(month), Number(day)) ||
    birthDate > today
  ) {
    return refuse('document_number.birth_date');
  }
  const sex = Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female';
  return accept({ type, number, birthDate, sex, region });
}
