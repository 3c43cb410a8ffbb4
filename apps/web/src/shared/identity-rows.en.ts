import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './identity-rows.zh.ts';

export const en: Translated<typeof zh> = {
  terms: {
    name: 'Name',
    documentType: 'Document',
    number: 'Number',
    validity: 'Valid',
    region: 'Region',
    email: 'Email',
    mobile: 'Mobile',
  },
  notProved: 'not verified',
  change: 'Change',
  changeLabel: (term) => `Change: ${term}`,
  regions: { hong_kong: 'Hong Kong', macao: 'Macao', taiwan: 'Taiwan' },
};
