import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './start.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Register',
  lead: (services, steps) => `About 3 minutes, in ${steps} steps. One account for ${services}.`,
  needTitle: 'Have ready',
  needs: {
    document: {
      title: 'Your identity document',
      text: 'Resident Identity Card, Residence Permit for Hong Kong, Macao and Taiwan Residents, or Mainland Travel Permit.',
    },
    mobile: {
      title: 'Your mobile phone',
      text: 'You get one code by text message, free of charge.',
    },
    email: { title: 'Your e-mail address', text: 'For results, and to recover the account.' },
    oneOf: {
      title: 'Your mobile phone or e-mail address',
      text: 'You get a code there, and will sign in and recover the account with it.',
    },
  },
  keptTitle: 'You can stop half-way',
  kept: 'Each step is saved when you press Continue. You can go on with this device for 24 hours; after that it is deleted.',
  privacyBefore: 'What we keep, and why: ',
  privacy: 'privacy notice',
  start: 'Start',
  signIn: 'I have an account: sign in',
  signedIn: 'You are signed in already; there is no need to register.',
  toAccount: 'Go to your account',
};
