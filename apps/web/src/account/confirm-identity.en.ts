import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './confirm-identity.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Is this correct?',
  text: 'It is compared with the police data. You can correct it if it does not match; what is confirmed you cannot change yourself.',
  name: 'Name',
  mobile: 'Mobile number',
  noMobile: 'not given yet',
  yes: 'Yes',
  no: 'No, go back',
  checking: 'Checking',
  checkingText:
    'We are comparing it with the police data, which takes a minute at most. Do not close the page.',
};
