import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './mail-link.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Confirm an e-mail address',
  lead: 'Somebody entered this address in an account:',
  why: 'If it is your account, confirm the address. Notices and password resets go only to a confirmed address.',
  prove: 'This is my account, confirm',
  notMine: 'This is not my account',
  notMineText: 'The address is removed from that account and gets no more mail about it.',
  provedTitle: 'Address confirmed',
  proved: 'Notices and password resets go to this address from now on.',
  removedTitle: 'Address removed from the account',
  removed:
    'That account no longer has this address. If somebody enters it again, you get another mail like this one, which you can ignore.',
  usedTitle: 'This link has been used',
  expiredTitle: 'This link cannot be used',
  expired:
    'The link is incomplete or has expired, or there is a newer one. Open the newest mail, or sign in and send another one from “Sign-in and security”.',
  toAccount: 'To my account',
};
