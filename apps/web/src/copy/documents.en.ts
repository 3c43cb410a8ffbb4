import type { Translated } from './define-copy.ts';
import type { zh } from './documents.zh.ts';

const permit = {
  a: 'The side of the permit with the portrait, the name and the validity.',
  b: 'The back of the permit.',
  holding: 'You yourself holding the permit, the side with the portrait towards the camera.',
};

export const en: Translated<typeof zh> = {
  types: {
    resident_identity_card: 'Resident Identity Card',
    hmt_residence_permit: 'Residence Permit for Hong Kong, Macao and Taiwan Residents',
    hk_macao_travel_permit: 'Mainland Travel Permit for Hong Kong and Macao Residents',
    taiwan_travel_permit: 'Mainland Travel Permit for Taiwan Residents',
  },
  typeNotes: {
    resident_identity_card: undefined,
    hmt_residence_permit: undefined,
    hk_macao_travel_permit: undefined,
    taiwan_travel_permit: 'The card that is valid for five years',
  },
  numberHints: {
    resident_identity_card: '18 characters; the last may be X.',
    hmt_residence_permit: '18 characters, beginning with 810000, 820000 or 830000.',
    hk_macao_travel_permit:
      '9 characters: H or M and 8 digits. Leave out the two digits after them (renewal count).',
    taiwan_travel_permit: '8 digits. Leave out the two digits after them (renewal count).',
  },
  sides: {
    resident_identity_card: { a: 'with the portrait', b: 'with the national emblem' },
    hmt_residence_permit: { a: 'with the portrait', b: 'with the issuing authority' },
    hk_macao_travel_permit: { a: 'with the portrait', b: 'the back' },
    taiwan_travel_permit: { a: 'with the portrait', b: 'the back' },
  },
  photoLeads: {
    resident_identity_card: {
      a: 'The side of the card with the portrait, the name and the number.',
      b: 'The side of the card with the national emblem, the issuing authority and the validity.',
      holding: 'You yourself holding the card, the side with the portrait towards the camera.',
    },
    hmt_residence_permit: {
      a: 'The side of the permit with the portrait, the name and the number.',
      b: 'The side of the permit with the issuing authority and the validity.',
      holding: 'You yourself holding the permit, the side with the portrait towards the camera.',
    },
    hk_macao_travel_permit: permit,
    taiwan_travel_permit: permit,
  },
  sexes: { male: 'Male', female: 'Female' },
  terms: { 5: '5 years', 10: '10 years', 20: '20 years', long_term: 'Long term (长期)' },
  longTerm: '长期',
  sexAndBirth: (sex, birthDate) => `${sex}, born ${birthDate}`,
};
