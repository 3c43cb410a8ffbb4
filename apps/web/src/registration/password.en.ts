import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './password.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Set a password',
  lead: {
    number: 'You will sign in with your document number and this password.',
    mobile: 'You will sign in with your mobile number and this password.',
    email: 'You will sign in with your email address and this password.',
  },
  password: 'Password',
  hint: 'Switch your input method to English first. Do not use your number, birthday or name.',
  again: 'Password again',
  hasPassword: 'Your password is set. To change it, set a new one below; to keep it, continue.',
  keep: 'Keep the password and continue',
};
