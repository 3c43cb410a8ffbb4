import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './home.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Online services',
  lead: 'One account for every service.',
  open: 'Start',
  openService: (service) => `Start: ${service}`,
  manual: (service) => `Manual: ${service}`,
  elsewhere: 'Certificates and news',
  ownCertificate: 'Look up your own certificate',
  anyCertificate: 'Look up any certificate',
  news: 'News',
  firstTime: 'Here for the first time?',
  steps: [
    { title: 'Register', text: 'Have your identity document and phone at hand; about 3 minutes.' },
    {
      title: 'Verify your identity',
      text: 'After signing in, your data is compared with police records; usually 1 minute.',
    },
    { title: 'Use the service', text: 'Start above and follow the steps.' },
  ],
  beingPrepared: 'Registration is being prepared. If you have an account already, sign in.',
  register: 'Register',
  signIn: 'I have an account: sign in',
};
