import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './care.zh.ts';

export const en: Translated<typeof zh> = {
  back: 'Back to the organisation',
  password: 'Password of the organisation',

  contactTitle: 'Change the contact person',
  contactLead:
    'A code goes to the email address of the new contact person. After the change, the former contact person gets an email.',
  contactEmailHint: 'The code goes here, and later notices too.',
  sendCode: 'Send the code',
  otherContact: 'Change what was entered',
  changeContact: 'Change the contact person',
  contactDone: 'The contact person was changed',
  contactDoneText: 'Notices go to the new contact person from now on.',

  dataTitle: 'Download the data of the organisation',
  download: 'Download',
  downloadText:
    'The organisation and its contact person, the letters that were approved, and the sign-ins; with the photos of the letters, as long as we keep these.',
  form: 'Format',
  forms: { html: 'A page to read and print', json: 'JSON, for other systems' },
  downloaded: 'Downloaded.',
  close: 'Close the account',
  consequences: (days) => [
    `We wait ${days} days. Then the account, the contact person, the letters and their photos are deleted and cannot be restored.`,
    'The contact person gets an email with a link that stops this. You can also sign in and stop it.',
    'If a letter is approved in that time, the account stays.',
    'Afterwards the organisation can register again by a letter.',
  ],
  request: 'Close the account',

  passwordTitle: 'Change the password',
  passwordLead: 'All other sign-ins end with the change, and the contact person gets an email.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  passwordDone: 'The password was changed',
  passwordDoneText: 'Sign in with the new password from now on.',

  closing: (time) => `The account of the organisation will be closed on ${time}.`,
  until: 'You can stop this before then.',
  stop: 'Keep the account',
  stopped: 'The account is no longer to be closed.',
  toContact: 'Change the contact person',
  toData: 'Download the data',
  toClose: 'Close the account',

  keepLead: 'The account of the organisation is to be closed. If you stop this, it stays as it is.',
  keptTitle: 'The account stays',
  notUs:
    'If it was not your organisation that asked for this, send a letter with the seal at once, and set another password.',
  usedTitle: 'The closing was stopped before',
  expiredTitle: 'This link no longer works',
  expired:
    'The link is incomplete, there is a newer one, or the account has been closed. Use the latest email, or sign in to stop the closing.',
  toSignIn: 'Sign in as an organisation',
  toLetter: 'Send a letter',
};
