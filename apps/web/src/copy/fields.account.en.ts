import type { AccountFieldCode } from './failures.ts';

export const en: Record<AccountFieldCode, string> = {
  'password.missing': 'Enter a password',
  'password.too_short': 'Use at least 8 characters',
  'password.too_long': 'Use at most 64 characters',
  'password.letters': 'Add a letter',
  'password.digits': 'Add a digit',
  'password.specials': 'Add one of # % * - _ ! @ $ &',
  'password.full_width':
    'The password has characters of a Chinese input method; switch to English and type it again',
  'password.characters': 'Use only letters, digits and # % * - _ ! @ $ &',
  'password.common': 'Many people use this password and it is easy to guess; choose another',
  'password.personal':
    'The password contains your number, birthday, name or e-mail address; choose another',
  'password.mismatch': 'The two passwords differ; enter them again',
  'password.unchanged': 'The new password is the same as the current one; choose another',
  'password.reused': 'You have used this password before; choose another',
  'password.wrong': 'The current password is not right; enter it again',
  'email.missing': 'Enter your e-mail address',
  'email.format': 'Enter a full e-mail address, such as name@example.com',
  'email.full_width_dot': 'Use the English dot . in the e-mail address',
  'email.qq_alias': 'For QQ Mail use the address with digits before @, not an alias',
  'email.too_long': 'The e-mail address is too long; check it',
  'mobile.missing': 'Enter your mobile number',
  'mobile.format': 'Enter the 11 digits of a mainland mobile number',
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
  'undo_code.missing': 'Enter the undo code',
  'undo_code.format': 'An undo code has 12 digits and letters; check it and enter it again',
  'sign_in_name.missing': 'Enter the e-mail address or mobile number that you registered with',
  'sign_in_name.format': 'Enter a whole e-mail address, or a mobile number of 11 digits',
  'mobile.unchanged': 'The new number is the same as the current one',
  'email.unchanged': 'The new address is the same as the current one',
};
