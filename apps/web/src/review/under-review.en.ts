import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './under-review.zh.ts';

export const en: Translated<typeof zh> = {
  waiting: 'You have submitted your request',
  frozen: 'During the review you cannot change your information or verify your identity.',
  progress: 'See progress',
  row: 'Manual review',
  states: {
    offered: 'You can ask for one',
    draft: 'Not submitted yet',
    waiting: (due) => `Submitted; result by ${due}`,
    returned: 'To be corrected',
    approved: 'Approved',
    rejected: 'Not approved; you can correct it',
    withdrawn: 'Withdrawn',
    expired: 'Closed',
  },
};
