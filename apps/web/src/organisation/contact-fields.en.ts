import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './contact-fields.zh.ts';

export const en: Translated<typeof zh> = {
  person: 'Contact person',
  mobile: 'Mobile number of the contact person',
  email: 'Email address of the contact person',
  contactAgrees:
    'The contact person knows and agrees that name, mobile number and email address are used to check and reach the organisation; see the ',
  privacy: 'privacy notice',
};
