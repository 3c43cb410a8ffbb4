import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './hand-off.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Use my phone',
  qr: 'QR code that opens this page on a phone',
  scan: 'Scan the code with the phone’s camera or WeChat.',
  signIn: 'Sign in to your own account on the phone.',
  shoot: 'Take the photo there. It appears here by itself.',
  byHand: 'If you cannot scan, enter this in the phone’s browser:',
  waiting: 'Waiting for the photo from your phone. It appears here without reloading.',
  over: 'No photo came within 25 minutes.',
  goOn: 'Go on waiting',
};
