import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './number-taken.zh.ts';

const dayMs = 24 * 3_600_000;

export const en: Translated<typeof zh> = {
  taken: 'This document number is registered. What you can do:',
  inReview:
    'This document number is registered; nobody can register it again before reviewers have decided',
  isMine:
    'You registered before: sign out of this account and sign in with that user name, or recover it.',
  toOther: 'Sign out and sign in',
  isWrong: 'The number is wrong: correct it below.',
  isNotMine:
    'The number is right, and you have never registered: you can claim it for this account.',
  waits:
    'The number is right, and you have never registered: another account claims this number. Come back when reviewers have decided.',
  claimEffects: ({ objectWorkingDays, restorableMs }) => [
    `Be verified first. Then we tell the other side, who has ${objectWorkingDays} working days to object.`,
    `Without an objection the number belongs to this account. The other account is closed, and can be restored for ${restorableMs / dayMs} days; what is under way in it is affected.`,
    'If the other side has been verified too, or objects, reviewers decide.',
  ],
  claim: 'Claim this number',
  recover: 'Recover user name or password',
  write: 'Write to us',
};
