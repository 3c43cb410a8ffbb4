import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './check.zh.ts';

const quality =
  'Make sure that your photos are sharp, upright and not mirrored. We cannot approve a photo that we cannot read, and you may miss the deadline of your application.';

export const en: Translated<typeof zh> = {
  title: 'Check and submit',
  titleReturned: 'Check and submit again',
  lead: 'Enlarge the photos and check that they are upright and that you can read every character.',
  answers: 'Details',
  name: 'Name',
  validity: 'Valid',
  due: (day) => `If you submit now, you get the result by ${day}.`,
  frozen:
    'You cannot change the request once you have submitted it. During the review you cannot change your information or verify your identity.',
  submit: 'Submit',
  dialogTitle: 'Submit now?',
  dialog: (perPeriod, left) =>
    `${quality} You may ask for ${perPeriod} ${perPeriod === 1 ? 'review' : 'reviews'} in each period (1 January to 31 August, 1 September to 31 December), and ${left === 1 ? '1 is' : `${left} are`} left. Submit now?`,
  dialogReturned: `${quality} This correction does not count as a request. Submit now?`,
  confirm: 'Submit',
  back: 'Go back and check',
  incomplete: 'You cannot submit this yet: a part is still missing.',
};
