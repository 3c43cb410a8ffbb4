import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './service-fields.zh.ts';

export const en: Translated<typeof zh> = {
  receives: 'When you enter, the system of this service receives:',
  level: 'your verification level',
  later:
    'It is also told when this changes later, when you change your password or sign out, and when your account is suspended, restored or closed, until you withdraw.',
  here: 'This service is part of this site and uses your verification level. Entering it passes nothing on to another system.',
  fields: {
    name: 'your name',
    document: 'the type and number of your document',
    mobile: 'your mobile number, if verified',
    email: 'your email address, if verified',
  },
  optional: 'You may leave these out and still use the service:',
  list: (fields) => [...fields, 'your verification level'].join(', ').replace(/^y/, 'Y'),
  purpose: 'For this service only. You can withdraw your consent at any time.',
  change: 'Change',
  changeLabel: 'Change what the service receives',
  given: 'The service receives',
};
