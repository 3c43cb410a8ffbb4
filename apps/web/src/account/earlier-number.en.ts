import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './earlier-number.zh.ts';

export const en: Translated<typeof zh> = {
  label: 'Number of the earlier card',
  hint: '15 characters, printed on the new card. Leave it empty if you never had the earlier card.',
};
