import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './review.zh.ts';
import { photoNames } from '../shared/photo-names.en.ts';

export const en: Translated<typeof zh> = {
  title: 'Manual review',
  tasks: {
    answers: 'Details',
    ...photoNames,
  },
  caseNumber: 'Number',
  submittedAt: 'Submitted',
  due: 'Result by',
  provisional: 'The public holidays of that year are not announced yet, so the date may change.',
  channel: 'How we send you the result',
  channels: {
    sms: 'By text message',
    mail: 'By email',
    inbox: 'Only under “Notices” on this site',
  },
  reason: 'Reason',
  change: 'Change',
  changeLabel: (what) => `Change: ${what}`,
  enlarge: 'Enlarge to check the text',
  enlargeLabel: (picture) => `Enlarge to check the text: ${picture}`,
  close: 'Close',
  pictureMarked: (picture) => `${picture}; the problem is framed`,
  pictureGone: 'The photo did not open. Reload the page.',
  toList: 'Back to the list of tasks',
  toCheck: 'Check and submit',
  toVerification: 'Go to identity verification',
};
