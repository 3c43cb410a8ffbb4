import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './close.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Close your account',
  lead: 'We delete the account and everything in it. You cannot get it back.',
  whatHappens: 'What happens',
  consequences: (date, days) => [
    `If you ask today, we delete the account on ${date}. You can stop this at any time during these ${days} days.`,
    'Until then you can sign in, but not use any service.',
    'We then delete your document, contacts, personal information, results of verification, consents, notices, sign-ins and the link to WeChat.',
    'We keep records of what was done, without names and numbers, for a fixed time and then delete them.',
    'This does not affect your records in a service; the service keeps them.',
    'You can register again with the same document, but you start with an empty account.',
  ],
  before: 'Before you close it',
  download: 'Download a copy of your data',
  request: 'Close my account',
  dialogTitle: 'Close your account?',
  dialogText: (time) =>
    `We delete it on ${time}. If your email address is confirmed, we send you a link with which you can stop this; you can also sign in and stop it.`,
  dialogRequest: 'Close my account',
  dialogBack: 'Not now',
  doneTitle: 'We will close your account',
  stoppedTitle: 'We keep your account open',
  wrongNumber: 'Is the document number wrong, or not yours?',
  wrongNumberText:
    'This account has never been verified, so you can close it now, without waiting. You can then register its document number again at once.',
  closeNow: 'The number is not mine: close now',
  nowTitle: 'Close the account now?',
  nowText: (days) =>
    `We sign out all devices at once. Nobody can sign in to this account again, and you cannot get it back. We delete everything in it after ${days} days. If your email address is confirmed, we send you an email.`,
  closedTitle: 'Your account is closed',
  closedText: 'Its document number can be registered again. You can register with the right one.',
  register: 'Register again',
  doneText:
    'If your email address is confirmed, we send you a link with which you can stop this. You can also sign in and stop it under “My data”.',
};
