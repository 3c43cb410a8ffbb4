import type { Translated } from '../copy/define-copy.ts';
import { moreCodes } from '../code/code.en.ts';
import type { zh } from './contact.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Contact details',
  lead: 'First enter a code, then check your answers and submit.',
  leadFirst: 'Register with an email address or a mobile number. We send a code to it.',
  leadAgain: 'To change the email address or the phone, enter a new code.',
  kind: 'Register with',
  email: 'Email address',
  emailHint:
    'We send results here, and you can recover your account with it. For QQ Mail, use the address with digits before @.',
  emailFirstHint: (perDay) =>
    `Use an address that you can open now: the activation email goes there, at most ${perDay} a day.`,
  schoolMail:
    ' With an address of your school (.edu.cn, not of alumni) you need to bind no mobile number.',
  mobile: 'Mobile number',
  mobileHint: (perDay) => `11 digits, mainland China. Each number can get ${perDay} codes a day.`,
  left: (count) =>
    count === 0 ? 'You can get no more codes today.' : `You can get ${moreCodes(count)} today.`,
  way: 'How to get the code',
  ways: {
    sms: { label: 'Text message', note: () => 'Free of charge.' },
    wechat: {
      label: 'WeChat',
      note: (account) =>
        `Follow 「${account}」 to get a code; you can also reset your password by WeChat later.`,
    },
  },
  send: {
    sms: 'Get a free code by text message',
    mail: 'Send the activation email',
    wechat: 'Get a code by WeChat',
  },
};
