import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './inbox.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Inbox',
  lead: 'Requests of classmates who ask you to confirm who they are.',
  empty: 'You have no requests.',
  asks: {
    binding: (name) => `${name} asks you to confirm who they are`,
    number_claim: (name) => `${name} asks for help with a duplicate document number`,
  },
  school: 'School',
  year: 'Enrolled',
  mobile: 'Their mobile number',
  sent: 'Sent',
  until: 'Valid until',
  careful:
    'Help only classmates whom you know yourself. Nobody pays you for this. If somebody asks you to “just tap” or to scan a code for a prize, it is a fraud. You never need to tell anybody a code.',
  effects: {
    binding: () => 'Once you confirm, the other person can use the services with this account.',
    number_claim: (days) =>
      `Another account has the document number of this classmate. You confirm that the person who claims it is the classmate you know. If the other account does not object within ${days} working days after that, it is closed; if it does, reviewers decide.`,
  },
  limits: (perYear, perDay, days) =>
    `You can help up to ${perYear} people a year, ${perDay} a day, and take it back within ${days} days. If a confirmation proves false, you can no longer help.`,
  answer: 'Answer this request',
  name: 'Full name of this classmate',
  nameHint: 'Enter it yourself; do not ask the other person.',
  confirm: { binding: 'I know them, confirm', number_claim: 'I know them, it is this person' },
  wait: (seconds) => `Read this first (${seconds})`,
  decline: 'Do not help',
  takeBack: 'Take it back',
  takeBackUntil: (time) => `You can take this back before ${time}.`,
  states: {
    waiting: 'Waiting for you',
    confirmed: 'Confirmed by you',
    declined: 'Not confirmed',
    withdrawn: 'Withdrawn by the other person',
    taken_back: 'Taken back by you',
    expired: 'Expired',
    needless: 'Bound in another way by now',
  },
};
