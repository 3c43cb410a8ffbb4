import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './profile.zh.ts';

export const en: Translated<typeof zh> = {
  firstTitle: 'Complete your profile',
  firstLead:
    'This is the first time you sign in. Complete the answers below. It takes about a minute.',
  title: 'Change personal information',
  weChat:
    'We recommend that you follow our service account in WeChat and link it to this account, so that you can reset a forgotten password with it.',
  weChatLink: 'Link WeChat',
  fixed: 'From your registration',
  whereName: 'If your name or the validity has changed, change it at ',
  whereNameLink: 'identity verification',
  whereNameAfter: '. The change takes effect when the check succeeds.',
  whereFixed:
    'The document number cannot be changed once it is confirmed. If it is wrong, see “If your real-name information is wrong” in your account.',
  whereNumber:
    'The document number is your account name and cannot be changed. If it is wrong, register again with the right one.',
  verified:
    'You cannot change what was checked (name, validity, travel permit number) here. You can change everything else once you have confirmed that it is you.',
  submitFirst: 'Save and verify identity',
  submit: 'Save',
  reveal: 'Show numbers and change',
  revealNote: 'We show your numbers in full and record this.',
};
