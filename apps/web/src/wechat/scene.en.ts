import type { WeChatScenePurpose } from '@shiming/domain';
import type { Translated } from '../copy/define-copy.ts';
import type { WeChatPlace } from './place.ts';
import type { zh } from './scene.zh.ts';

const scan: Record<WeChatPlace, (account: string) => readonly string[]> = {
  here: (account) => [
    `Press and hold the QR code, choose to recognise it, and follow 「${account}」.`,
  ],
  phone: (account) => [
    'Save the QR code to your photos.',
    `Open WeChat, choose Scan, pick the picture from your photos, and follow 「${account}」.`,
  ],
  elsewhere: (account) => [`Open WeChat, scan the QR code, and follow 「${account}」.`],
};

const afterScan: Record<WeChatScenePurpose, readonly string[]> = {
  registration: [
    'In the account’s chat, press 「取验证码」 (get a code) in the menu.',
    'Send your document number as asked, and enter the code that you receive below.',
  ],
  recovery: [
    'In the account’s chat, press 「重置密码」 (reset password) in the menu.',
    'Open the link that you receive, and choose a new password.',
  ],
  binding: ['Enter the code that the account sends you below.'],
};

const codeSent = () => 'The code is in your WeChat.';
const help = (what: string) =>
  `Check that you scanned with your own WeChat and that it follows the account. ${what}If it still does not work, get another QR code and scan again.`;

export const en: Translated<typeof zh> = {
  qr: (account) => `WeChat QR code: scan to follow 「${account}」`,
  validFor: 'The QR code is valid for ',
  validForAfter: '.',
  save: 'Save the QR code',
  open: 'Cannot recognise it? Open the account here',
  scan,
  afterScan,
  done: 'Done: ',
  waiting: 'Waiting for you to scan. This page updates by itself.',
  scanned: 'Scanned. Continue in the account’s chat.',
  answered: {
    registration: codeSent,
    recovery: (minutes) =>
      `The link to reset the password is in your WeChat. It is valid for ${minutes} minutes and can be used once.`,
    binding: codeSent,
  },
  expired: 'The QR code has expired; get another one.',
  lost: 'We cannot show the progress at the moment. You can still continue in WeChat.',
  helpTitle: 'Cannot scan, or received nothing?',
  help: {
    registration: help(
      'Check also that the document number you sent is the one you are registering with. ',
    ),
    recovery: help('We send a link only to a WeChat that was linked before. '),
    binding: help(''),
  },
  renew: 'Get another QR code',
};
