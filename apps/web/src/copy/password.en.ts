import type { Translated } from './define-copy.ts';
import type { zh } from './password.zh.ts';

export const en: Translated<typeof zh> = {
  show: 'Show',
  hide: 'Hide',
  showLabel: 'Show password',
  hideLabel: 'Hide password',
  shown: 'Password is shown',
  hidden: 'Password is hidden',
  rules: {
    length: '8 characters or more',
    letters: 'a letter',
    digits: 'a digit',
    specials: 'one of # % * - _ ! @ $ &',
  },
  met: 'done',
  notMet: 'not yet',
  fullWidthHint: 'Switch your input method to English',
};
