import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './wechat-code.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Get a code by WeChat',
  lead: 'If you register this way, you can also reset a forgotten password by WeChat.',
  bySms: 'Use a text message instead',
};
