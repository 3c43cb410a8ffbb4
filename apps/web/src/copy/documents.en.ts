import type { Translated } from './define-copy.ts';
import type { zh } from './documents.zh.ts';

export const en: Translated<typeof zh> = {
  type: 'Type of document',
  number: 'Document number',
  types: {
    resident_identity_card: 'Resident Identity Card',
    hmt_residence_permit: 'Residence Permit for Hong Kong, Macao and Taiwan Residents',
    hk_macao_travel_permit: 'Mainland Travel Permit for Hong Kong and Macao Residents',
    taiwan_travel_permit: 'Mainland Travel Permit for Taiwan Residents',
    permanent_residence_card: 'Foreign Permanent Resident ID Card',
    passport: 'Passport',
    military_officer_certificate: 'Military Officer Certificate',
    soldier_certificate: 'Soldier Certificate',
    police_certificate: 'Police Officer Certificate',
  },
  typeNotes: {
    resident_identity_card: undefined,
    hmt_residence_permit: undefined,
    hk_macao_travel_permit: undefined,
    taiwan_travel_permit: 'The card that is valid for five years',
    permanent_residence_card: 'The five-star card or the card of 2017',
    passport: undefined,
    military_officer_certificate: 'Certificates of civilian cadres too',
    soldier_certificate: 'Certificates of sergeants and conscripts too',
    police_certificate: '人民警察证',
  },
  oldNumberHints: {
    resident_identity_card:
      '18 characters, of which the last may be X, or an old number of 15 digits.',
  },
  numberHints: {
    resident_identity_card: '18 characters; the last may be X.',
    hmt_residence_permit: '18 characters, beginning with 810000, 820000 or 830000.',
    hk_macao_travel_permit:
      '9 characters: H or M and 8 digits. Leave out the two digits after them (renewal count).',
    taiwan_travel_permit: '8 digits. Leave out the two digits after them (renewal count).',
    permanent_residence_card:
      '18 characters, beginning with 9; on the card of 2017, 3 letters and 12 digits.',
    passport:
      'At the upper right of the page with the photo, such as E12345678. You can also paste the last line of that page.',
    military_officer_certificate: 'With the characters in front, such as 军字第0000001号.',
    soldier_certificate: 'With the characters in front, such as 士字第0000001号.',
    police_certificate:
      'The issuing authority and the 6 or 7 digits together, such as 某某市公安局 000001.',
  },
  sexes: { male: 'Male', female: 'Female' },
  terms: { 5: '5 years', 10: '10 years', 20: '20 years', long_term: 'Long term (长期)' },
  longTerm: '长期',
  noValidity: 'Not needed',
  sexAndBirth: (sex, birthDate) => `${sex}, born ${birthDate}`,
};
