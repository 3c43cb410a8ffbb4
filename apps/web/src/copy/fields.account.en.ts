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
    'The password contains your number, birthday, name or email address; choose another',
  'password.mismatch': 'The two passwords differ; enter them again',
  'password.unchanged': 'The new password is the same as the current one; choose another',
  'password.reused': 'You have used this password before; choose another',
  'password.wrong': 'The current password is not right; enter it again',
  'email.missing': 'Enter your email address',
  'email.format': 'Enter a full email address, such as name@example.com',
  'email.full_width_dot': 'Use the English dot . in the email address',
  'email.qq_alias': 'For QQ Mail use the address with digits before @, not an alias',
  'email.too_long': 'The email address is too long; check it',
  'mobile.missing': 'Enter your mobile number',
  'mobile.format': 'Enter the 11 digits of a mainland mobile number',
  'undo_code.missing': 'Enter the undo code',
  'undo_code.format': 'An undo code has 12 digits and letters; check it and enter it again',
  'user_name.missing': 'Enter the email address or mobile number that you registered with',
  'user_name.format': 'Enter a whole email address, or a mobile number of 11 digits',
  'mobile.unchanged': 'The new number is the same as the current one',
  'email.unchanged': 'The new address is the same as the current one',
};
