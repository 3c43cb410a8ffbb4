import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './flow.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Register',
  continue: 'Continue',
  edit: 'Change',
  stale:
    'This registration was changed elsewhere. Below is the latest; what you just entered was not saved. Check it and go on.',
  passwordAgain: 'The document number has changed; set the password again.',
  discard: 'Do not want to go on?',
  discardText:
    'What you entered is deleted at once and cannot be brought back. On a shared device, delete it before you leave.',
  discardNow: 'Delete what I entered',
  discarded: 'What you entered has been deleted.',
  help: 'Help with registration',
};
