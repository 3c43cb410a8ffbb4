import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './operator-facts.zh.ts';

export const en: Translated<typeof zh> = {
  name: 'Operator',
  email: 'Email for questions',
  phone: 'Telephone for questions',
  hours: 'Hours',
  address: 'Postal address',
  complaints: 'Complaints about personal data',
};
