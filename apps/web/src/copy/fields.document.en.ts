import type { DocumentFieldCode } from './failures.ts';

export const en: Record<DocumentFieldCode, string> = {
  'document_type.missing': 'Select the type of your document',
  'document_type.not_taken':
    'This type of document cannot be used here; choose one of those listed',
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
  'document_number.not_taken':
    'The number of this type of document cannot be used here; use another document',
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
};
