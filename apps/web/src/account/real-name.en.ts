import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './real-name.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Give your real-name information',
  lead: 'Enter your own name and document as they are; no pinyin for a Chinese name. You cannot change them afterwards.',
  submit: 'Confirm',
  confirmTitle: 'Is this correct?',
  confirmText:
    'You cannot change it yourself afterwards. Your school or the help desk corrects what is wrong.',
  name: 'Name',
  mobile: 'Mobile number',
  noMobile: 'not given yet',
  yes: 'Yes',
  no: 'No, go back',
  taken: 'This document number is registered already.',
  takenText:
    'If you registered before, sign in with that user name or recover it. If you never did, write to us.',
  recover: 'Recover user name or password',
  write: 'Write to us',
};
