import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './identity-now.zh.ts';

export const en: Translated<typeof zh> = {
  checks: {
    due: {
      text: 'Your real-name information has not been compared with the police data yet. It usually takes a minute.',
      action: 'Verify now',
    },
    correctable: {
      text: 'Your real-name information was not confirmed. If you mistyped your name or number, you can correct it now.',
      action: 'Correct the real-name information',
    },
    mismatched: {
      text: 'Your real-name information was not confirmed.',
      action: 'See why, and what to do',
    },
  },
  profile: (fields) => `Still missing: ${fields.join(', ').toLowerCase()}.`,
  profileAction: 'Complete your details',
  title: 'If your real-name information is wrong',
  fixed: 'You cannot change your name and document number yourself once they are confirmed.',
  number: 'If another account has your document number: ',
  numberAction: 'See claims on your number',
  school:
    'If your school has your name or number wrong, have the school correct it first, then look your records up again.',
  schoolAction: (page) => `Open the ${page.toLowerCase()}`,
  desk: 'In any other case: ',
  deskAction: 'Write to the help desk',
};
