import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './stop-by-link.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Keep your account',
  lead: 'You asked for your account to be closed. If you cancel that, the account and everything in it are kept.',
  stop: 'Keep my account',
  doneTitle: 'Your account stays',
  done: 'It works as before.',
  notMe:
    'Did you not ask for it? Sign in at once, change your password, and check which devices are signed in.',
  usedTitle: 'The closing was stopped already',
  expiredTitle: 'This link no longer works',
  expired:
    'It is incomplete, a newer link has replaced it, or the account is closed. Use the latest e-mail, or sign in and stop it under “My data”.',
  toSignIn: 'Sign in',
  toRegister: 'Register again',
};
