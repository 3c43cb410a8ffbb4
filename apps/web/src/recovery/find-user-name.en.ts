import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './find-user-name.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Find user name',
  title: 'Find my user name',
  lead: 'Enter your real-name information and then a code that we send to your phone or email address. We then show the user name that you sign in with.',
  wayTitle: 'Choose how to get the code',
  bySms: 'By text message',
  byMail: 'By email',
  to: (contact) => `To ${contact}`,
  choose: 'Use this way',
  none: 'This account has no verified phone or email address, so you cannot find the user name online. Contact us.',
  contact: 'Write to us',
  button: 'Show the user name',
  other: 'Use another way',
  foundTitle: 'Your user name',
  mobile: 'Mobile number',
  email: 'Email address',
  foundLead: 'You can sign in with any of these.',
  byNumber:
    'You sign in to this account with the document number, on the site where you registered.',
  toSignIn: 'Sign in',
  toReset: 'Forgotten password',
};
