import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './data.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'My data',
  lead: 'See what we keep about you, why and until when, and what you can do about it.',

  held: 'What we keep',
  identity: 'Account and identity',
  createdAt: 'Registered',
  records: 'Your records',
  see: 'View',
  seeLabel: (term) => `View: ${term}`,
  count: (count) => {
    if (count === 0) return 'None';
    return count === 1 ? '1 record' : `${count} records`;
  },
  weChat: 'Linked WeChat',
  weChatSince: (day) => `Linked on ${day}`,
  weChatNone: 'Not linked',
  ministry: 'Linked Ministry of Education account',
  ministrySince: (day) => `Linked on ${day}`,
  ministryNone: 'Not linked',
  fetched: 'Records of study, examinations and certificates',
  verifications: 'Verifications',
  reviews: 'Manual reviews',
  reviewsSince: (count, day) =>
    `${count} ${count === 1 ? 'request' : 'requests'} (drafts included), the last of ${day}`,
  contactChanges: 'Changes of contact',
  sessions: 'Sign-ins',
  notices: 'Notices',
  history: 'Activity, and who looked',
  all: 'All kinds, and how long each is kept',

  correct: 'Correct',
  correctText: 'If something is wrong:',
  corrections: {
    name: {
      term: 'Name, validity',
      value: 'If your new document says something else, correct them on the verification page.',
    },
    contact: { term: 'Mobile, email', value: 'Change them under sign-in and security.' },
    profile: {
      term: 'Ethnicity and the like',
      value:
        'Change them on the page of your personal information. You cannot change what has been verified.',
    },
    number: {
      term: 'Document type and number',
      value:
        'You cannot change these: the number is your account name. If it is wrong, close the account and register with the right one.',
    },
    identity: {
      term: 'Document type and number',
      value:
        'Corrected in your account where the check finds a mismatch. Once they are confirmed you cannot change them yourself; your account page says what to do.',
    },
    records: {
      term: 'Records',
      value: 'Nobody can change these, so that you can see who did what.',
    },
  },
  go: 'Correct',
  goLabel: (term) => `Correct: ${term}`,

  consents: 'Your consents',

  download: 'Download',
  downloadText:
    'You can download everything above, with nothing hidden. The web page is for reading and printing, and has the photos of your manual reviews; the JSON file is for other systems. First you must confirm that it is you, and we record each download. Keep the file where only you can open it.',
  downloadWeChat: 'If you read this in WeChat, open the page in your phone’s browser first.',
  downloadButtons: { html: 'Download web page', json: 'Download JSON file' },
  preparing: 'Preparing, please wait',
  downloaded: 'The download has started. If you see no file, try again.',
  photosMissing: (count) =>
    `The download has started, but without ${count === 1 ? '1 photo' : `${count} photos`} that did not arrive. Try again.`,

  close: 'Close your account',
  closeText: (span) =>
    `We delete the account and everything in it ${span} after you ask. Until then you can stop this.`,
  closeLink: 'Close your account',
};
