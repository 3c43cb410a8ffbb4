import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './samples.zh.ts';

const ofCard = [
  'Lay the original document on a dark, flat table.',
  'All four corners are in the picture, and the document fills most of it.',
  'Good light, no flash, and the focus on the text.',
];

export const en: Translated<typeof zh> = {
  title: 'How it should look',
  badTitle: 'We cannot approve photos like these',
  goods: {
    a: 'Sharp, whole, upright',
    b: 'Sharp, whole, upright',
    holding: 'Face and text are both clear',
  },
  tips: {
    a: ofCard,
    b: ofCard,
    holding: [
      'Your upper body and the arm with the document are in the picture.',
      'No mask, hat or sunglasses; face the camera.',
      'Hold the document in front of your chest without covering your face or the text. Ask somebody to use the rear camera.',
    ],
  },
  faults: {
    blurred: 'Blurred',
    glare: 'Glare',
    cropped: 'Not whole',
    turned: 'Not upright',
    mirrored: 'Backwards',
    covered: 'Face covered',
    far: 'Too far, text unreadable',
  },
};
