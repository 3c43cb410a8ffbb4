import type { DocumentType } from '@shiming/domain';
import type { SampleFace } from './faces.ts';

/** The dates on a document, `YYYY-MM-DD`; `end: null` is 长期. */
export type CitizenValidity = { start: string; end: string | null };

/**
 * What the authority says when it is asked about a citizen as the document reads.
 * `match`, `mismatch`, `no_record`: just that. `recently_changed`: mismatch until the person has opened a 网证, then
 * match. `slow`: match, after a few seconds. `down`: a query about this person breaks the service.
 * `unchecked`: no authority checks this type of document; a person reviews it.
 */
export type CitizenOutcome =
  | 'match'
  | 'mismatch'
  | 'no_record'
  | 'recently_changed'
  | 'slow'
  | 'down'
  | 'unchecked';

/** A made-up person. `name`, `number` and `validity` are what the person's document says. */
export type Citizen = {
  name: string;
  documentType: DocumentType;
  number: string;
  validity: CitizenValidity;
  /** 通行证号码, for holders of a 居住证. */
  travelPermitNumber?: string;
  /** 港澳台当地身份证件号码. */
  localDocumentNumber?: string;
  mobile: string;
  outcome: CitizenOutcome;
  /** The photo in the register: a face of the samples (README.md), or one that is too poor to compare; left out: none. */
  photo?: SampleFace | 'poor';
  /** Where the authority's register differs from the document. */
  registered?: { name?: string; validity?: CitizenValidity };
  note: { zh: string; en: string };
};

/**
 * The register of made-up citizens. Identity card numbers are formed over a county code that does not exist, so that
 * they name nobody; permit numbers have no unused range and are made up. Terms follow the age at issue
 * (居民身份证法 art. 5). Never send them to a real authority.
 */
