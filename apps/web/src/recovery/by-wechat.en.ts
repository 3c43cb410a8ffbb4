import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-wechat.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Reset by WeChat',
  lead: 'Scan with the WeChat that is linked to this account. The service account sends you a link to reset the password.',
  show: 'Show the QR code',
  noneTitle: 'No WeChat is linked to this account',
  none: 'Only accounts that were registered by WeChat, or linked to a WeChat afterwards, can be reset by it.',
  otherWay: 'Use another way',
  doneTitle: 'This reset is over',
  done: 'If you have chosen a new password in WeChat, you can sign in now.',
  toSignIn: 'Sign in',
  startAgain: 'Start again',
};
