import type { Translated } from '../copy/define-copy.ts';
import { moreCodes } from '../code/code.en.ts';
import type { zh } from './contact.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Contact details',
  lead: 'First enter a code, then check your answers and submit.',
  leadAgain: 'To change the e-mail address or the phone, enter a new code.',
  email: 'E-mail address',
  emailHint:
    'For results, and to recover the account. For QQ Mail use the address with digits before @.',
  mobile: 'Mobile number',
  mobileHint: (perDay) => `11 digits, mainland China. Each number can get ${perDay} codes a day.`,
  left: (count) =>
    count === 0
      ? 'This number can get no more codes today.'
      : `This number can get ${moreCodes(count)} today.`,
  way: 'Where the code comes from',
  ways: {
    sms: { label: 'Text message', note: () => 'A free code.' },
    wechat: {
      label: 'WeChat',
      note: (account) =>
        `Follow 「${account}」 to get a code; you can also reset your password by WeChat later.`,
    },
  },
  send: { sms: 'Get a free code by text message', wechat: 'Get a code by WeChat' },
};
