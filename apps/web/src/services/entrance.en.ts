import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './entrance.zh.ts';

export const en: Translated<typeof zh> = {
  title: (site) => `From ${site}`,
  lead: (portal) => `Register and sign in with an account of ${portal}; one account is enough.`,
  once: 'If you have an account, sign in and do not register again. If you forgot its name or password, recover it first.',
  register: 'Register',
  signIn: 'Sign in',
  ready: 'Your account is ready.',
  back: (site) => `Back to ${site}`,
  leadsTo: (host) => `opens ${host}`,
  byHand: (site) => `When you are done, go back to the page of ${site} yourself.`,
  notRegistered:
    'The address to go back to is not registered, so for your safety it is not opened.',
};
