import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './mail-link.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Confirm an email address',
  lead: 'Somebody entered this address in an account:',
  why: 'If it is your account, confirm the address. We send notices and password resets only to confirmed addresses.',
  prove: 'This is my account, confirm',
  notMine: 'This is not my account',
  notMineText: 'We remove the address from that account and send no more emails about it.',
  provedTitle: 'Address confirmed',
  proved: 'We now send notices and password resets to this address.',
  removedTitle: 'Address removed from the account',
  removed:
    'That account no longer has this address. If somebody enters it again, we send you another email like this one, which you can ignore.',
  usedTitle: 'This link has been used',
  expiredTitle: 'This link cannot be used',
  expired:
    'The link is incomplete or has expired, or there is a newer one. Open the newest email, or sign in and send another one from “Sign-in and security”.',
  toAccount: 'To my account',
};
