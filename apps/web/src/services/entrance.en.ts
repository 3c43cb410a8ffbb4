import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './entrance.zh.ts';

export const en: Translated<typeof zh> = {
  title: (site) => `From ${site}`,
  lead: (portal) => `This site uses accounts of ${portal}. You need only one account.`,
  once: 'If you already have an account, sign in. If you have forgotten its name or password, recover it first.',
  register: 'Register',
  signIn: 'Sign in',
  ready: 'Your account is ready.',
  back: (site) => `Back to ${site}`,
  leadsTo: (host) => `opens ${host}`,
  byHand: (site) => `When you have finished, go back to ${site} yourself.`,
  notRegistered:
    'The address to go back to is not registered, so for your safety we do not open it.',
};
