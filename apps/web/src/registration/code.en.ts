import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';

export const en: Translated<typeof zh> = {
  titles: { sms: 'Enter the code', mail: 'Enter the code from the e-mail' },
  change: { mobile: 'Use another number', email: 'Use another address' },
  ported:
    'If your number was moved from another operator or is in a new range, the message may not arrive. Use another number, or ',
  byWeChat: 'get the code by WeChat',
  portedAfter: '.',
  noneLeft: {
    mobile:
      'This number can get no more codes today. Use another number, or come back tomorrow: we keep your answers for 24 hours.',
    email:
      'This address can get no more codes today. Use another address, or come back tomorrow: we keep your answers for 24 hours.',
  },
  noneLeftOrWeChat:
    'This number can get no more codes today. Use another number or WeChat, or come back tomorrow: we keep your answers for 24 hours.',
};
