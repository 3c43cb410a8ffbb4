import type { FirstPasswordFieldCode } from './failures.ts';

export const en: Record<FirstPasswordFieldCode, string> = {
  'first_password.missing': 'Enter the first password',
  'first_password.format': 'A first password has 12 digits and capital letters; check your slip',
  'first_password.expired': 'This first password no longer works; get another from the agency',
  'first_password.used':
    'This first password has been used. If that was not you, go to the agency at once and get another',
};
