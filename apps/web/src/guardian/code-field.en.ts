import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code-field.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'A guardian must agree first',
  text: 'The child is under 14. Without the consent of a parent or other guardian we keep nothing about the child.',
  steps: [
    'The guardian signs in to their own account (verified, aged 18 or over) and opens “Consent for a child under 14” in their account.',
    'The guardian reads the notice, agrees and gets a code of 8 characters.',
    'Enter the code below.',
  ],
  validFor: (span) => `The code is valid for ${span} and can be used once.`,
  without: 'If the guardian has no account or cannot do this online: ',
  contact: 'write to us',
  label: 'The guardian’s code',
  hint: 'You can use upper or lower case.',
  hintAccepted:
    'We have accepted the code for this number. You do not need to enter it again, unless you have a new one.',
};
