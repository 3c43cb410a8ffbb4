import {
  type DocumentType,
  itemsOfReason,
  type ReasonCode,
  reasonCodes,
  type CaseItem,
  caseItems,
} from '@shiming/domain';

export type ReasonChoice = { code: ReasonCode; key: string };

/** One key for each reason of an item: digits, then letters that do nothing else on the page. */
const choiceKeys = '123456789qwety'.split('');

/** What an identity card says of these comes with its number, and it has no local number. */
const onlyOnPermits: ReadonlySet<ReasonCode> = new Set([
  'sex_mismatch',
  'birth_date_mismatch',
  'local_number_mismatch',
]);

const codesFor = (item: CaseItem, type: DocumentType): readonly ReasonCode[] =>
  reasonCodes.filter(
    (code) =>
      itemsOfReason(code).includes(item) &&
      !(type === 'resident_identity_card' && onlyOnPermits.has(code)) &&
      // The holder of a residence permit has a travel permit besides; of the others it is the document itself.
      (code !== 'travel_permit_number_mismatch' || type === 'hmt_residence_permit'),
  );

const scope = (code: ReasonCode): number => itemsOfReason(code).length;

/** The reasons that an item can be faulted for, those that are about few items first, each with its key. */
export function choicesFor(item: CaseItem, type: DocumentType): readonly ReasonChoice[] {
  return codesFor(item, type)
    .toSorted((one, other) => scope(one) - scope(other))
    .map((code, index) => ({ code, key: choiceKeys[index] ?? '' }));
}

/** The items that can be faulted at all. */
export const itemsFor = (type: DocumentType): readonly CaseItem[] =>
  caseItems.filter((item) => codesFor(item, type).length > 0);

/** The item before or after, round and round. */
export function neighbour(items: readonly CaseItem[], item: CaseItem, step: 1 | -1): CaseItem {
  return items[(items.indexOf(item) + step + items.length) % items.length] ?? item;
}
