import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './reasons.zh.ts';

export const en: Translated<typeof zh> = {
  rejectedFor: 'Manual review not approved. Reasons: ',
  items: {
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
