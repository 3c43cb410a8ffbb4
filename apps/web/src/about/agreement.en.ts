import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './agreement.zh.ts';

export const en: Translated<typeof zh> = {
  title: (name) => `Registration agreement of ${name}`,
  version: (version) => `Version ${version}. Only the Chinese text is legally binding.`,
  sections: [
    {
      id: 'account',
      title: '1. The account',
      paragraphs: [
        'Your account name is the number of your identity document, and each person has one account. You cannot change it. If the number is wrong, register again with the right one; the account with the wrong number is void.',
        'You can use every service on this site with the same account.',
      ],
    },
    {
      id: 'truth',
      title: '2. What you enter',
      paragraphs: [
        'Use your own document and enter what it says. If you make mistakes, we may not be able to verify your identity.',
        'We close accounts opened with somebody else’s document or with invented data. If this harms somebody, you are liable under the law.',
      ],
    },
    {
      id: 'password',
      title: '3. Password and codes',
      paragraphs: [
        'Keep your passwords and codes secret. We never ask for them. Do not give them to anybody, even if they say that they work for us.',
        'If somebody else uses your account, change the password at once and sign out the other devices in your account.',
      ],
    },
    {
      id: 'verification',
      title: '4. Identity verification',
      paragraphs: [
        'You must verify your identity before you use a service. A service authorised by the police compares your name, document number and other details; we send them only after you confirm it each time.',
      ],
    },
    {
      id: 'ours',
      title: '5. Our responsibilities',
      paragraphs: [
        'We protect your information as the privacy notice says. We do not count a try that has no result because our system or the verification service failed.',
        'We announce maintenance in advance. The service that you choose handles your application; its conditions and decisions apply.',
      ],
    },
    {
      id: 'changes',
      title: '6. Changes',
      paragraphs: [
        'When we change this agreement, we change its version; this page always shows the version in force. We keep a record of which version you agreed to, and when.',
        'You may decline, but then you cannot register.',
      ],
    },
  ],
};
