import type { PlainFieldCode } from './failures.ts';

export const en: Record<PlainFieldCode, string> = {
  'nickname.format': 'Enter at most 20 letters, digits, spaces or hyphens',
  'household_region.missing': 'Select the county of your registered residence',
  'earlier_number.format':
    'The number of the earlier card has 3 letters and 12 digits, and is printed on the new card',
  'earlier_number.differs':
    'The number of the earlier card has another birth date or sex than the new one; check it against the card',
  'earlier_number.taken':
    'The number of the earlier card has an account already: if it is yours, sign in to it; otherwise write to us',
};
