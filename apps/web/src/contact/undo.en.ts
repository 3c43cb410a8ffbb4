import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './undo.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Undo a change',
  enterLead: 'If somebody else changed your mobile number or email address, undo the change here.',
  code: 'Undo code',
  codeHint:
    '12 digits and letters, in the text message to your previous phone. You can also use the link in the email.',
  look: 'See what was changed',
  noCode: 'No text message or email?',
  noCodeText: (days) =>
    `The code and the link are valid for ${days} days and can be used once. Without them, reset your password first, then change your contact details.`,
  toRecovery: 'Reset password',

  openTitle: 'Undo this change?',
  openLead: 'Check it carefully before you press the button.',
  mobile: 'Mobile number',
  email: 'Email address',
  before: 'Before',
  after: 'Now',
  happens: 'What happens',
  effects: [
    'We restore your previous contact.',
    'We sign out all devices.',
    'Your current password and any linked WeChat or Ministry of Education account stop working. You must reset the password before you can sign in.',
  ],
  undo: 'This was not me, undo it',
  wasMe: 'If it was you, just close this page.',

  doneTitle: 'The change is undone and the account is locked',
  doneText: (before) =>
    `Your contact is ${before} again, all devices are signed out, and the old password no longer works. Reset it now.`,

  usedTitle: 'This undo code has been used',
  expiredTitle: 'This undo code was not found',
  expiredText: (days) =>
    `You may have mistyped it, or more than ${days} days have passed. Check it and enter it again. If it has expired, reset your password first, then change your contact details.`,
  enterOther: 'Enter the undo code again',
};
