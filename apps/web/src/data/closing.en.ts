import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './closing.zh.ts';

export const en: Translated<typeof zh> = {
  closing: (time) => `We will close this account on ${time}.`,
  until:
    'Until then you can sign in but not use any service. To keep the account, cancel the closure.',
  stop: 'Keep my account',
  stopped: 'We keep your account open, and it works as before.',
};
