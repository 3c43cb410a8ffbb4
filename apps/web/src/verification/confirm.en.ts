import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './confirm.zh.ts';

export const en: Translated<typeof zh> = {
  permitNotCompared:
    'The validity is not compared with police data; it is updated together with the name when you pass.',
  confirmTitle: 'Confirm',
  confirm: (perDay, left, name) =>
    `You can verify your identity at most ${perDay} times a day; you have ${left === 1 ? '1 try' : `${left} tries`} left. Do you want to submit? The name sent with your document number is: ${name}. Make sure that it is as on your document.`,
  confirmSubmit: 'Submit',
  confirmBack: 'Go back and check',
  reveal: 'Show the whole number',
  sent: 'To be sent',
};
