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
    in_review: (date) =>
      `Reviewers are looking at it; you will know by ${date}. Until then the services stay closed.`,
    returned: 'Another photo is needed. Read why below, and add one.',
    moved: 'The number is yours; sign in with it. You can go on to bind it and use the services.',
    refused:
      'Your claim was not approved, and the number stays with the other account. If you disagree, write to us.',
    withdrawn: 'You have withdrawn the claim.',
    undone:
      'After another look the number was given back to the account that had it. If you disagree, write to us.',
  },
  withdraw: 'Withdraw the claim',
  reviewTitle: 'Duplicate number: review',
  reviewText: (days) =>
    `If you cannot be verified, or the other side has been, add a photo of yourself with the document. The other side is told and has ${days} working days to object; then two reviewers decide.`,
  effectsTitle: 'If they approve',
  effects: (services, keptDays) => [
    'Other accounts with this number are closed and cannot be signed in to; their mobile number and mail address can be used again.',
    `What was done with them may be affected: ${services.join(', ')}.`,
    `For ${keptDays} days such an account can be restored after a check; then it is deleted.`,
  ],
  photo: 'Photo of yourself with the document',
  photoRules: (kilobytes) => [
    'Hold your own document, with the whole arm and upper body in the picture, and the face clear and uncovered.',
    'Everything on the document can be read, and nothing is covered.',
    'The photo has not been edited.',
    `.jpg, .jpeg, .png and .gif are taken and made into a JPG of at most ${kilobytes} KB here.`,
  ],
  badPhoto: 'Choose a JPG, PNG or GIF photo that can be opened, of at least 480×300 pixels.',
  choose: 'Choose a photo',
  chooseAnother: 'Choose another',
  agrees: 'I agree that reviewers look at the photo. It is deleted some time after the review.',
  knows: 'I know that an approval may affect what was done with the other account.',
  send: 'Send it to the reviewers',
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
