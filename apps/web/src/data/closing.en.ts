import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './closing.zh.ts';

export const en: Translated<typeof zh> = {
  closing: (time) => `This account will be closed on ${time}.`,
  until:
    'Until then you can sign in, but not use a service. To keep the account, stop the closing.',
  stop: 'Keep my account',
  stopped: 'Your account stays and works as before.',
};
