import {
  compactNumber,
  type DocumentNumber,
  type DocumentType,
  groupNumber,
  type NumberNotice,
  parseDocumentNumber,
  parseDocumentType,
  type Portal,
} from '@shiming/domain';
import '../copy/document-problems.ts';
import { documents } from '../copy/documents.ts';

/** The type that is chosen; the page never lets none be chosen. */
export function chosenType(typed: string, portal: Portal): DocumentType {
  const type = parseDocumentType(typed, portal);
  return type.ok ? type.value : portal.documentTypes[0];
}

/**
 * What a number says while the page is still being filled in: what follows from it, or that one of 18
 * characters is wrong (the only early check, UX-07), or nothing yet. `today` is the date in Shanghai.
 */
export function whatNumberTells(
  type: DocumentType,
  typed: string,
  today: string,
  portal: Portal,
): 'nothing' | 'slip' | { document: DocumentNumber; notices: readonly NumberNotice[] } {
  const number = parseDocumentNumber(type, typed, today, portal);
  if (number.ok) return { document: number.value, notices: number.notices };
  return number.code === 'document_number.check_digit' ? 'slip' : 'nothing';
}

/** What a number of this type looks like, where the portal takes it. */
export const numberHint = (type: DocumentType, portal: Portal): string =>
  (portal.takesOldNumbers ? documents().oldNumberHints[type] : undefined) ??
  documents().numberHints[type];

/** A number in groups as it will be kept, or as typed where it cannot be read. */
export function groupTyped(
  type: DocumentType,
  typed: string,
  today: string,
  portal: Portal,
): string {
  const number = parseDocumentNumber(type, typed, today, portal);
  if (number.ok) return groupNumber(number.value.number);
  const compact = compactNumber(typed);
  const grouped = groupNumber(compact);
  return grouped === compact ? typed : grouped;
}
