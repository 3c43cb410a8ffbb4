import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './binding.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Link WeChat',
  lead: (account) =>
    `If you link the WeChat service account 「${account}」, you can reset a forgotten password by WeChat, even when text messages do not arrive.`,
  begin: 'Link WeChat',
  proof: 'First you must confirm that it is you.',
  bind: 'Link',
  bound: 'WeChat is linked',
  boundText: 'You can reset a forgotten password with this WeChat.',
  since: 'Linked since',
  saved: 'WeChat is linked. We have also sent a notice to your email address.',
  gone: 'WeChat is no longer linked.',
  unbind: 'Unlink',
  unbindTitle: 'Unlink WeChat?',
  unbindText:
    'You can then no longer reset the password by WeChat. You can link it again at any time.',
  cancel: 'Keep it',
  change: 'To use another WeChat, unlink this one first.',
};
