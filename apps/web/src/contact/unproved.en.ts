import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './unproved.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Contact details not confirmed',
  none: 'Neither your mobile number nor your email address is confirmed. We send you no messages, and you cannot reset a forgotten password by text message or email. Confirm at least one; if you can use neither, write to us.',
  email: (email) =>
    `Your address ${email} is not confirmed: we send no notices to it, and you cannot reset a forgotten password by email.`,
  noEmail:
    'You have no email address: we send you no notices by email, and you cannot reset a forgotten password by email.',
  mobile:
    'Your mobile number is not confirmed: you cannot reset a forgotten password by text message.',
  noMobile: 'You have no mobile number: you cannot reset a forgotten password by text message.',
  send: 'Send the confirmation email',
  again: 'Send it again',
  sent: (span) =>
    `We have sent the email; open its link before ${span}. If it does not arrive, look in your spam folder.`,
  proveMobile: 'Confirm the mobile number',
  enterMobile: 'Enter a mobile number',
  enterEmail: 'Enter an address',
  changeEmail: 'Use another address',
  write: 'Write to us',
};
