import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './vouched-note.zh.ts';

export const en: Translated<typeof zh> = {
  note: 'Filled in with what the Ministry of Education told us. Please check it; you can change it.',
};
