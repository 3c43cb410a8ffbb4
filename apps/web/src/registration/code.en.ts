import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Enter the code',
  changeNumber: 'Use another number',
  ported:
    'Numbers that were moved to another operator and new number ranges may not receive it. Then use another number, or ',
  byWeChat: 'get the code by WeChat',
  portedAfter: '.',
  noneLeft:
    'This number can get no more codes today. Use another number or WeChat, or come back tomorrow; your answers are kept for 24 hours.',
};
