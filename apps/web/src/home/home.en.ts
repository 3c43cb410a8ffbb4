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
      text: 'You need your identity document and your phone. It takes about 3 minutes.',
    },
    contact: {
      title: 'Register',
      text: 'Use your own email address or mobile number, and confirm it.',
    },
    identity: {
      title: 'Enter your real-name information',
      text: 'Your name, document number and other details. You cannot change them yourself later.',
    },
    binding: {
      title: 'Bind',
      text: 'Prove a second contact, or ask a classmate to vouch for you.',
    },
    profile: {
      title: 'Complete your profile',
      text: 'After you sign in, enter it as on your document.',
    },
    verify: {
      title: 'Verify your identity',
      text: 'After you sign in, we compare your data with police records. It usually takes 1 minute.',
    },
    checked: {
      title: 'Register',
      text: 'Have your identity card and phone at hand. You are checked at once and reach level 3; about 3 minutes.',
    },
    raise: { title: 'Reach level 4', text: 'Sign in and open your levels.' },
    use: { title: 'Use the service', text: 'Start above and follow the steps.' },
  },
  others: 'You can use the same account for',
  entrances: 'Coming from another site',
  entrancesText: 'You register and sign in with the same account, and go back when you are done.',
  register: 'Register',
  signIn: 'I have an account: sign in',
};
