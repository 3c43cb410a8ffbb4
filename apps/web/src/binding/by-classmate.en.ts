import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-classmate.zh.ts';

export const en: Translated<typeof zh> = {
  claimTitle: 'Duplicate number: help by a classmate',
  claimText: (days) =>
    `You can ask a classmate to confirm who you are. Then we tell the other side: if they were never verified and do not object within ${days} working days, the number is yours; otherwise reviewers decide.`,
  noClaim: 'You have no claim on a document number that is under way.',
  vouched: 'A classmate has confirmed who you are.',
  consent:
    'We ask the education authority for your enrolment, only to see that you are classmates. Please agree first.',
  needs: {
    age: 'Under 14 you cannot ask a classmate; please choose another way.',
    identity: 'Enter your real-name information first.',
    record:
      'Look up your enrolment in the student archive first. It shows us that you are classmates.',
  },
  toNeeds: { identity: 'Enter real-name information', record: 'To the student archive' },
  name: 'Name of the classmate',
  mobile: 'Mobile number of the classmate',
  ownMobile: 'Your mobile number',
  ownMobileHint: 'It helps the classmate to recognise you. No text message is sent to it.',
  ask: 'Send the request',
  asked: (name, mobile) => `You asked ${name} (${mobile}).`,
  askedText: (until) =>
    `Tell your classmate to sign in and open the inbox at the top of the page before ${until}. The request is shown only if name and number are right.`,
  withdraw: 'Withdraw the request',
  ended: {
    confirmed: 'The last confirmation no longer stands.',
    declined: 'The classmate declined your last request.',
    withdrawn: 'You withdrew your last request.',
    taken_back: 'The classmate took the last confirmation back.',
    expired: 'Nobody answered your last request in time.',
  },
};
