import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './number.zh.ts';

export const en: Translated<typeof zh> = {
  type: 'Type of document',
  notTaken: 'Documents that are not listed here cannot be used yet. ',
  notTakenLink: 'My document is not listed',
  number: 'Document number',
};
