import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './by-link.zh.ts';

export const en: Translated<typeof zh> = {
  lead: 'The photo goes to your computer. This page adds this one photo and nothing else.',
  take: 'Take a photo',
  choose: 'Choose from album',
  sending: 'Sending',
  doneTitle: 'The photo has arrived',
  done: 'Check it on your computer and continue there. You can close this page.',
  overTitle: 'This QR code is no longer valid',
};
