import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './unproved.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Contact details not confirmed',
  none: 'Neither your mobile number nor your e-mail address is confirmed. You get no messages, and a forgotten password cannot be reset by text message or mail. Confirm at least one; if you can use neither, write to us.',
  email: (email) =>
    `Your address ${email} is not confirmed: it gets no notices, and a forgotten password cannot be reset by mail.`,
  noEmail:
    'You have no e-mail address: you get no notices by mail, and a forgotten password cannot be reset by mail.',
  mobile:
    'Your mobile number is not confirmed: a forgotten password cannot be reset by text message.',
  noMobile: 'You have no mobile number: a forgotten password cannot be reset by text message.',
  send: 'Send the confirmation mail',
  again: 'Send it again',
  sent: (span) =>
    `The mail has been sent; open its link before ${span}. If it does not come, look into the spam folder.`,
  proveMobile: 'Confirm the mobile number',
  enterMobile: 'Enter a mobile number',
  enterEmail: 'Enter an address',
  changeEmail: 'Use another address',
  write: 'Write to us',
};
