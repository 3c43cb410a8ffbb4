import type { Document, DocumentNumber } from './document.ts';

/** Of numbers of 18 characters. */
const eighteen = /^(.{6})(.{8})(.{4})$/;

/** What certificates of service have in common. */
const ofService = {
  name: 'chinese',
  validity: null,
  profileFields: ['sex', 'birthDate', 'ethnicity'],
  hasHousehold: true,
  check: 'none',
  hasNetworkCredential: false,
  sketch: null,
} as const;

/** Every identity document that an account can start from (T-REG-01). Which of them a portal takes is the portal's. */
export const documents = {
  /** 居民身份证 */
  resident_identity_card: {
    groups: eighteen,
    name: 'chinese',
    validity: { terms: [5, 10, 20, 'long_term'], endsDayBefore: false, isByAge: true },
    profileFields: ['ethnicity'],
    hasHousehold: true,
    check: 'four_factors',
    hasNetworkCredential: true,
    sketch: 'citizen',
  },
  /** 港澳台居民居住证 */
  hmt_residence_permit: {
    groups: eighteen,
    name: 'chinese',
    validity: { terms: [5], endsDayBefore: false, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'travelPermitNumber', 'localDocumentNumber'],
    hasHousehold: false,
    check: 'travel_permit',
    hasNetworkCredential: false,
    sketch: 'residence',
  },
  /** 港澳居民来往内地通行证 */
  hk_macao_travel_permit: {
    groups: /^([HM])(\d{4})(\d{4})$/,
    name: 'chinese',
    validity: { terms: [5, 10], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
    hasHousehold: false,
    check: 'none',
    hasNetworkCredential: false,
    sketch: 'permit',
  },
  /** 五年有效期台湾居民来往大陆通行证 */
  taiwan_travel_permit: {
    groups: /^(\d{4})(\d{4})$/,
    name: 'chinese',
    validity: { terms: [5], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
    hasHousehold: false,
    check: 'none',
    hasNetworkCredential: false,
    sketch: 'permit',
  },
  /** 外国人永久居留身份证 */
  permanent_residence_card: {
    groups: /^([A-Z]{3})(\d{4})(\d{6})(\d{2})$/,
    name: 'any',
    validity: { terms: [5, 10], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate'],
    hasHousehold: false,
    check: 'none',
    hasNetworkCredential: false,
    sketch: null,
  },
  /** 护照 */
  passport: {
    groups: /^([A-Z]{1,2})(\d{3,4})(\d{4})$/,
    // The same characters are the number of another document.
    keyPrefix: 'passport:',
    name: 'any',
    validity: null,
    profileFields: ['sex', 'birthDate'],
    hasHousehold: false,
    check: 'none',
    hasNetworkCredential: false,
    sketch: null,
  },
  /** 军官证, 文职干部证 */
  military_officer_certificate: ofService,
  /** 士兵证: 义务兵证, 军士证 */
  soldier_certificate: ofService,
  /** 警官证 (人民警察证) */
  police_certificate: { ...ofService, groups: /^(\p{Unified_Ideograph}+)(\d{6,7})$/u },
} as const satisfies Record<string, Document>;

/** One of the documents that an account can start from. */
export type DocumentType = keyof typeof documents;

/** All of them. */
export const documentTypes = Object.keys(documents) as unknown as readonly [
  DocumentType,
  ...DocumentType[],
];

/** The document of a type. */
export const documentOf = (type: DocumentType): Document => documents[type];

/** A normalised number in groups for reading aloud and checking: `110199 19950815 0127`, `H 1234 5678`, `1234 5678`. */
export function groupNumber(number: string): string {
  for (const type of documentTypes) {
    const [, ...groups] = documentOf(type).groups?.exec(number) ?? [];
    if (groups.length > 0) return groups.join(' ');
  }
  return number;
}

/** The text by which accounts are found: no two documents of different people have the same. */
export const numberKey = ({ type, number }: Pick<DocumentNumber, 'type' | 'number'>): string =>
  `${documentOf(type).keyPrefix ?? ''}${number}`;
