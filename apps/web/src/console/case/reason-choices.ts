import {
  documentOf,
  type DocumentType,
  itemsOfReason,
  type ProfileField,
  type ReasonCode,
  reasonCodes,
  type CaseItem,
  caseItems,
} from '@shiming/domain';

export type ReasonChoice = { code: ReasonCode; key: string };

/** One key for each reason of an item: digits, then letters that do nothing else on the page. */
const choiceKeys = '123456789qwety'.split('');

/** The field of the profile that a reason is about: only a document that asks for it can be faulted for it. */
const fieldOfReason: Partial<Record<ReasonCode, ProfileField>> = {
  sex_mismatch: 'sex',
  birth_date_mismatch: 'birthDate',
  local_number_mismatch: 'localDocumentNumber',
  travel_permit_number_mismatch: 'travelPermitNumber',
};

function codesFor(item: CaseItem, type: DocumentType): readonly ReasonCode[] {
  const { profileFields } = documentOf(type);
  return reasonCodes.filter((code) => {
    const field = fieldOfReason[code];
    const isAsked = field === undefined || profileFields.includes(field);
    return isAsked && itemsOfReason(code).includes(item);
  });
}

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
