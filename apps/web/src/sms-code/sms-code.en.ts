import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './sms-code.zh.ts';

export const moreCodes = (count: number): string =>
  count === 1 ? '1 more code' : `${count} more codes`;

export const en: Translated<typeof zh> = {
  sentTo: 'Sent to ',
  validFor: ', valid for ',
  validForAfter: '.',
  isLate: '; it has expired. Get a new one below.',
  end: '.',
  code: (digits) => `${digits}-digit code`,
  codeHint: 'Never tell anybody this code.',
  triesLeft: (count) => `${count} ${count === 1 ? 'try' : 'tries'} left.`,
  notReceived: 'No message?',
  waitBefore: 'You can get a new code in ',
  waitAfter: '; ',
  leftToday: (count) => `${moreCodes(count)} today.`,
  resend: 'Get a new code',
  resent: 'A new code has been sent; the old one no longer works.',
  dead: {
    'code.expired': 'The code has expired; get a new one',
    'code.tries_used_up': 'This code was tried too often and no longer works; get a new one',
  },
};
