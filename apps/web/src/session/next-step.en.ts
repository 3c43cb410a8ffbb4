import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './next-step.zh.ts';

export const en: Translated<typeof zh> = {
  keep: {
    title: (time) => `Your account will be closed on ${time}.`,
    text: 'Until then you can sign in, but not use a service. To keep the account, stop the closing.',
    action: 'Keep my account',
  },
  identity: {
    title: 'First give your real-name information.',
    text: 'Your name, the type of your document and its number take about a minute.',
    action: 'Give real-name information',
  },
  binding: {
    title: 'One step left: bind your real-name information.',
    text: 'The services open once a mobile number or an email address is bound to it.',
    action: 'Bind now',
  },
  profile: {
    title: 'Two steps left: your profile and identity verification.',
    titleReview: 'Two steps left: your profile and a manual review.',
    text: 'Complete your profile first; about a minute.',
    action: 'Complete my profile',
  },
  consent: {
    title: 'Your consent to the processing of your document number is needed.',
    text: 'Without it you can neither be verified nor use a service.',
    action: 'Go to my consents',
  },
  answer: {
    title: 'The manual review needs something from you.',
    text: (until) => `Correct what is asked for and send it back by ${until}.`,
    textOpen: 'Correct what is asked for and send it back.',
    action: 'Correct it',
  },
  waiting: {
    title: 'Your request for a manual review is submitted; please wait.',
    text: (due) =>
      `Result by ${due}. During the review you can neither change your information nor verify your identity.`,
    action: 'See the progress',
  },
  asking: {
    title: 'Your identity is being verified.',
    text: 'The police have not answered yet; about 1 minute at most.',
    action: 'See the result',
  },
  number: {
    await_number: {
      title: 'Your claim on the document number is under way.',
      text: 'The services open once the number is yours.',
      action: 'See where it stands',
    },
    claim_number: {
      title: 'The document number is not yours yet.',
      text: 'See where your claim stands and what is left to do.',
      action: 'See the claim',
    },
  },
  verify: {
    title: 'One step left: identity verification.',
    text: (left) =>
      `You need it before you can use a service; usually 1 minute. Tries left today: ${left}.`,
    action: 'Verify now',
  },
  later: {
    title: 'You have used all tries of today.',
    text: (time) => `You can verify your identity again from ${time}.`,
    action: 'See why it failed and what to do',
  },
  review: {
    title: 'One step left: a manual review.',
    text: 'The online check does not cover this document at present: upload photos of it, and our staff compare them.',
    rejected: 'The manual review was not approved.',
    rejectedText: 'See the reasons; once corrected, you can ask again.',
    laterText: (time) =>
      `You have used all requests of this period; you can ask again from ${time}.`,
    ways: {
      new: 'Ask for a manual review',
      draft: 'Go on with the manual review',
      rejected: 'See why the manual review was not approved',
    },
  },
  ready: {
    authority: 'Your identity is verified; you can use the services.',
    review: 'Manual review approved: you can use the services.',
    unchecked: 'You can use the services.',
  },
};
