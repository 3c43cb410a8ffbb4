import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './under-review.zh.ts';

export const en: Translated<typeof zh> = {
  waiting: 'Your request is submitted; please wait',
  frozen: 'During the review you can neither change your information nor verify your identity.',
  progress: 'See the progress',
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
