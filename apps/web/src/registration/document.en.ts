import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './document.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Your identity document',
  type: 'Type of document',
  number: 'Document number',
  numberHints: {
    resident_identity_card: '18 characters; the last may be X.',
    hmt_residence_permit: '18 characters, beginning with 810000, 820000 or 830000.',
    hk_macao_travel_permit:
      '9 characters: H or M and 8 digits. Leave out the two digits after them (renewal count).',
    taiwan_travel_permit: '8 digits. Leave out the two digits after them (renewal count).',
  },
  renewalDropped: 'The last two digits, the renewal count, were left out.',
  front: 'Side with the photo',
  back: 'Back',
  picture: (number, dates) => `Sketch: ${number}; ${dates}`,
  pictureLegend: '① Document number  ② Valid from and to (有效期限)',
  where: {
    numberBelow: 'the number is at the bottom of the side with the photo',
    datesBack: 'the dates are at the bottom of the back',
    datesFront: 'the dates are in the middle of the same side',
  },
  consent:
    'I agree that my document number and its validity (sensitive personal information) are processed to register me and verify my identity; see the ',
  consentLink: 'privacy notice',
  accountName: 'The document number is your account name and cannot be changed later.',
};
