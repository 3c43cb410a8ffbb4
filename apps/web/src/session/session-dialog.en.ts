import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './session-dialog.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'You will be signed out soon',
  text: 'You have not done anything for a while. To protect your information you will be signed out.',
  stay: 'Stay signed in',
};
