import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code-page.zh.ts';
import { moreCodes } from './code.en.ts';

export const en: Translated<typeof zh> = {
  sent: 'We have sent the code.',
  resent: 'We have sent a new code; the old one no longer works.',
  sms: {
    sendTo: 'We send the code by text message to ',
    send: 'Get a free code by text message',
    missing: 'No message?',
    check:
      'Check the number above, the signal, and whether your phone has blocked the message. At busy times it may take longer: wait, or try again later.',
    refused: (left) =>
      `The message was not sent: the operator does not accept messages to this number. This was not counted; you can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Messages cannot be sent at the moment; the fault is on our side. Try again in a few minutes. This was not counted; you can get ${moreCodes(left)} today.`,
  },
  mail: {
    sendTo: 'We send the code by email to ',
    send: 'Send the code by email',
    missing: 'No email?',
    check:
      'It usually takes a few minutes. If it is not in your inbox, look in the folders for spam and subscriptions.',
    refused: (left) =>
      `The email was not sent. This was not counted; you can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Mail cannot be sent at the moment; the fault is on our side. Try again in a few minutes. This was not counted; you can get ${moreCodes(left)} today.`,
  },
  end: '.',
  sentTo: 'Sent to ',
  validFor: ', valid for ',
  validForAfter: '.',
  isLate: '; it has expired. Get a new one below.',
  waitBefore: 'You can get a new code in ',
  waitAfter: (left) => `; ${moreCodes(left)} today.`,
  resend: 'Get a new code',
  noneLeft: 'You can get no more codes today. Come back tomorrow.',
  dead: {
    'code.expired': 'The code has expired; get a new one',
    'code.tries_used_up': 'This code was tried too often and no longer works; get a new one',
  },
};
