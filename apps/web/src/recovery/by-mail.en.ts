import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-mail.zh.ts';

export const en: Translated<typeof zh> = {
  wayTitle: 'Choose how to confirm that it is you',
  wayLead: 'Choose a way that you can use now.',
  bySms: 'Code by text message',
  bySmsText: (mobile, span) => `Sent to your registered mobile ${mobile}; enter it within ${span}.`,
  byMail: 'Link by email',
  byMailText: (email, span) => `Sent to your email address ${email}; open it within ${span}.`,
  byWeChat: 'WeChat',
  byWeChatText: 'Scan with the WeChat that is linked to this account; we send a link to it.',
  byFace: 'Face check',
  byFaceText: 'Your face is compared with the photo that the police have on record.',
  choose: 'Use this way',
  neither: 'Can you use none of these?',

  mailTitle: 'Reset by email',
  sendTo: 'We send the link to your email address ',
  sendToAfter: (span) => `. It is valid for ${span} and can be used once.`,
  send: 'Send the link',
  sentTo: 'If this address is confirmed, we have sent the link to ',
  sentToAfter: '. Open it and choose a new password.',
  notReceived: 'No email?',
  wait: 'It usually takes a few minutes. Look in your spam folder, or wait a little. We send no link to an address that was never confirmed: use another way.',
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
