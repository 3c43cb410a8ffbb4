import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './service.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Use a service',
  gateTitle: 'Verify your identity first',
  gate: 'Your identity is not verified yet. Verify it in your account centre, then use this service.',
  confirm: 'OK',
  notNow: 'Back to online services',
  closedTitle: 'You cannot use this service yet',
  consentTitle: 'We need your consent first',
  serviceConsentTitle: 'First agree that we pass on your real-name information',
  closingTitle: 'You have asked us to close your account',
  ready: 'Your identity is verified, as this service requires.',
  open: 'Your account meets the requirements of this service.',
  required: 'This service requires',
  yours: 'Your level',
  notConnected:
    'This service runs on a separate system that is not connected yet. Once it is, you can enter it from here without signing in again.',
  enter: 'Enter',
  decline: 'Do not enter; back to the service',
  asksForLevel: (level) => `This time the service asks for ${level}, which you have not reached.`,
  toLevels: 'See how to reach it',
  asksAgain: 'The service asks you to sign in once more, to show that it is you.',
  signInAgain: 'Sign in again',
  account: 'See my account',
};
