import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './verification.zh.ts';

const tries = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'}`;

export const en: Translated<typeof zh> = {
  title: 'Identity verification',
  lead: 'We compare your name, document number and its validity with police data. It usually takes 1 minute.',
  leadPermit:
    'We compare your name and travel permit number with police data. It usually takes 1 minute.',
  notVerified: 'Your identity is not verified yet.',
  ranOut: (day) =>
    `Your document expired on ${day}, so you cannot use the services. Once you have a new one, enter its dates and verify again.`,
  left: (left, perDay) =>
    `At most ${tries(perDay)} a day; ${left} left today. The count starts again at midnight (China time).`,
  lastFailed: 'The last check did not succeed.',
  lastFailedLink: 'See why and what to do',
  usedUp: (perDay, resumes) =>
    `You have used today’s ${tries(perDay)}. You can try again from ${resumes}; you do not need to register again.`,
  toServices: 'Back to online services',
  permitOnly:
    'We check your name and travel permit number, not the number of the residence permit. Make sure that both are as on the travel permit.',
  permitWrong: 'If the travel permit number is wrong, change it first: ',
  permitWrongLink: 'change personal information',
  noAuthority:
    'This document cannot be checked online at present, so you cannot submit it here. None of your daily tries is used.',
  noAuthorityNext: 'Ask for a manual review: our staff check photos of your document.',
  toReview: 'Ask for a manual review',
  documentType: 'Document',
  number: 'Number',
  travelPermitNumber: 'Travel permit number',
  reveal: 'Show the whole number',
  name: 'Name',
  validity: 'Valid',
  submit: 'Verify identity',
  waitingTitle: 'Checking',
  waiting: 'This takes about 1 minute. Keep this page open; it updates by itself.',
  longWait: 'Still checking; keep this page open. The police service is slower than usual.',
  matchedTitle: 'Identity verified',
  matched: (time) => `Checked with police data, ${time}. You can use the services now.`,
  matchedBy: {
    window: (time) =>
      `Checked in person at a registration window, ${time}. You can use the services now.`,
    face: (time) => `Checked by a face check, ${time}. You can use the services now.`,
    school: (time) =>
      `Checked with the records of a school, ${time}. You can use the services now.`,
  },
  reviewedTitle: 'Manual review approved',
  reviewed: (time) =>
    `${time}. Manual review approved: you can use the services. You can still verify your identity if you need to.`,
  reviewedAgain:
    'Change it here and verify again. The change takes effect when the check succeeds; otherwise the result of the review stays valid.',
  changed: 'Has your name or the validity changed?',
  changedText:
    'Change it here and verify again. The change takes effect when the check succeeds; otherwise your current result stays valid.',
  changedReview:
    'Ask for another manual review with the new name or validity and photos of the new document. The change takes effect when it is approved; otherwise your current result stays valid.',
  changedButton: 'Change and verify again',
  changeTitle: 'Change name or validity',
  ledger: 'Checks today',
  statuses: {
    asked: 'No result yet',
    matched: 'Matches',
    mismatched: 'Does not match',
    no_record: 'Not found',
    refused_input: 'The police service did not accept what you sent',
    unavailable: 'The police service did not answer',
  },
  counted: 'counted',
  notCounted: 'not counted',
  notCountedWhy: 'We do not count a check that gets no answer.',
  notes: 'Good to know',
  noteList: ({ perDay, services, page, signsIn, workingDays }) => [
    ...(services === null
      ? []
      : [`You can sign in without verification, but you need it for ${services}.`]),
    ...(page === null ? [] : [`You need it before you can see the ${page.toLowerCase()}.`]),
    `You have at most ${tries(perDay)} a day; the count starts again at midnight (China time). If a check fails, compare each item with your document before you submit again. We do not count faults of our system or of the police service.`,
    'If everything is right and the check still fails, your data may have changed recently and the police data may not be up to date yet. With a resident identity card, you can open the online credential (网证) to update it.',
    'If that does not help, or if you use another document, ask for a manual review on the page that says that the check failed, and upload photos of your document.',
    `A manual review takes up to ${workingDays} working days, so plan ahead. During the review you cannot change your data or verify your identity.`,
    'You can ask for a manual review three times from 1 January to 31 August and three times from 1 September to 31 December; check everything before you submit.',
    signsIn
      ? 'You can change the name and validity here; a change takes effect when the check succeeds. The document number is your account name and cannot be changed. If it is wrong, register again with the right one.'
      : 'You can change the name and validity here; a change takes effect when the check succeeds. If the document number is wrong, see your account page.',
  ],
  guide: 'How to open the online credential',
  help: 'Help',
  write: 'Write to us',
};
