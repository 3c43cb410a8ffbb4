import type { DocumentType } from '@shiming/domain';
import { en as documents } from './documents.en.ts';
import type { ApplicantFieldCode, FieldSentence } from './failures.ts';

const names = (types: readonly DocumentType[]) =>
  types.map((type) => documents.types[type]).join(', ');

export const en: Record<ApplicantFieldCode, FieldSentence> = {
  'document_type.missing': 'Select the type of your document',
  'document_type.not_taken': (taken) =>
    `This type of document cannot be used here. Accepted: ${names(taken)}`,
  'document_number.missing': 'Enter the document number',
  'document_number.length_15':
    'Enter the 18-character number on your current card; 15-digit numbers are no longer used',
  'document_number.format':
    'The number does not have the form of this document; check it against your document',
  'document_number.check_digit':
    'One character of the number is wrong; check it against your document',
  'document_number.region':
    'The first 6 digits do not go with this document; check them against your document',
  'document_number.birth_date':
    'Digits 7 to 14 are not a birth date; check them against your document',
  'document_number.issuer':
    'The same number exists in several provinces; enter it with the issuing authority, such as 某某市公安局 000001',
  'document_number.wrong_type':
    'This number belongs to another type of document; check the type selected above',
  'child_number.of_age': 'The holder of this number is 14 or older and agrees without a guardian',
  'document_number.not_taken': (taken) =>
    `The number of this document cannot be used here. Accepted: ${names(taken)}`,
  'name.missing': 'Enter your name',
  'name.too_long': 'The name is too long; enter only the name on your document',
  'name.characters': 'Use only Chinese characters and the dot ·',
  'name.latin':
    'Enter the name in Chinese characters or in Latin letters as in the lines that machines read, not in both',
  'name.private_use':
    'One character cannot be shown on other devices; type it again with another input method',
  'name.separator_place': 'Put the dot · between two characters',
  'validity_start.missing': 'Enter the date from which the document is valid',
  'validity_start.incomplete': 'Enter year, month and day',
  'validity_start.not_a_date': 'There is no such day; check it against your document',
  'validity_start.in_future': 'This date is after today; check it against your document',
  'validity_start.too_early':
    'The date must be 1 January 1984 or later; check it against your document',
  'validity_start.before_birth':
    'This date is before your date of birth; check it against your document',
  'validity_term.missing': 'Select how long the document is valid',
  'validity_term.not_offered': 'This document is not issued for that term; select another',
  'validity_term.long_term_under_46':
    'Only holders aged 46 or over at the date of issue have a long-term card; select another term',
  'validity_end.expired':
    'By these dates the document has expired; check them, or use a valid document',
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
  'mobile.unchanged': 'The new number is the same as the current one',
  'email.unchanged': 'The new address is the same as the current one',
  'code.missing': 'Enter the code',
  'code.format': 'The code has 6 digits',
  'consent.missing': 'Tick the box to agree and go on',
  'relation.missing': 'Choose how you are related to the child',
  'agreement.missing': 'Tick the box to agree to the registration agreement',
  'ticket_topic.missing': 'Select what it is about',
  'ticket_text.missing': 'Say what happened, in four characters at least',
  'review_reason.missing': 'Say why you ask for a review',
  'review_channel.missing': 'Select how you want to be told',
  'name.unchanged': 'This is the name that is there already',
  'text.too_long': 'The text is too long; shorten it',
  'input.shape': 'This answer is not complete; enter it again',
};
