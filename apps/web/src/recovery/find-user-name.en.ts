import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './find-user-name.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Find user name',
  title: 'Find my user name',
  lead: 'Enter your real-name information, then a code sent to your linked phone or e-mail, and see the user name you sign in with.',
  wayTitle: 'Choose how to get the code',
  bySms: 'By text message',
  byMail: 'By e-mail',
  to: (contact) => `To ${contact}`,
  choose: 'Use this way',
  none: 'This account has no verified phone or e-mail, so the user name cannot be found online. Please contact us.',
  contact: 'Write to us',
  button: 'Show the user name',
  other: 'Use another way',
  foundTitle: 'Your user name',
  mobile: 'Mobile number',
  email: 'E-mail address',
  foundLead: 'You can sign in with any of these.',
  byNumber:
    'You sign in to this account with the document number, on the site where you registered.',
  toSignIn: 'Sign in',
  toReset: 'Forgotten password',
};
