import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './ticket.zh.ts';

export const en: Translated<typeof zh> = {
  newTitle: 'Write to us',
  newLead:
    'Tell us what you need help with. You do not need an account. We usually answer within 5 working days.',
  topic: 'What it is about',
  topics: {
    wrong_name: 'My name is recorded wrongly',
    wrong_details: 'Other details are recorded wrongly',
    lost_contacts: 'I no longer use my mobile number or mailbox',
    name_change: 'I have changed my name and the check fails',
    number_taken: 'Somebody else registered my document number',
    child: 'A child has no account, or the guardian has none',
    other: 'Something else',
  },
  wrongField: 'What is wrong (optional)',
  correction: 'What it should be (optional)',
  correctionHint: 'As on the document. The help desk checks and corrects it.',
  text: 'What happened',
  textHint:
    'Say what happened and what you would like us to do. Never write a password or a code here.',
  count: (used, most) => `${used} / ${most} characters`,
  over: (by) => `${by} characters too many`,
  name: 'Name (optional)',
  number: 'Document number (optional)',
  numberHint: 'Required if somebody else registered it.',
  email: 'Email address (optional)',
  emailHint:
    'We send one email to confirm it. Once you have confirmed it, we also send the answer there.',
  agrees:
    'I agree that the help desk checks the photos of my evidence. They are deleted when I withdraw the question.',
  files: 'Evidence (optional)',
  filesHint: 'Up to 4 photos, such as an identity card or a certificate of a change of name.',
  choose: 'Choose photos',
  remove: 'Remove',
  removeFile: (name) => `Remove ${name}`,
  badFile:
    'We cannot use one of the photos. Remove it and choose another: a JPG or PNG of at least 480×300 pixels.',
  send: 'Send',
  sentTitle: 'We have received your question',
  sentLead:
    'Write down the number and the code: you need both to read the answer. We show the code only once.',
  caseNumber: 'Number',
  code: 'Code',
  due: 'Answer by',
  toFollow: 'See this question',
  followTitle: 'Follow a question',
  followLead: 'Enter the number and the code that you got when you sent the question.',
  follow: 'Look it up',
  notFound: 'We found no question. Check the number and the code.',
  toNew: 'Send another question',
  provedTitle: 'Email address confirmed',
  provedText: 'We now also send answers to this address.',
  deadTitle: 'This link no longer works',
  deadText:
    'It has already been used, or is incomplete. You can still use the number and the code.',
  statuses: {
    draft: 'Not sent',
    waiting: 'Waiting for an answer',
    returned: 'We have a question',
    approved: 'Settled',
    rejected: 'Answered',
    withdrawn: 'Withdrawn',
    expired: 'Closed without your answer',
  },
  asked: 'Your question',
  answer: 'Answer of the help desk',
  reply: 'Your answer',
  until: (when) => `Answer before ${when}; after that we close the question.`,
  sendReply: 'Send',
  withdraw: 'Withdraw the question',
  withdrawn: 'We have deleted the photos and will not answer.',
  letter: 'Letter of an organisation',
  letterFiles: (room) => ({
    files: 'More photos of the letter or evidence (optional)',
    filesHint: `You can add ${room} more.`,
  }),
  letterApproved: (days) =>
    `The letter was approved. Set the password of the organisation within ${days} days, with the number and the code; this works once.`,
  toPassword: 'Set the password of the organisation',
  fileCount: (count) => `${count} photos attached`,
};
