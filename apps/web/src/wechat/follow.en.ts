import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './follow.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Follow us in WeChat',
  service: (account) => `Service account 「${account}」`,
  subscription: 'News account',
  alt: (name) => `QR code: ${name}`,
};
