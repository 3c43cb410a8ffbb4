import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './real-name.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Enter your real-name information',
  lead: 'Enter your own name and document as they are; no pinyin for a Chinese name. They are compared with the police data; what is confirmed cannot be changed afterwards.',
  submit: 'Confirm',
};
