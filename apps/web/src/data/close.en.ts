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
    'What remains are records of what was done, without names and numbers. They are kept for their time and then deleted.',
    'What you have done in a service is not affected; the service keeps it.',
    'You can register again with the same document, but have to begin anew.',
  ],
  before: 'Before you close it',
  download: 'Download a copy of your data',
  request: 'Close my account',
  dialogTitle: 'Close your account?',
  dialogText: (time) =>
    `It will be deleted on ${time}. We send you an e-mail with a link that stops it.`,
  dialogRequest: 'Close my account',
  dialogBack: 'Not now',
  doneTitle: 'Your account is to be closed',
  stoppedTitle: 'Your account stays',
  doneText: 'We have sent an e-mail to your address, with a link that stops it.',
};
