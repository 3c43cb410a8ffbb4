import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './account.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Your account',
  saved: 'Saved.',
  identity: 'Personal information',
  edit: 'Change',
  editLabel: 'Change personal information',
  reveal: 'Show in full',
  hide: 'Hide',
  revealNote: 'We record each time you show it.',
  verification: 'Identity verification',
  verified: 'Your identity is verified',
  windowText: (day) => `In person at a registration window on ${day}.`,
  faceText: (day) => `Face check passed on ${day}.`,
  verifiedText: (day) => `Checked with police data on ${day}.`,
  reviewedText: (day) => `Approved by a manual review on ${day}.`,
  holdsUntil: (day) => ` It holds until ${day}, the last day of your document.`,
  reviewedReady: (day) =>
    `Approved by a manual review on ${day}: you can use the services. You can still verify your identity if you need to.`,
  seeVerification: 'View',
  seeVerificationLabel: 'View identity verification',
  more: 'Your account',
  and: ', ',
  authorisation: {
    term: 'Authorisation of registration offices',
    value: 'Whether an office that asks gets a yes',
  },
  photoCheck: { term: 'Photo check', value: 'Check photo and details before you graduate' },
  open: 'Open',
  openLabel: (page) => `Open: ${page}`,
  security: {
    term: 'Sign-in and security',
    value: 'Password, contact details, devices, who looked at your data',
  },
  notices: (unread) => ({
    term: 'Notices',
    value: unread === 0 ? 'None unread' : `${unread} unread`,
  }),
  ministry: {
    term: 'Ministry of Education account',
    value: 'Once linked, you can sign in with it',
  },
  weChat: { term: 'WeChat', value: 'Once linked, you can reset a forgotten password with it' },
  guardian: {
    term: 'Consent for a child under 14',
    value: 'A parent or other guardian agrees before the child registers, and can withdraw it',
  },
  data: { term: 'My data', value: 'See, download, withdraw consent, close the account' },
};
