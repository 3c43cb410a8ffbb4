import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './by-code.zh.ts';
import { moreCodes } from './sms-code.en.ts';

export const en: Translated<typeof zh> = {
  sent: 'The code has been sent.',
  sms: {
    sendTo: 'The code goes by text message to ',
    send: 'Get a free code by text message',
    missing: 'No message?',
    check: 'See whether your phone has blocked the message.',
    refused: (left) =>
      `The message was not sent: the operator does not accept messages to this number. This was not counted; you can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Messages cannot be sent at the moment; the fault is on our side. Try again in a few minutes. This was not counted; you can get ${moreCodes(left)} today.`,
  },
  mail: {
    sendTo: 'The code goes by e-mail to ',
    send: 'Send the code by e-mail',
    missing: 'No mail?',
    check: 'It usually takes a few minutes. Look in your spam folder.',
    refused: (left) =>
      `The mail was not sent. This was not counted; you can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Mail cannot be sent at the moment; the fault is on our side. Try again in a few minutes. This was not counted; you can get ${moreCodes(left)} today.`,
  },
  sendToAfter: '.',
  noneLeft: 'You can get no more codes today. Come back tomorrow.',
};
