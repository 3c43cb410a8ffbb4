import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './first-sign-in.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'First sign-in',
  lead: 'If a conscription agency gave you a slip, choose a password of your own here; also if you forgot yours and got another slip.',
  number: 'Identity card number',
  firstPassword: 'First password',
  firstPasswordHint: 'The 12 digits and capital letters on the slip. It works once.',
  password: 'A password of your own',
  passwordHint: 'You sign in with it from now on. Tell it to nobody, not even the agency.',
  again: 'Once more',
  consent:
    'I agree that my document number and its validity (sensitive personal information) are processed to register me and verify who I am; see the ',
  consentLink: 'privacy notice',
  agree: 'I have read and agree to the ',
  agreement: (name) => `${name} agreement`,
  next: 'Continue',
  passwordTitle: 'A password of your own',
  back: 'Back to the first step',
  submit: 'Set the password and sign in',
  confirmTitle: 'Is this right?',
  confirmText:
    'You cannot change name and number yourself afterwards. If the name on the slip is wrong, have the agency make another first.',
  name: 'Name',
  yes: 'Yes',
  no: 'No, back',
  refused: (triesLeft) =>
    triesLeft === 0
      ? 'Name, document number and first password do not go together. That was one try too many; please wait a while.'
      : `Name, document number and first password do not go together. Check them against the slip and your card; ${triesLeft} tries left. If they are right, have the agency check what it entered.`,
  firstPasswordDead:
    'This first password has been used or no longer works. Get another from the agency; if it was not you who used it, go at once.',
  taken: 'This document number has an account that no slip opens.',
  takenText:
    'If you bound an email address or mobile number, sign in with it or reset the password. If another agency helped you, get a slip there. Otherwise write to us.',
  login: 'Sign in',
  recover: 'Reset the password',
  write: 'Write to us',
};
