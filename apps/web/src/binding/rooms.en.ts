import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './rooms.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Real-name information',
  binding: 'Binding of real-name information',
  bound: 'Bound',
  notBound: 'Not bound yet',
  claimTitle: 'Duplicate document number',
  review: 'Duplicate number: review',
  classmate: 'Duplicate number: help by a classmate',
  claims: {
    open: 'No photo was sent yet',
    noticed: 'The other side has a notice and can object',
    in_review: 'Sent; open it to see where it stands',
  },
  vouched: 'Confirmed by a classmate',
  notAsked: 'No classmate was asked yet',
  waiting: (until) => `A classmate was asked and can answer before ${until}`,
  asked: {
    confirmed: 'The confirmation by the classmate no longer stands',
    declined: 'The classmate declined; you can ask another one',
    withdrawn: 'The request was withdrawn',
    taken_back: 'The classmate took the confirmation back',
    expired: 'The request expired without an answer',
  },
  open: 'Open',
  openLabel: (page) => `Open ${page}`,
};
