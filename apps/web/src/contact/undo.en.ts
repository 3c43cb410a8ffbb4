import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './undo.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Undo a change',
  enterLead: 'If somebody else changed your mobile number or e-mail address, take it back here.',
  code: 'Undo code',
  codeHint:
    '12 digits and letters, in the text message to your former phone. The link in the mail does the same.',
  look: 'See what was changed',
  noCode: 'No text message and no mail?',
  noCodeText: (days) =>
    `Code and link are good for ${days} days, once. Without them, reset your password first, then change your contact details.`,
  toRecovery: 'Reset password',

  openTitle: 'Take this change back?',
  openLead: 'Look at it closely before you press the button.',
  mobile: 'Mobile number',
  email: 'E-mail address',
  before: 'Before',
  after: 'Now',
  happens: 'Then',
  effects: [
    'Your former contact is restored.',
    'All devices are signed out.',
    'The present password and any linked WeChat are void; you reset the password before you can sign in.',
  ],
  undo: 'This was not me, take it back',
  wasMe: 'If it was you, just close this page.',

  doneTitle: 'Taken back; the account is locked',
  doneText: (before) =>
    `Your contact is ${before} again, all devices are signed out, and the old password no longer works. Reset it now.`,

  usedTitle: 'This undo code has been used',
  expiredTitle: 'This undo code was not found',
  expiredText: (days) =>
    `It may have been mistyped, or ${days} days are over. Check it and enter it again; if it has expired, reset your password first, then change your contact details.`,
  enterOther: 'Enter the undo code again',
};
