import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './ticket.zh.ts';

export const en: Translated<typeof zh> = {
  newTitle: 'Write to us',
  newLead:
    'Tell us what you are stuck with. You need no account. We usually answer within 5 working days.',
  topic: 'What it is about',
  topics: {
    wrong_name: 'My name is recorded wrongly',
    lost_contacts: 'I no longer use the mobile number or the mailbox',
    name_change: 'I changed my name, and the check fails',
    number_taken: 'Somebody else registered my document number',
    child: 'A child without an account, or whose guardian has none',
    other: 'Something else',
  },
  text: 'What happened',
  textHint:
    'Say what happened and what you would like us to do. Never write a password or a code here.',
  count: (used, most) => `${used} / ${most} characters`,
  over: (by) => `${by} characters too many`,
  name: 'Name (optional)',
  number: 'Document number (optional)',
  numberHint: 'Required if somebody else registered it.',
  email: 'Mail address (optional)',
  emailHint:
    'We send one mail to confirm it. Once you have confirmed it, the answer comes there as well.',
  agrees:
    'I agree that the help desk checks photos of my evidence. They are deleted when I take the question back.',
  files: 'Evidence (optional)',
  filesHint:
    'Up to 4 photos, such as an identity card or a certificate of a change of name. Agree above first.',
  send: 'Send',
  sentTitle: 'Your question was sent',
  sentLead:
    'Write down the number and the code: you need both to read the answer. The code is shown only once.',
  caseNumber: 'Number',
  code: 'Code',
  due: 'Answer by',
  toFollow: 'See this question',
  followTitle: 'Follow a question',
  followLead: 'Enter the number and the code that you got when you sent it.',
  follow: 'Look it up',
  notFound: 'Nothing was found. Check the number and the code.',
  toNew: 'Send another question',
  provedTitle: 'Mail address confirmed',
  provedText: 'Answers come to this address from now on.',
  deadTitle: 'This link no longer works',
  deadText: 'It was used already, or is not complete. You can still use the number and the code.',
  statuses: {
    draft: 'Not sent',
    waiting: 'Waiting for an answer',
    returned: 'We have a question',
    approved: 'Settled',
    rejected: 'Answered',
    withdrawn: 'Taken back',
    expired: 'Ended without your answer',
  },
  asked: 'Your question',
  answer: 'Answer of the help desk',
  reply: 'Your answer',
  until: (when) => `Please answer before ${when}; after that it ends.`,
  sendReply: 'Send',
  withdraw: 'Take it back',
  withdrawn: 'The photos are deleted, and there will be no answer.',
  fileCount: (count) => `${count} photos attached`,
};
