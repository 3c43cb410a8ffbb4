import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './receipt.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Submitted for manual review',
  lead: 'Write down the number, or print this page.',
  name: 'Name',
  nextTitle: 'What happens next',
  next: (workingDays) => [
    `A reviewer gives the result within ${workingDays} working days.`,
    'During the review you cannot change your information or verify your identity.',
  ],
  told: {
    sms: (at) => `We text ${at} when there is news; sign in to read it.`,
    mail: (at) => `We write to your email address ${at} when there is news.`,
    inbox: () => 'News appears under “Notices” on this site.',
  },
  track: 'See progress',
  print: 'Print',
  none: 'You have no manual review in progress.',
};
