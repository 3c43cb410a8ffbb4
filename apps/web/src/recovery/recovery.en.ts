import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './recovery.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Forgotten password',
  title: 'Forgotten password',
  lead: (byMail) =>
    `You need the document that you registered with, and your registered mobile phone${byMail ? ' or email address' : ''}.`,
  tooOld:
    'You cannot reset the password of an account registered before 1 March 2019: register again.',
  allThree: 'Document type, number and name must all be right. ',
  ways: ({ byMail, byWeChat }) =>
    byMail || byWeChat
      ? `Then choose a way to reset it: ${byMail ? 'by email, ' : ''}by text message${byWeChat ? ' or, if you have linked WeChat, by WeChat' : ''}.`
      : '',
  outOfDate: (byMail) =>
    `If the name on the account is wrong, or its phone ${byMail ? 'and email are' : 'is'} out of date:`,
  writeToUs: 'write to us; our staff will check and correct it',
  next: 'Continue',
  registerAgain: 'Register again',
  lostMobile: 'No longer use the phone that you registered with?',

  quiet:
    'We send a code only if an account has this user name. If none arrives, check the user name or find it again.',

  byFace: 'Set a new password',
  byFaceLead: 'Your face has matched. Set a new password within 10 minutes.',

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
