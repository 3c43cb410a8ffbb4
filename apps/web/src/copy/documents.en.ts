import type { Translated } from './define-copy.ts';
import type { zh } from './documents.zh.ts';

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
  sexes: { male: 'Male', female: 'Female' },
  terms: { 5: '5 years', 10: '10 years', 20: '20 years', long_term: 'Long term (长期)' },
  longTerm: '长期',
  sexAndBirth: (sex, birthDate) => `${sex}, born ${birthDate}`,
};
