import type { Translated } from '../copy/define-copy.ts';
import { moreCodes } from '../code/code.en.ts';
import type { zh } from './send-code.zh.ts';

export const en: Translated<typeof zh> = {
  orWeChat: {
    refused: (left) =>
      `The message was not sent: the operator does not accept messages to this number. Check the number, use another one, or use WeChat. This was not counted; the number can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Messages cannot be sent at the moment; the fault is on our side. Try again in a few minutes, or use WeChat. This was not counted; the number can get ${moreCodes(left)} today.`,
  },
  plain: {
    refused: (left) =>
      `The message was not sent: the operator does not accept messages to this number. Check the number, or use another one. This was not counted; the number can get ${moreCodes(left)} today.`,
    unavailable: (left) =>
      `Messages cannot be sent at the moment; the fault is on our side. Try again in a few minutes. This was not counted; the number can get ${moreCodes(left)} today.`,
  },
};
