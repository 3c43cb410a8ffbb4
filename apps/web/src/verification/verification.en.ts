import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './verification.zh.ts';

const tries = (count: number) => `${count} ${count === 1 ? 'try' : 'tries'}`;

export const en: Translated<typeof zh> = {
  title: 'Identity verification',
  lead: 'Your name, document number and its validity are compared with police data; usually 1 minute.',
  leadPermit: 'Your name and travel permit number are compared with police data; usually 1 minute.',
  notVerified: 'Your identity is not verified yet.',
  ranOut: (day) =>
    `Your document was valid until ${day} and has expired: it opens no services. Once you have a new one, enter its dates and verify again.`,
  left: (left, perDay) =>
    `At most ${tries(perDay)} a day; ${left} left today. They are renewed tomorrow at midnight (China time).`,
  lastFailed: 'The last check did not succeed.',
  lastFailedLink: 'See why and what to do',
  usedUp: (perDay, resumes) =>
    `You have used today’s ${tries(perDay)}. They are renewed on ${resumes}; come back then, without registering again.`,
  toServices: 'Back to online services',
  permitOnly:
    'Your name and travel permit number are checked, not the number of the residence permit. Make sure that both are as on the travel permit.',
  permitWrong: 'If the travel permit number is wrong, change it first: ',
  permitWrongLink: 'change personal information',
  noAuthority:
    'The online check does not cover this document at present, so you cannot submit it here, and none of your daily tries is used.',
  noAuthorityNext: 'Please ask for a manual review: our staff compare photos of your document.',
  toReview: 'Ask for a manual review',
  documentType: 'Document',
  number: 'Number',
  travelPermitNumber: 'Travel permit number',
  name: 'Name',
  validity: 'Valid',
  submit: 'Verify identity',
  waitingTitle: 'Checking',
  waiting: 'This takes about 1 minute at most and goes on by itself. Keep this page open.',
  longWait:
    'Still working; keep this page open. The answer of the police data is slower than usual.',
  matchedTitle: 'Identity verified',
  matched: (time) => `Checked with police data, ${time}. You can use the services now.`,
  reviewedTitle: 'Manual review approved',
  reviewed: (time) =>
    `${time}. Manual review approved: you can use the services. You can still verify your identity if you need to.`,
  reviewedAgain:
    'Change it here and verify again; it takes effect when you pass. If you do not pass, the result of the review stays.',
  changed: 'Has your name or the validity changed?',
  changedText:
    'Change it here and verify again; it takes effect when you pass. If you do not pass, your present result stays.',
  changedReview:
    'Ask for another manual review with the new name or validity and photos of the new document; it takes effect when approved. Until then, or if it is not approved, your present result stays.',
  changedButton: 'Change and verify again',
  changeTitle: 'Change name or validity',
  ledger: 'Checks today',
  statuses: {
    asked: 'No result yet',
    matched: 'Matches',
    mismatched: 'Does not match',
    no_record: 'Not found',
    refused_input: 'The service did not accept what was sent',
    unavailable: 'The service did not answer',
  },
  counted: 'counted',
  notCounted: 'not counted',
  notCountedWhy: 'A check without an answer is not counted.',
  notes: 'Good to know',
  noteList: ({ perDay, services, workingDays }) => [
    `You can sign in without verification, but you need it before ${services}.`,
    `At most ${tries(perDay)} a day; they reset at midnight (China time). If a check fails, do not simply submit again: compare each item with your document, and with the name and number you signed in with. Faults of the system or of the service are not counted.`,
    'If everything is right and the check still fails, your data may have changed recently and the police data is not updated yet. With a resident identity card, you can open the online credential (网证) to update it.',
    'If that does not help, or if you use another document, ask for a manual review on the page that says that the check failed, and upload photos of your document.',
    `A manual review takes up to ${workingDays} working days, so plan ahead. While it is waiting, you can neither change your data nor be verified.`,
    'You can ask for a manual review three times from 1 January to 31 August and three times from 1 September to 31 December; check everything before you submit.',
    'Name and validity are changed here and take effect when you pass. The document number is your account name and cannot be changed. If it is wrong, register again with the right one.',
  ],
  guide: 'How to open the online credential',
  help: 'Help',
  write: 'Write to us',
};
