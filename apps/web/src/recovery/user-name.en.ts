import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './user-name.zh.ts';

export const en: Translated<typeof zh> = {
  lead: 'Enter the email address or mobile number you sign in with. We send a code there.',
  userName: 'User name',
  hint: 'The email address or mobile number you registered with',
  find: 'Find my user name',
  send: 'Get a code',
};
