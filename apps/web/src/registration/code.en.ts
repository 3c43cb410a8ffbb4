import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';

export const en: Translated<typeof zh> = {
  titles: { sms: 'Enter the code', mail: 'Enter the code from the e-mail' },
  change: { mobile: 'Use another number', email: 'Use another address' },
  ported:
    'Numbers that were moved to another operator and new number ranges may not receive it. Then use another number, or ',
  byWeChat: 'get the code by WeChat',
  portedAfter: '.',
  noneLeft: {
    mobile:
      'This number can get no more codes today. Use another number, or come back tomorrow; your answers are kept for 24 hours.',
    email:
      'This address can get no more codes today. Use another address, or come back tomorrow; your answers are kept for 24 hours.',
  },
  noneLeftOrWeChat:
    'This number can get no more codes today. Use another number or WeChat, or come back tomorrow; your answers are kept for 24 hours.',
};
