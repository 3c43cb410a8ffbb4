import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './number.zh.ts';

export const en: Translated<typeof zh> = {
  type: 'Type of document',
  notTaken:
    'Foreign permanent resident ID cards and permits that begin with HA or MA cannot be used here yet. ',
  notTakenLink: 'My document is not listed',
  number: 'Document number',
  numberHints: {
    resident_identity_card: '18 characters; the last may be X.',
    hmt_residence_permit: '18 characters, beginning with 810000, 820000 or 830000.',
    hk_macao_travel_permit:
      '9 characters: H or M and 8 digits. Leave out the two digits after them (renewal count).',
    taiwan_travel_permit: '8 digits. Leave out the two digits after them (renewal count).',
  },
};
