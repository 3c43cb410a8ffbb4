import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-mail.zh.ts';

export const en: Translated<typeof zh> = {
  wayTitle: 'How to show that it is you',
  wayLead: 'Choose a way that works for you now.',
  bySms: 'Code by text message',
  bySmsText: (mobile, span) => `Sent to your registered mobile ${mobile}; enter it within ${span}.`,
  byMail: 'Link by e-mail',
  byMailText: (email, span) => `Sent to your e-mail address ${email}; open it within ${span}.`,
  byWeChat: 'WeChat',
  byWeChatText: 'Scan with the WeChat that is linked to this account; it gets a link.',
  choose: 'Use this way',
  neither: 'Neither still works?',

  mailTitle: 'Reset by e-mail',
  sendTo: 'The link goes to your e-mail address ',
  sendToAfter: (span) => `. It is valid for ${span} and can be used once.`,
  send: 'Send the link',
  sentTo: 'If this address was confirmed, the link is on its way to ',
  sentToAfter: '. Open the link in it and choose a new password.',
  notReceived: 'No mail?',
  wait: 'It usually takes a few minutes. Look in your spam folder, or wait a little. An address that was never confirmed gets no link: use another way.',
  again: (span) => `You can send another: each link works for ${span}, until one of them is used.`,
  otherWay: 'Use a code by text message instead',

  linkTitle: 'Choose a new password',
  account: 'Account ',
  password: 'New password',
  hint: 'Switch your input method to English first. Do not use your numbers, birthday or name.',
  passwordAgain: 'New password again',
  reset: 'Reset password',
  usedTitle: 'This link has been used',
  expiredTitle: 'This link no longer works',
  startAgain: 'Ask for a new one',
  toSignIn: 'Sign in',
};
