import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './county-field.zh.ts';

export const en: Translated<typeof zh> = {
  province: (field) => `${field}: province`,
  county: (field) => `${field}: county`,
  hint: 'As in your household register today. The first six digits of your number say where it was first issued, which may be elsewhere. Select the province first.',
};
