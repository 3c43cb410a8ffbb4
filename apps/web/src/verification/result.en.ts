import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './result.zh.ts';

const tries = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'}`;

export const en: Translated<typeof zh> = {
  renamed:
    'If your name has changed and you have already filed an application, submit it again in the qualification system.',
  toService: (service) => `Go to: ${service}`,
  toServices: 'Go to online services',
  toAccount: 'Back to your account',
  failedTitle: 'Verification did not succeed',
  mismatched: 'What you sent does not match the police data.',
  noRecord: 'The police data has no record of the name and number you sent.',
  countedLeft: (left, resumes) =>
    left === 0
      ? `Counted; you have no tries left today. They are renewed on ${resumes}.`
      : `Counted; ${tries(left)} left today.`,
  stillVerified: 'Your present result stays; you can still use the services.',
  compareTitle: 'Do not submit again yet; compare with your document',
  compareLead: 'You sent:',
  compare: [
    'Name: every character as on the document, with the dot “·” and no other signs.',
    'Validity: start date and term as under 有效期限. If you have a new card, use the new one.',
    'Number: a wrong number cannot be changed; register again with the right one.',
  ],
  comparePermit: [
    'Name: every character as on the travel permit, with the dot “·” and no other signs.',
    'Travel permit number: if it is wrong, change it under “Change personal information”.',
  ],
  stillTitle: 'All correct, and it still fails?',
  still: 'Your data may have changed recently, and the police data is not updated yet.',
  stillCtid:
    'Opening a 网证 (online credential of the resident identity card) can update it. It is voluntary: the manual review below leads to the same place. Use one of these ways.',
  reviewTitle: 'Does the 网证 not help?',
  reviewTitlePermit: 'What if everything is correct?',
  review: 'Please ask for a manual review: our staff compare photos of your document.',
  toReview: 'Ask for a manual review',
  meanwhile: 'You can still sign in, but not use the services.',
  backToCheck: 'Go back and check',
  refusedTitle: 'The service did not accept what was sent',
  refused:
    'Most likely it could not read something in the name or the validity. Compare with your document, then submit again.',
  unavailableTitle: 'The service did not answer',
  unavailable: 'This is not your fault, and nothing you entered is lost.',
  unavailableLater: 'If it still does not answer, come back in a few minutes.',
  notCountedLeft: (left) => `This is not counted; ${tries(left)} left today.`,
  again: 'Try again',
};
