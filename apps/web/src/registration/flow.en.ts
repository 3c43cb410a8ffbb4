import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './flow.zh.ts';

export const en: Translated<typeof zh> = {
  flow: 'Register',
  continue: 'Continue',
  edit: 'Change',
  stale:
    'This registration was changed in another window. The latest answers are below; what you just entered was not saved. Check them and continue.',
  activated: 'Your address is activated.',
  passwordAgain: 'The document number has changed. Set the password again.',
  discard: 'Do not want to continue?',
  discardText:
    'We delete what you entered at once, and you cannot get it back. On a shared device, delete it before you leave.',
  discardNow: 'Delete what I entered',
  discarded: 'We have deleted what you entered.',
  help: 'Help with registration',
};
