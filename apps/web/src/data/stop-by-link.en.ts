import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './stop-by-link.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Keep your account',
  lead: 'You asked us to close your account. If you cancel that, we keep the account and everything in it.',
  stop: 'Keep my account',
  doneTitle: 'We keep your account open',
  done: 'It works as before.',
  notMe:
    'If you did not ask us to close it, sign in at once, change your password, and check which devices are signed in.',
  usedTitle: 'The closure was already cancelled',
  expiredTitle: 'This link no longer works',
  expired:
    'It is incomplete, a newer link has replaced it, or the account is closed. Use the link in the latest email, or sign in and stop the closure under “My data”.',
  toSignIn: 'Sign in',
  toRegister: 'Register again',
};
