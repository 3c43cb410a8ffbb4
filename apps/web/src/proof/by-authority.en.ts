import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-authority.zh.ts';

const left = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'} left today.`;

export const en: Translated<typeof zh> = {
  lead: 'Enter what is on your document. We compare it with police data.',
  left: (count) => `This counts towards your daily tries of identity verification: ${left(count)}`,
  submit: 'Check',
  outcomes: {
    mismatched: (count) =>
      `What you entered does not match police data. Check it against your document. This try was counted; ${left(count)}`,
    no_record: (count) =>
      `Police data has no record of what you entered. Check it against your document. This try was counted; ${left(count)}`,
    refused_input: (count) =>
      `The police service did not accept what you entered. Check it against your document. This try was not counted; ${left(count)}`,
    unavailable: (count) =>
      `The police service did not answer; this is not your fault. Try again in a few minutes. This try was not counted; ${left(count)}`,
  },
};
