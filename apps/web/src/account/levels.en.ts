import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './levels.zh.ts';

export const en: Translated<typeof zh> = {
  lead: 'The higher your level, the more services are open to you.',
  reached: 'Reached',
  notReached: 'Not reached yet',
  opens: 'Opens',
  opensNothing: 'Signing in, seeing and changing your information',
  how: 'Reached by',
  by: {
    authority: (day) => `Comparison with police records, ${day}`,
    face: (day) => `Your face, compared with the photo in the police register, ${day}`,
    review: (day) => `Manual review, ${day}`,
    window: (day) => `In person at a registration window, ${day}`,
    school: (day) => `The records of a school, ${day}`,
  },
  until: (day) => `, until ${day}`,
  upTitle: 'How to reach the next level',
  highest: 'All services are open to you.',
  toFour:
    'Level 4 takes a check that it is you: at a registration window with your card, or by a face check. Both come to the same.',
  byFace: 'Check my face',
};
