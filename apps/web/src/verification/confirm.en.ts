import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './confirm.zh.ts';

export const en: Translated<typeof zh> = {
  permitNotCompared:
    'We do not compare the validity with police data; we update it together with the name when the check succeeds.',
  confirmTitle: 'Confirm',
  confirm: (perDay, left, name) =>
    `You can verify your identity at most ${perDay} times a day; you have ${left === 1 ? '1 try' : `${left} tries`} left. Do you want to submit? We send this name with your document number: ${name}. Make sure that it is the same as on your document.`,
  confirmSubmit: 'Submit',
  confirmBack: 'Go back and check',
  sent: 'To be sent',
};
