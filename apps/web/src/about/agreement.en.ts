import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './agreement.zh.ts';

export const en: Translated<typeof zh> = {
  title: (name) => `Registration agreement of ${name}`,
  version: (version) => `Version ${version}. The Chinese text is the one that binds.`,
  sections: [
    {
      id: 'account',
      title: '1. The account',
      paragraphs: [
        'The account name is the number of your identity document: one person, one account. It cannot be changed. If the number was wrong, register again with the right one; the wrong account is void.',
        'The same account serves everything on this site.',
      ],
    },
    {
      id: 'truth',
      title: '2. What you enter',
      paragraphs: [
        'Use your own document and enter what it says. Mistakes get in the way of verification and of what follows.',
        'Accounts opened with somebody else’s document or with invented data are closed; a person who causes harm is liable under the law.',
      ],
    },
    {
      id: 'password',
      title: '3. Password and codes',
      paragraphs: [
        'Keep passwords and codes to yourself. We never ask for them; do not give them to anybody, including people who say they work for us.',
        'If somebody else uses your account, change the password at once and sign the other devices out in your account.',
      ],
    },
    {
      id: 'verification',
      title: '4. Identity verification',
      paragraphs: [
        'Before you use a service your identity must be verified. Your name, number and so on are compared by the service authorised by the police; you confirm every time before they are sent.',
      ],
    },
    {
      id: 'ours',
      title: '5. What we answer for',
      paragraphs: [
        'We protect your information as the privacy notice says. A try without a result because we or the verification service failed is not counted.',
        'Maintenance is announced in advance. Applications are handled by the service you choose; its conditions and decisions apply.',
      ],
    },
    {
      id: 'changes',
      title: '6. Changes',
      paragraphs: [
        'When this agreement changes, its version changes; the one in force always stands here. We keep which version you agreed to, and when.',
        'You may decline, but then you cannot register.',
      ],
    },
  ],
};
