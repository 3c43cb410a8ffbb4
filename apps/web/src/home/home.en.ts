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
  steps: {
    document: {
      title: 'Register',
      text: 'Have your identity document and phone at hand; about 3 minutes.',
    },
    contact: {
      title: 'Register',
      text: 'With an e-mail address or mobile number of your own, activated by a mail or a code.',
    },
    identity: {
      title: 'Say who you are',
      text: 'Name, document number and more; you cannot change them yourself afterwards.',
    },
    binding: {
      title: 'Bind',
      text: 'Prove a second contact, or ask a classmate to help.',
    },
    profile: { title: 'Complete your profile', text: 'After signing in, as on your document.' },
    verify: {
      title: 'Verify your identity',
      text: 'After signing in, your data is compared with police records; usually 1 minute.',
    },
    use: { title: 'Use the service', text: 'Start above and follow the steps.' },
  },
  others: 'The same account also opens',
  entrances: 'Coming from another site',
  entrancesText: 'You register and sign in with the same account, and go back when you are done.',
  register: 'Register',
  signIn: 'I have an account: sign in',
};
