import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './agency.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'First passwords',
  lead: 'For people without a mobile number. They come in person: you check their identity card, print the slip, seal it in an envelope and hand it over. With the first password on it they open an account, or replace a forgotten password.',
  name: 'Name',
  number: 'Identity card number',
  hasSeenCard: 'The person is here, and I have checked their own identity card',
  make: 'Make the slip',
  slipTitle: 'Slip',
  slipOnce:
    'The first password is shown here once and is gone when you leave this page. Print it; do not copy, photograph or forward it.',
  firstPassword: 'First password',
  hidden: 'Shown in print only',
  show: 'No printer: show it on the screen',
  until: 'Valid until',
  address: 'Address',
  steps: [
    'Open the address above, enter your name, identity card number, the validity of the card and the first password, and choose a password of your own.',
    'The first password works once, until the date above. Once you have chosen your own password, the agency cannot sign in.',
    'Once signed in, bind an email address or a mobile number. Until then, sign in with your identity card number and your own password.',
    'If the first password does not work, or the page says that it was used, go back to the agency at once and get another one.',
  ],
  print: 'Print the slip',
  done: 'Handed over',
  list: 'Latest slips',
  none: 'This agency has made no slips yet.',
  search: 'Search',
  searchLabel: 'Identity card number or name',
  searchHint: 'Finds only slips of this agency.',
  nothingFound:
    'Nothing found. This agency has made no slip for this person, or the slip ended long ago.',
  columns: {
    name: 'Name',
    number: 'Document number',
    createdAt: 'Made',
    state: 'State',
    act: 'Action',
  },
  states: {
    open: 'Not used yet',
    taken_up: 'Password set',
    expired: 'Expired unused',
    revoked: 'Revoked',
  },
  endsAt: (instant) => `until ${instant}`,
  usedAt: (instant) => `used ${instant}`,
  revoke: 'Revoke',
  revokeOf: (name) => `Revoke the first password of ${name}`,
};
