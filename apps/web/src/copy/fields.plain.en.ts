import type { PlainFieldCode } from './failures.ts';

export const en: Record<PlainFieldCode, string> = {
  'nickname.format': 'Enter at most 20 letters, digits, spaces or hyphens',
  'household_region.missing': 'Select the county of your registered residence',
};
