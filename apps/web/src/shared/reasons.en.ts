import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './reasons.zh.ts';
import { photoNames } from './photo-names.en.ts';

export const en: Translated<typeof zh> = {
  rejectedFor: 'Manual review not approved. Reasons: ',
  items: {
    ...photoNames,
    name: 'Name',
    validity: 'Validity',
    profile: 'Personal information',
    number: 'Document number',
  },
  framed: 'The problem is inside the frame. ',
  note: 'The reviewer says: ',
  toProfile: 'Change personal information',
  toRegister: 'Register again',
};
