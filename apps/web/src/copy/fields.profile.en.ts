import type { ProfileFieldCode } from './failures.ts';

export const en: Record<ProfileFieldCode, string> = {
  'ethnicity.missing': 'Select your ethnicity',
  'sex.missing': 'Select your sex',
  'birth_date.missing': 'Enter your date of birth',
  'birth_date.not_a_date': 'There is no such day; check it against your document',
  'sex.not_of_number': 'The document number says otherwise; check it',
  'birth_date.not_of_number': 'The document number has another date of birth; check it',
  'birth_date.in_future': 'This date is after today; check it',
  'local_document_number.missing': 'Enter the number of your local identity document',
  'local_document_number.format':
    'The number does not have the right form; check it against your local identity document',
  'local_document_number.check_digit':
    'One character is wrong; check it against your local identity document',
  'travel_permit_number.missing': 'Enter the number of your travel permit',
  'travel_permit_number.format':
    'The number does not have the right form; check it against your permit and leave out the last two digits, the renewal count',
};
