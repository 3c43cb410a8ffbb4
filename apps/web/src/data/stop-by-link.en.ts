import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './stop-by-link.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Keep your account',
  lead: 'Your account is waiting to be closed. If you stop that, the account and all that is in it stay.',
  stop: 'Keep my account',
  doneTitle: 'Your account stays',
  done: 'It works as before.',
  notMe:
    'You did not ask for it to be closed? Sign in at once, change your password, and look at which devices are signed in.',
  usedTitle: 'The closing was stopped already',
  expiredTitle: 'This link no longer works',
  expired:
    'It is incomplete, a newer link has replaced it, or the account is closed. Use the latest e-mail, or sign in and stop it under “My data”.',
  toSignIn: 'Sign in',
  toRegister: 'Register again',
};
