import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';
import { moreCodes } from './send-code.en.ts';

export const en: Translated<typeof zh> = {
  title: 'Enter the code',
  sentTo: 'Sent to ',
  validFor: ', valid for ',
  validForAfter: '.',
  isLate: '; it has expired. Get a new one below.',
  changeNumber: 'Use another number',
  code: (digits) => `${digits}-digit code`,
  codeHint: 'Never tell anybody this code.',
  triesLeft: (count) => `${count} ${count === 1 ? 'try' : 'tries'} left.`,
  notReceived: 'No message?',
  check: 'Check the number above, and whether your phone has blocked the message.',
  ported:
    'Numbers that were moved to another operator and new number ranges may not receive it. Then use another number, or see ',
  portedHelp: 'help',
  portedAfter: '.',
  waitBefore: 'You can get a new code in ',
  waitAfter: '; ',
  leftToday: (count) => `${moreCodes(count)} today.`,
  noneLeft:
    'This number can get no more codes today. Use another number, or come back tomorrow; your answers are kept for 24 hours.',
  resend: 'Get a new code',
  resent: 'A new code has been sent; the old one no longer works.',
  dead: {
    'code.expired': 'The code has expired; get a new one',
    'code.tries_used_up': 'This code was tried too often and no longer works; get a new one',
  },
};
