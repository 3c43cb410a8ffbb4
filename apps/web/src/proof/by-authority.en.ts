import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-authority.zh.ts';

const left = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'} left today.`;

export const en: Translated<typeof zh> = {
  lead: 'Enter what is on your document; it is compared with police data.',
  left: (count) => `This shares the daily tries of identity verification: ${left(count)}`,
  submit: 'Compare',
  outcomes: {
    mismatched: (count) =>
      `What you entered does not match police data; compare it with your document. This was counted; ${left(count)}`,
    no_record: (count) =>
      `Police data has no record of what you entered; compare it with your document. This was counted; ${left(count)}`,
    refused_input: (count) =>
      `The check did not accept this; compare it with your document. This was not counted; ${left(count)}`,
    unavailable: (count) =>
      `The check did not answer; this is not your fault. Try again in a few minutes. This was not counted; ${left(count)}`,
  },
};
