import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './document.zh.ts';

export const en: Translated<typeof zh> = {
  notTaken: 'Documents that are not listed here cannot be used yet. ',
  notTakenLink: 'My document is not listed',
  title: 'Your identity document',
  notices: {
    renewal_digits_dropped: () => 'The last two digits, the renewal count, were left out.',
    number_lengthened: (number) =>
      `The old 15-digit number became these 18 characters: ${number}. `,
    check_digit_dropped: () =>
      'The last digit was left out: it checks the machine-readable line and is not part of the number.',
    form_completed: (number) => `The number is kept as it is printed: ${number}.`,
  },
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
