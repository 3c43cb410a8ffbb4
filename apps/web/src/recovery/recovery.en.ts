import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './recovery.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Forgotten password',
  title: 'Forgotten password',
  lead: 'Have the document you registered with at hand, and your registered mobile or e-mail.',
  notes: [
    'An account registered before 1 March 2019 cannot be reset: register again.',
    'Document type, number and name must all be right. Then choose one way: by e-mail, by text message or, if you linked WeChat before, by WeChat.',
  ],
  outOfDate: 'If the name on the account is wrong, or its phone and e-mail are out of date:',
  writeToUs: 'write to us; staff will check and correct it',
  next: 'Continue',
  registerAgain: 'Register again',
  lostMobile: 'No longer using the phone you registered?',

  quiet:
    'A code is sent only if an account has this user name. If none comes, check the user name, or find it again.',

  bySms: 'Reset by text message',
  noneLeft: 'This number can get no more codes today. Use another way, or come back tomorrow.',
  password: 'New password',
  passwordHint:
    'Switch your input method to English first. Do not use your number, birthday or name.',
  again: 'New password again',
  reset: 'Reset the password',

  doneTitle: 'Your password has been reset',
  doneByUserName:
    'You have been signed out on all devices. Sign in with your user name and the new password.',
  doneLead:
    'You have been signed out on all devices. Sign in with your document number and the new password.',
  toSignIn: 'Sign in',
};
