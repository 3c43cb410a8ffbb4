import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './document.zh.ts';

export const en: Translated<typeof zh> = {
  notTaken: 'You cannot use documents that are not listed here yet. ',
  notTakenLink: 'My document is not listed',
  title: 'Your identity document',
  notices: {
    renewal_digits_dropped: () => 'We left out the last two digits, which are the renewal count.',
    number_lengthened: (number) =>
      `We changed the old 15-digit number to the 18-character number ${number}. `,
    check_digit_dropped: () =>
      'We left out the last digit: it is the check digit of the machine-readable line and not part of the number.',
    form_completed: (number) => `We keep the number as it is printed: ${number}.`,
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
    'I agree that my document number and its validity period (sensitive personal information) are used to register me and verify my identity; see the ',
  consentLink: 'privacy notice',
  accountName: 'The document number is your account name and cannot be changed later.',
};
