import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './next-step.zh.ts';

export const en: Translated<typeof zh> = {
  keep: {
    title: (time) => `We will close your account on ${time}.`,
    text: 'Until then you can sign in but not use any service. To keep the account, cancel the closure.',
    action: 'Keep my account',
  },
  several: (count) =>
    `${count} things are missing. The services open once you have done them in this order:`,
  needs: {
    identity: 'Enter your real-name information',
    binding: 'Bind it to a contact',
    profile: 'Complete your profile',
  },
  identity: {
    title: 'First enter your real-name information.',
    text: 'Your name, document type and document number. It takes about 1 minute.',
    action: 'Enter real-name information',
  },
  binding: {
    title: 'One step left: bind your real-name information.',
    text: 'The services open once a mobile number or an email address is bound to it.',
    action: 'Bind now',
  },
  profile: {
    title: 'Two steps left: your profile and identity verification.',
    titleReview: 'Two steps left: your profile and a manual review.',
    text: 'Complete your profile first. It takes about 1 minute.',
    action: 'Complete my profile',
  },
  consent: {
    title: 'We need your consent to use your document number.',
    text: 'Without it we cannot verify your identity, and you cannot use any service.',
    action: 'Go to my consents',
  },
  answer: {
    title: 'The manual review needs something from you.',
    text: (until) => `Correct what the reviewer asked for and send it back by ${until}.`,
    textOpen: 'Correct what the reviewer asked for and send it back.',
    action: 'Correct it',
  },
  waiting: {
    title: 'You have asked for a manual review.',
    text: (due) =>
      `You get the result by ${due}. During the review you cannot change your information or verify your identity.`,
    action: 'See progress',
  },
  asking: {
    title: 'We are verifying your identity.',
    text: 'The police have not answered yet. It takes about 1 minute.',
    action: 'See the result',
  },
  number: {
    await_number: {
      title: 'We are handling your claim on the document number.',
      text: 'The services open once the number is yours.',
      action: 'See progress',
    },
    claim_number: {
      title: 'The document number is not yours yet.',
      text: 'See the state of your claim and what you still have to do.',
      action: 'See the claim',
    },
  },
  verify: {
    title: 'One step left: identity verification.',
    text: (left) =>
      `You need it before you can use a service. It usually takes 1 minute. Tries left today: ${left}.`,
    action: 'Verify now',
  },
  later: {
    title: 'You have used all of today’s tries.',
    text: (time) => `You can verify your identity again from ${time}.`,
    action: 'See why it failed and what to do',
  },
  review: {
    title: 'One step left: a manual review.',
    text: 'This document cannot be checked online at present. Upload photos of it for our staff to check.',
    rejected: 'The manual review was not approved.',
    rejectedText: 'See the reasons. You can correct them and ask again.',
    laterText: (time) =>
      `You have used all your requests for this period. You can ask again from ${time}.`,
    ways: {
      new: 'Ask for a manual review',
      draft: 'Continue with the manual review',
      rejected: 'See why the manual review was not approved',
    },
  },
  raise: {
    title: (level) => `The services ask for this level: ${level}.`,
    text: 'See which level you have and how to reach the next one.',
    action: 'See my levels',
  },
  ready: {
    authority: 'Your identity is verified; you can use the services.',
    review: 'Manual review approved: you can use the services.',
    unchecked: 'You can use the services.',
  },
};