export const citizens: readonly Citizen[] = [
  {
    name: '林知远',
    documentType: 'resident_identity_card',
    number: '110199199508150119',
    validity: { start: '2022-03-01', end: '2042-03-01' },
    mobile: '19900000001',
    outcome: 'match',
    photo: { sample: 6, x: 355, y: 612 },
    note: { zh: '核验一致，有效期20年。', en: 'Matches. A card for 20 years.' },
  },
  {
    name: '古丽·买买提',
    documentType: 'resident_identity_card',
    number: '110199199508150127',
    validity: { start: '2019-12-24', end: '2029-12-24' },
    mobile: '19900000002',
    outcome: 'match',
    photo: { sample: 1, x: 1577, y: 320 },
    note: { zh: '核验一致，姓名带间隔号，有效期10年。', en: 'Matches. A name with a separator.' },
  },
  {
    name: '沈秀兰',
    documentType: 'resident_identity_card',
    number: '11019919491231002X',
    validity: { start: '2016-05-18', end: null },
    mobile: '19900000003',
    outcome: 'match',
    photo: { sample: 5, x: 865, y: 215 },
    note: { zh: '核验一致，号码末位为X，长期有效。', en: 'Matches. Ends in X, valid for life.' },
  },
  {
    name: '江小树',
    documentType: 'resident_identity_card',
    number: '110199201506100011',
    validity: { start: '2023-07-01', end: '2028-07-01' },
    mobile: '19900000004',
    outcome: 'match',
    note: { zh: '核验一致，未满14周岁，有效期5年。', en: 'Matches. A child under 14.' },
  },
  {
    name: '周子涵',
    documentType: 'resident_identity_card',
    number: '11019919880808012X',
    validity: { start: '2020-09-01', end: '2040-09-01' },
    mobile: '19900000005',
    outcome: 'mismatch',
    photo: { sample: 4, x: 338, y: 307 },
    registered: { name: '周子函' },
    note: {
      zh: '核验不一致：权威库中的姓名是“周子函”。',
      en: 'Never matches: the register spells the name differently.',
    },
  },
  {
    name: '方念之',
    documentType: 'resident_identity_card',
    number: '110199199001010002',
    validity: { start: '2018-04-16', end: '2038-04-16' },
    mobile: '19900000006',
    outcome: 'no_record',
    note: { zh: '权威库中查无此人。', en: 'Not in the register.' },
  },
  {
    name: '罗建民',
    documentType: 'resident_identity_card',
    number: '110199197001010038',
    validity: { start: '2026-10-30', end: null },
    mobile: '19900000007',
    outcome: 'recently_changed',
    registered: { validity: { start: '2006-11-08', end: '2026-11-08' } },
    note: {
      zh: '刚换新证，权威库仍是旧证：核验不一致；在“网证”页开通网证后一致。',
      en: 'Has just renewed the card: mismatch until a 网证 is opened here, then match.',
    },
  },
  {
    name: '杜若溪',
    documentType: 'resident_identity_card',
    number: '11019920080229002X',
    validity: { start: '2024-03-01', end: '2034-03-01' },
    mobile: '19900000008',
    outcome: 'slow',
    photo: { sample: 3, x: 684, y: 464 },
    note: { zh: '几秒后才答复，核验一致。', en: 'Matches, after a few seconds.' },
  },
  {
    name: '许静姝',
    documentType: 'resident_identity_card',
    number: '11019919880808004X',
    validity: { start: '2021-06-15', end: '2041-06-15' },
    mobile: '19900000009',
    outcome: 'down',
    photo: { sample: 6, x: 1593, y: 468 },
    note: { zh: '查询此人时权威库故障。', en: 'Asking about this person breaks the authority.' },
  },
  {
    name: '何俊彦',
    documentType: 'hmt_residence_permit',
    number: '810000199606060019',
    validity: { start: '2024-05-20', end: '2029-05-20' },
    travelPermitNumber: 'H00000019',
    localDocumentNumber: 'A123456(3)',
    mobile: '19900000010',
    outcome: 'unchecked',
    note: {
      zh: '香港居民，公开的核验接口不认通行证号码，走人工审核。',
      en: 'Hong Kong. No public service checks travel permit numbers: manual review (人工审核).',
    },
  },
  {
    name: '欧阳若澄',
    documentType: 'hmt_residence_permit',
    number: '820000199707070023',
    validity: { start: '2022-08-08', end: '2027-08-08' },
    travelPermitNumber: 'M87654321',
    localDocumentNumber: '1234567(8)',
    mobile: '19900000011',
    outcome: 'unchecked',
    note: {
      zh: '澳门居民，公开的核验接口不认通行证号码，走人工审核。',
      en: 'Macao. No public service checks travel permit numbers: manual review (人工审核).',
    },
  },
  {
    name: '简柏言',
    documentType: 'hmt_residence_permit',
    number: '830000199808080038',
    validity: { start: '2025-01-15', end: '2030-01-15' },
    travelPermitNumber: '00000038',
    localDocumentNumber: 'A123456789',
    mobile: '19900000012',
    outcome: 'unchecked',
    note: {
      zh: '台湾居民，公开的核验接口不认通行证号码，走人工审核。',
      en: 'Taiwan. No public service checks travel permit numbers: manual review (人工审核).',
    },
  },
  {
    name: '温以恒',
    documentType: 'hk_macao_travel_permit',
    number: 'H12345678',
    validity: { start: '2023-04-10', end: '2033-04-10' },
    localDocumentNumber: 'AB987654(3)',
    mobile: '19900000013',
    outcome: 'unchecked',
    note: {
      zh: '港澳通行证，无法联网核验，走人工审核。',
      en: 'No authority checks this document: manual review (人工审核).',
    },
  },
  {
    name: '范语桐',
    documentType: 'taiwan_travel_permit',
    number: '12345678',
    validity: { start: '2023-09-01', end: '2028-09-01' },
    localDocumentNumber: 'A223456781',
    mobile: '19900000014',
    outcome: 'unchecked',
    note: {
      zh: '台湾通行证，无法联网核验，走人工审核。',
      en: 'No authority checks this document: manual review (人工审核).',
    },
  },
  {
    name: '秦望舒',
    documentType: 'resident_identity_card',
    number: '110199199309170045',
    validity: { start: '2026-10-12', end: '2046-10-12' },
    mobile: '19900000015',
    outcome: 'recently_changed',
    photo: 'poor',
    registered: { validity: { start: '2016-10-25', end: '2026-10-25' } },
    note: {
      zh: '也刚换新证：可先走人工审核，开通网证后再核验一致。',
      en: 'Has renewed the card too: manual review first, and a match once a 网证 is opened.',
    },
  },
];
