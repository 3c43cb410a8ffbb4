import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './change-password.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Change password',
  lead: 'Enter your current password first, so that we know that it is you.',
  current: 'Current password',
  password: 'New password',
  hint: 'Switch your input method to English first. Do not use your numbers, birthday or name.',
  again: 'New password again',
  others:
    'We then sign out all other devices, which need the new password. This device stays signed in.',
  forgotten:
    'Cannot remember the current one? Sign out, then use “Forgotten password” on the sign-in page.',
  submit: 'Change password',
  saved: 'We have changed your password and signed out all other devices.',
};
