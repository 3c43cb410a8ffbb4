import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './number.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Document number',
  lead: 'Each document number can have only one account. If two accounts have the same number, you can settle this here.',
  none: 'There is no claim on your document number.',
  ownTitle: 'Your claim',
  signInWith: 'Until the number is yours, sign in with your claim number, ',
  signInWithAfter: ', and your password.',
  keepIt: 'Write it down. Without it you have to register and claim again.',
  since: 'Claimed on',
  own: {
    open: 'You have not yet shown that the number is yours. Verify your identity first; then we tell the other account holder.',
    verified:
      'Your identity is verified. If the other account holder was never verified, we tell them now; otherwise reviewers decide.',
    disputed:
      'The other account holder has objected or has also been verified. Reviewers have to decide.',
    noticed: (date) =>
      `We have told the other account holder, who can object on or before ${date}. If they do not, the number is yours after that.`,
    in_review: (date) =>
      `Reviewers are checking your claim. You get the result by ${date}. Until then you cannot use the services.`,
    returned: 'We need another photo. Read why below, and add one.',
    moved: 'The number is yours.',
    refused: 'We did not approve your claim, and the number stays with the other account.',
    withdrawn: 'You have withdrawn the claim.',
    undone: 'We checked again and gave the number back to the account that had it before.',
  },
  signInWithNumber: 'From now on, sign in with it.',
  caseNumber: 'Number of the review',
  objectUntil: 'The other side can object until',
  withdraw: 'Withdraw the claim',
  withdrawTitle: 'Withdraw the claim?',
  withdrawText:
    'The number then stays with the other account. This account cannot claim it again: you would have to close it and register again.',
  keep: 'Do not withdraw',
  over: 'This account cannot claim the number again. To claim it again, close this account first and register again.',
  toClose: 'Close this account',
  toTicket: 'Write to us',
  reviewTitle: 'Duplicate number: review',
  reviewText: (days) =>
    `If you cannot verify your identity, or the other account holder has been verified, add a photo of yourself with the document. We tell the other account holder, who has ${days} working days to object. Then two reviewers decide.`,
  classmateTitle: 'Duplicate number: help by a classmate',
  classmateText: 'You can also ask a classmate to confirm who you are.',
  toClassmate: 'Ask a classmate',
  effectsTitle: 'If they approve your claim',
  effects: (services, keptDays) => [
    'We close other accounts with this number, and nobody can sign in to them. Their mobile number and email address can be used again.',
    `This may affect what was done with them: ${services.join(', ')}.`,
    `We can restore such an account for ${keptDays} days after a check; then we delete it.`,
  ],
  photo: 'Photo of yourself with the document',
  photoRules: (kilobytes) => [
    'Hold your own document. Your whole arm and upper body are in the picture, and your face is clear and uncovered.',
    'Everything on the document can be read, and nothing is covered.',
    'The photo has not been edited.',
    `You can use .jpg, .jpeg, .png and .gif files. This page makes a JPG of at most ${kilobytes} KB.`,
  ],
  badPhoto: 'Choose a JPG, PNG or GIF photo that can be opened, of at least 480×300 pixels.',
  choose: 'Choose a photo',
  chooseAnother: 'Choose another',
  agrees: 'I agree that reviewers look at the photo. It is deleted some time after the review.',
  knows: 'I understand that an approval may affect what was done with the other account.',
  send: 'Send to the reviewers',
  onMineTitle: 'A claim on your document number',
  onMine: {
    noticed: (date, keptDays) =>
      `The holder of another account has been verified, or confirmed by a classmate, and claims your document number. If it is yours, object or verify your identity on or before ${date}; then reviewers decide. Otherwise we close your account, which can be restored for ${keptDays} days. Applications in progress in it are affected.`,
    disputed:
      'You have objected or have been verified, so reviewers have to decide. Until then the number stays with your account.',
    objected:
      'You have objected. Reviewers are checking the claim; until they decide, the number stays with your account.',
    in_review: (date, keptDays) =>
      `Another account claims your document number, and reviewers are checking the claim. If the number is yours, object on or before ${date}. If they approve the claim, we close your account, which can be restored for ${keptDays} days. Applications in progress in it are affected.`,
    moved: 'The number now belongs to another account.',
    refused: 'We did not approve the claim; the number stays with your account.',
    withdrawn: 'The other account holder has withdrawn the claim.',
    undone: 'We gave the number back to your account.',
  },
  object: 'The number is mine: object',
  verify: 'Verify my identity',
  notMine: 'It is not my number: close the account',
};
