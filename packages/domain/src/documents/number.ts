import { accept, refuse, type Parsed } from '../parsed.ts';
import type { Portal } from '../portals/index.ts';
import { compactNumber } from '../text.ts';
import type { DocumentNumber, NumberNotice } from './document.ts';
import { type DocumentType, documentTypes, numberKey } from './documents.ts';
import { numberRules } from './number-rules.ts';

/** What a portal says of documents. */
type Taking = Pick<Portal, 'documentTypes' | 'takesOldNumbers'>;

const everything: Taking = { documentTypes, takesOldNumbers: true };

/** Permits of residents of 香港 and 澳门 who are not Chinese citizens, which nobody can register with. */
const foreignersPermit = /^[HM]A\d{7}(?:\d{2})?$/;

const formsOf = (compact: string, among: readonly DocumentType[]) =>
  among.filter((type) => numberRules[type].form.test(compact));

/** The type that is chosen on a page of the portal. Refuses with `document_type.*`. */
export function parseDocumentType(typed: string, portal: Taking): Parsed<DocumentType> {
  const type = portal.documentTypes.find((known) => known === typed);
  if (type !== undefined) return accept(type);
  return refuse(typed === '' ? 'document_type.missing' : 'document_type.not_taken');
}

/**
 * Which document a number can be of, by its form alone: no check digit, no dates. `null` when it is none that the portal
 * takes. Permit numbers may still carry 换证次数.
 */
export const documentTypeOf = (typed: string, portal = everything): DocumentType | null =>
  formsOf(compactNumber(typed), portal.documentTypes)[0] ?? null;

function readAs(type: DocumentType, compact: string, today: string, portal: Taking) {
  const read = numberRules[type].read(compact, today);
  const isOld = read.ok && read.notices.includes('number_lengthened');
  return isOld && !portal.takesOldNumbers ? refuse('document_number.length_15') : read;
}

/**
 * Reads a number under the document type that the person chose. Spaces, hyphens, full-width
 * characters, invisible characters and a lower-case x are accepted; 换证次数 is cut off with a
 * notice. `today` is `YYYY-MM-DD` in Shanghai. Refuses with
 * `document_number.*`. Source: GB 11643-1999, T-REG-02, T-REG-03, DOMAIN 1.1, 1.3, 1.4.
 */
export function parseDocumentNumber(
  type: DocumentType,
  typed: string,
  today: string,
  portal = everything,
): Parsed<DocumentNumber, NumberNotice> {
  const compact = compactNumber(typed);
  if (compact === '') return refuse('document_number.missing');
  const read = readAs(type, compact, today, portal);
  if (read.ok) return { ...read, value: { type, ...read.value } };
  if (foreignersPermit.test(compact)) return refuse('document_number.not_taken');
  // A slip must not read as a wrong type: only what is right as another document is taken for it.
  const other = formsOf(compact, documentTypes).find(
    (known) => readAs(known, compact, today, portal).ok,
  );
  if (other === undefined) return read;
  const isTaken = portal.documentTypes.includes(other);
  return refuse(isTaken ? 'document_number.wrong_type' : 'document_number.not_taken');
}

/** Whether a card with this number may print the number of an earlier one. */
export const printsEarlierNumber = ({ type, number }: Pick<DocumentNumber, 'type' | 'number'>) =>
  numberRules[type].earlier?.form.test(number) === false;

/** Reads a number that stands alone, as its form tells; one of no form as of the first document that the portal takes. */
export const parseNumberAlone = (
  typed: string,
  today: string,
  portal = everything,
): Parsed<DocumentNumber, NumberNotice> =>
  parseDocumentNumber(
    documentTypeOf(typed, portal) ?? portal.documentTypes[0],
    typed,
    today,
    portal,
  );
/** The same for a number that `parseNumberAlone` has read, where the type was not kept: its form tells it. */
export function numberKeyAlone(number: string): string {
  const type = documentTypeOf(number);
  return type === null ? number : numberKey({ type, number });
}
