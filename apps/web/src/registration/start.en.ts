import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './start.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Register',
  lead: (services, steps) => `About 3 minutes, in ${steps} steps. One account for ${services}.`,
  needTitle: 'What you need',
  needs: {
    document: {
      title: 'Your identity document',
      text: 'Resident Identity Card, Residence Permit for Hong Kong, Macao and Taiwan Residents, or Mainland Travel Permit.',
    },
    mobile: {
      title: 'Your mobile phone',
      text: 'You get one code by text message, free of charge.',
    },
    email: {
      title: 'Your email address',
      text: 'We send results there, and you can recover your account with it.',
    },
    oneOf: {
      title: 'Your mobile phone or email address',
      text: 'We send a code to it. You will use it to sign in and to recover your account.',
    },
  },
  keptTitle: 'You can stop and come back',
  kept: 'We save each step when you press Continue. You can carry on with this device for 24 hours; after that we delete your answers.',
  privacyBefore: 'What we keep, and why: ',
  privacy: 'privacy notice',
  start: 'Start',
  signIn: 'I have an account: sign in',
  signedIn: 'You are already signed in, so you do not need to register.',
  toAccount: 'Go to your account',
};
