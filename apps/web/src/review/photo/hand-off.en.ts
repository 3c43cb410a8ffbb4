import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './hand-off.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Use my phone',
  qr: 'QR code: scan it with your phone to take this photo',
  scan: 'Scan the QR code with your phone; you do not need to sign in there.',
  shoot: 'Take the photo on the phone: it appears here by itself.',
  alone: 'The QR code is valid for 10 minutes and adds only this photo. Do not let others scan it.',
  waiting: 'Waiting for the photo from your phone. It appears here by itself.',
  over: 'The QR code has expired and we received no photo.',
  goOn: 'Get a new one',
};
