import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './real-name.zh.ts';

const dayMs = 24 * 3_600_000;

export const en: Translated<typeof zh> = {
  title: 'Enter your real-name information',
  lead: 'Enter your own name and document as they are; no pinyin for a Chinese name. They are compared with the police data; what is confirmed cannot be changed afterwards.',
  submit: 'Confirm',
  confirmTitle: 'Is this correct?',
  confirmText:
    'It is compared with the police data. You can correct it if it does not match; what is confirmed you cannot change yourself.',
  name: 'Name',
  mobile: 'Mobile number',
  noMobile: 'not given yet',
  yes: 'Yes',
  no: 'No, go back',
  taken: 'This document number is registered already.',
  takenText:
    'If you registered before, sign in with that user name or recover it. If the number is mistyped, correct it below. If it is right and you never registered, you can claim it for this account:',
  claimEffects: ({ objectWorkingDays, restorableMs }) => [
    `Be verified first. Then we tell the other side, who has ${objectWorkingDays} working days to object.`,
    `Without an objection the number belongs to this account. The other account is closed, and can be restored for ${restorableMs / dayMs} days; what is under way in it is affected.`,
    'If the other side has been verified too, or objects, reviewers decide.',
  ],
  claim: 'Claim this number',
  recover: 'Recover user name or password',
  write: 'Write to us',
};
