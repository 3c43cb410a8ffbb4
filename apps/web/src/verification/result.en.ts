import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './result.zh.ts';

const tries = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'}`;

export const en: Translated<typeof zh> = {
  toService: (service) => `Go to: ${service}`,
  toServices: 'Go to online services',
  toAccount: 'Back to your account',
  failedTitle: 'Verification did not succeed',
  mismatched: 'What you sent does not match the police data.',
  noRecord: 'The police data has no record of the name and number you sent.',
  countedLeft: (left, resumes) =>
    left === 0
      ? `This try was counted. You have no tries left today; you can try again from ${resumes}.`
      : `This try was counted; ${tries(left)} left today.`,
  stillVerified: 'Your current result stays valid; you can still use the services.',
  compareTitle: 'Before you submit again, check what you sent against your document',
  compareLead: 'You sent:',
  compare: [
    'Name: every character as on the document, with the dot “·” and no other symbols.',
    'Validity: start date and term as printed under 有效期限. If you have a new card, use the new one.',
    'Number: every character as on the document.',
  ],
  comparePermit: [
    'Name: every character as on the travel permit, with the dot “·” and no other symbols.',
    'Travel permit number: if it is wrong, change it under “Change personal information”.',
  ],
  stillTitle: 'Everything is correct and it still fails?',
  still: 'Your data may have changed recently, and the police data may not be up to date yet.',
  stillCtid:
    'Opening a 网证 (the online credential of the resident identity card) can update it. You do not have to: you can ask for the manual review below instead. Use one of these ways.',
  reviewTitle: 'If the 网证 does not help',
  reviewTitlePermit: 'If everything is correct',
  review: 'Ask for a manual review: our staff check photos of your document.',
  toReview: 'Ask for a manual review',
  meanwhile: 'Meanwhile you can sign in, but not use the services.',
  correctText: 'If you mistyped your name or number, you can correct it now.',
  correct: 'Correct the real-name information',
  numberFixed: 'You cannot change a wrong document number; register again with the right one.',
  schoolFirst:
    'If your school has your name or number wrong, have the school correct it first, then verify again.',
  servicesGoOn: 'The services that are open to you stay open.',
  goOn: 'Continue for now',
  records: (page) => `See the ${page.toLowerCase()}`,
  backToCheck: 'Go back and check',
  refusedTitle: 'The police service did not accept what you sent',
  refused:
    'It could probably not read a part of the name or the validity. Check them against your document, then submit again.',
  unavailableTitle: 'The police service did not answer',
  unavailable: 'This is not your fault, and nothing you entered is lost.',
  unavailableLater: 'If it still does not answer, come back in a few minutes.',
  notCountedLeft: (left) => `This try was not counted; ${tries(left)} left today.`,
  again: 'Try again',
};
