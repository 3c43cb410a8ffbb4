import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';

export const moreCodes = (count: number): string =>
  count === 1 ? '1 more code' : `${count} more codes`;

export const en: Translated<typeof zh> = {
  code: (digits) => `${digits}-digit code`,
  codeHint: 'Never tell anybody this code.',
  triesLeft: (count) => `${count} ${count === 1 ? 'try' : 'tries'} left.`,
  leftToday: (count) => `${moreCodes(count)} today.`,
};
