import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './number.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Document number',
  lead: 'A document number has one account. Where two accounts have the same number, it is settled here.',
  none: 'There is no claim that concerns your document number.',
  ownTitle: 'Your claim',
  signInWith: 'Until the number is yours, sign in with the number of your claim, ',
  signInWithAfter: ', and your password.',
  keepIt: 'Write it down. Without it you would have to register and claim again.',
  since: 'Claimed on',
  own: {
    open: 'Nothing shows yet that the number is yours. Be verified first; then we tell the other side.',
    verified:
      'You have been verified. If the other side never was, we tell them at once; if they were too, reviewers decide.',
    disputed: 'The other side has objected or has been verified too. Reviewers have to decide.',
    noticed: (date) =>
      `The other side has been told. Without an objection by ${date}, the number is yours.`,
    in_review: 'Reviewers are looking at it. We will tell you the outcome.',
    moved: 'The number is yours; sign in with it.',
    refused:
      'Your claim was not approved, and the number stays with the other account. If you disagree, write to us.',
    withdrawn: 'You have withdrawn the claim.',
    undone:
      'After another look the number was given back to the account that had it. If you disagree, write to us.',
  },
  onMineTitle: 'A claim on your document number',
  onMine: {
    noticed: (date, keptDays) =>
      `The holder of another account has been verified and claims your document number. If it is yours, object by ${date} or be verified; then reviewers decide first. Otherwise your account is closed, and can be restored for ${keptDays} days; what is under way in it is affected.`,
    disputed:
      'You have objected or have been verified, so reviewers have to decide. Until then the number stays with your account.',
    objected:
      'You have objected. Reviewers are looking at it; until they decide, the number stays with your account.',
    in_review:
      'Another account claims your document number, and reviewers are looking at it. If it is yours, object.',
    moved: 'The number belongs to another account now.',
    refused: 'The claim was not approved; the number stays with your account.',
    withdrawn: 'The other side has withdrawn the claim.',
    undone: 'The number was given back to your account.',
  },
  object: 'The number is mine: object',
  verify: 'Be verified',
  notMine: 'It is not my number: close the account',
};
