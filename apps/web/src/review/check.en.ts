import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './check.zh.ts';

const quality =
  'Please make sure that your photos are as asked for: one that is not sharp, not upright or mirrored cannot be read, is not approved, and may make you miss the application.';

export const en: Translated<typeof zh> = {
  title: 'Check and submit',
  titleReturned: 'Check and submit again',
  lead: 'Enlarge the photos: every character can be read, and they are upright.',
  answers: 'Details',
  name: 'Name',
  validity: 'Valid',
  due: (day) => `If you submit now, the result is there by ${day}.`,
  frozen:
    'Once submitted, it cannot be changed; during the review you can neither change your information nor verify your identity.',
  submit: 'Submit',
  dialogTitle: 'Submit now?',
  dialog: (perPeriod, left) =>
    `${quality} You may ask for ${perPeriod} ${perPeriod === 1 ? 'review' : 'reviews'} in each period (1 January to 31 August, 1 September to 31 December), and ${left === 1 ? '1 is' : `${left} are`} left. Submit now?`,
  dialogReturned: `${quality} This correction is not counted. Submit now?`,
  confirm: 'Submit',
  back: 'Go back and check',
  incomplete: 'Something is not done yet, so this cannot be submitted.',
};
