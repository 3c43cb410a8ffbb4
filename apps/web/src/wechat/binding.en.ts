import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './binding.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Link WeChat',
  lead: (account) =>
    `Link the WeChat service account 「${account}」, and you can reset a forgotten password by WeChat, even when text messages do not arrive.`,
  begin: 'Link WeChat',
  proof: 'Before that you show that it is you.',
  bind: 'Link',
  bound: 'WeChat is linked',
  boundText: 'A forgotten password can be reset by this WeChat.',
  since: 'Linked since',
  saved: 'WeChat is linked. A notice has also gone to your e-mail address.',
  gone: 'WeChat is no longer linked.',
  unbind: 'Unlink',
  unbindTitle: 'Unlink WeChat?',
  unbindText:
    'Then the password can no longer be reset by WeChat. You can link it again at any time.',
  cancel: 'Keep it',
  change: 'Another WeChat? Unlink this one first, then link the new one.',
};
