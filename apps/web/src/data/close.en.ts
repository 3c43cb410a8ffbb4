import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './close.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Close your account',
  lead: 'Closing deletes the account and what is in it. It cannot be restored.',
  whatHappens: 'What happens',
  consequences: (date, days) => [
    `If you ask today, it is deleted on ${date}. During these ${days} days you can stop it at any time.`,
    'While it waits, you can sign in, but not use a service.',
    'Then these are deleted: document, contacts, personal information, results of verification, consents, notices, sign-ins, and the link to WeChat.',
    'Records of what was done remain, without names and numbers. They are kept for a fixed time and then deleted.',
    'Your records in a service are not affected; the service keeps them.',
    'You can register again with the same document, but have to start again.',
  ],
  before: 'Before you close it',
  download: 'Download a copy of your data',
  request: 'Close my account',
  dialogTitle: 'Close your account?',
  dialogText: (time) =>
    `It will be deleted on ${time}. A confirmed address gets an e-mail with a link that stops it; you can also sign in and stop it.`,
  dialogRequest: 'Close my account',
  dialogBack: 'Not now',
  doneTitle: 'Your account will be closed',
  stoppedTitle: 'Your account stays',
  wrongNumber: 'Is the document number wrong, or not yours?',
  wrongNumberText:
    'This account has never been verified, so you can close it now, without the wait. Its document number can then be registered again at once.',
  closeNow: 'The number is not mine: close now',
  nowTitle: 'Close the account now?',
  nowText: (days) =>
    `All devices are signed out at once. Nobody can sign in to this account again, and it cannot be restored. What is in it is deleted after ${days} days. A confirmed address gets an e-mail.`,
  closedTitle: 'Your account is closed',
  closedText: 'Its document number is free. You can register again with the right one.',
  register: 'Register again',
  doneText:
    'If your address is confirmed, it gets an e-mail with a link that stops it. You can also sign in and stop it under “My data”.',
};
