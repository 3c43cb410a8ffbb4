import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './binding.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Bind your real-name information',
  lead: 'By mobile number, education mail or a classmate: one of them is enough.',
  bound: 'Your real-name information is bound.',
  goOn: 'Continue',
  byMobile: 'Mobile number',
  byMobileText: 'Verify your own mobile number with a code by text message.',
  byMobileAction: 'Bind a mobile number',
  byMail: 'Education mail',
  byMailText:
    'A school address that ends in .edu.cn, verified with a code by mail. Addresses of alumni do not count.',
  byMailAction: 'Bind an address',
  byClassmate: 'Ask a classmate',
  byClassmateText: (days) =>
    `A classmate is somebody of your school and class, or of your school and year, who has had a verified mobile number for ${days} days.`,
  needs: {
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
