import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './retention-table.zh.ts';

export const en: Translated<typeof zh> = {
  purpose: 'What for: ',
  kept: 'Kept: ',
  basis: 'Law: ',
};
