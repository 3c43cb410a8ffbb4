import {
  citizenRule,
  isOfProvince,
  residencePermitHeads,
  withOldNumbers,
} from './citizen-number.ts';
import type { Document } from './document.ts';
import { passportRule } from './passport.ts';
import { permanentResidenceRule } from './permanent-residence.ts';
import { militaryRule, policeRule } from './service-certificate.ts';
import { permitRule } from './travel-permit.ts';

/** What certificates of service have in common. */
const ofService = {
  name: 'chinese',
  validity: null,
  profileFields: ['sex', 'birthDate', 'ethnicity'],
  check: 'none',
  hasNetworkCredential: false,
  sketch: null,
} as const;

/** Every identity document that an account can start from (T-REG-01). Which of them a portal takes is the portal's. */
export const documents = {
  /** 居民身份证 */
  resident_identity_card: {
    number: withOldNumbers(
      citizenRule(/^(?!8[123]|9)\d{17}[\dX]$/, (number) =>
        isOfProvince(number) ? null : undefined,
      ),
    ),
    name: 'chinese',
    validity: { terms: [5, 10, 20, 'long_term'], endsDayBefore: false, isByAge: true },
    profileFields: ['ethnicity'],
    check: 'four_factors',
    hasNetworkCredential: true,
    sketch: 'citizen',
  },
  /** 港澳台居民居住证 */
  hmt_residence_permit: {
    number: citizenRule(/^8[123]\d{15}[\dX]$/, (number) =>
      residencePermitHeads.get(number.slice(0, 6)),
    ),
    name: 'chinese',
    validity: { terms: [5], endsDayBefore: false, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'travelPermitNumber', 'localDocumentNumber'],
    check: 'travel_permit',
    hasNetworkCredential: false,
    sketch: 'residence',
  },
  /** 港澳居民来往内地通行证 */
  hk_macao_travel_permit: {
    number: permitRule(/^[HM]\d{8}(?:\d{2})?$/, /^([HM])(\d{4})(\d{4})$/, ['hong_kong', 'macao']),
    name: 'chinese',
    validity: { terms: [5, 10], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
    check: 'none',
    hasNetworkCredential: false,
    sketch: 'permit',
  },
  /** 五年有效期台湾居民来往大陆通行证 */
  taiwan_travel_permit: {
    number: permitRule(/^\d{8}(?:\d{2})?$/, /^(\d{4})(\d{4})$/, ['taiwan']),
    name: 'chinese',
    validity: { terms: [5], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate', 'ethnicity', 'localDocumentNumber'],
    check: 'none',
    hasNetworkCredential: false,
    sketch: 'permit',
  },
  /** 外国人永久居留身份证 */
  permanent_residence_card: {
    number: permanentResidenceRule,
    name: 'any',
    validity: { terms: [5, 10], endsDayBefore: true, isByAge: false },
    profileFields: ['sex', 'birthDate'],
    check: 'none',
    hasNetworkCredential: false,
    sketch: null,
  },
  /** 护照 */
  passport: {
    number: passportRule,
    // The same characters are the number of another document.
    keyPrefix: 'passport:',
    name: 'any',
    validity: null,
    profileFields: ['sex', 'birthDate'],
    check: 'none',
    hasNetworkCredential: false,
    sketch: null,
  },
  /** 军官证, 文职干部证 */
  military_officer_certificate: {
    ...ofService,
    number: militaryRule((unit) => !/[士兵]/u.test(unit)),
  },
  /** 士兵证: 义务兵证, 军士证 */
  soldier_certificate: { ...ofService, number: militaryRule((unit) => !/[军文]/u.test(unit)) },
  /** 警官证 (人民警察证) */
  police_certificate: { ...ofService, number: policeRule },
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
