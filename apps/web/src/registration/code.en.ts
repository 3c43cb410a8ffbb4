import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './code.zh.ts';

export const en: Translated<typeof zh> = {
  titles: { sms: 'Enter the code', mail: 'Waiting for activation' },
  waiting: (portal, sender) =>
    `We have sent you an email from “${sender}” with the title “Activate your account at ${portal}”. Open its link to activate your account, on your phone if you like, or enter the code from the email below. Then set a password, and the account is ready.`,
  resend: 'Send the activation email again',
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
