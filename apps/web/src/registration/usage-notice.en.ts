import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './usage-notice.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Before you register',
  lead: 'Please read this first, then register.',
  parts: ({ services, perDay }) => [
    {
      title: 'Who registers',
      text: `People who take part in ${services}, each with their own resident identity card and their own mobile number. Do not register for somebody else, and tell nobody your password or a code.`,
    },
    {
      title: 'You are checked while you register',
      text: `Your name, your identity card number and the first and last day of its validity are compared with police records. Only if they match is your account created, at level 3. You have ${perDay} tries a day; a fault of ours or of the police service costs none.`,
    },
    {
      title: 'A new or renewed card',
      text: 'The records may not have it yet, and the check then fails. Your answers are kept, and you can open a network certificate, which is voluntary, or bring the card to a registration window.',
    },
    {
      title: 'From a provincial platform',
      text: 'If your account has been handed over to this site, you need not register again. Begin here as well; once your phone is proved, you are asked to activate it.',
    },
    {
      title: 'Level 4',
      text: `To take part in ${services} you need level 4. Once you are registered, go to your levels to reach it.`,
    },
    {
      title: 'Your information',
      text: 'The number and the validity of your card are sensitive personal information; you are asked for a consent of its own. What we keep, why and how long is in the ',
    },
  ],
  privacy: 'privacy notice',
  register: 'Register',
  signIn: 'I have an account: sign in',
  signedIn: 'You are signed in already; you need not register.',
  toAccount: 'Go to my account',
};
