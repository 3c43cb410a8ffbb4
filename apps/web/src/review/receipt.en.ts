import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './receipt.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Submitted for manual review',
  lead: 'Note the number, or print this page.',
  name: 'Name',
  nextTitle: 'What happens next',
  next: (workingDays) => [
    `A reviewer gives the result within ${workingDays} working days.`,
    'During the review you can neither change your information nor verify your identity.',
  ],
  told: {
    sms: (at) => `We text ${at} when there is news; sign in to read it.`,
    mail: (at) => `We write to your e-mail address ${at} when there is news.`,
    inbox: () => 'News appears under “Notices” on this site.',
  },
  track: 'See the progress',
  print: 'Print',
  none: 'No manual review is submitted now.',
};
