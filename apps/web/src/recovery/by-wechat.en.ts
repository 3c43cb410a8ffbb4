import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-wechat.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Reset by WeChat',
  lead: 'Scan with the WeChat that is linked to this account. The service account sends you a link to reset the password.',
  show: 'Show the QR code',
  noneTitle: 'No WeChat is linked to this account',
  none: 'You can use this way only if you registered by WeChat or linked a WeChat later.',
  otherWay: 'Use another way',
  doneTitle: 'This reset is finished',
  done: 'If you have chosen a new password in WeChat, you can now sign in.',
  toSignIn: 'Sign in',
  startAgain: 'Start again',
};
