import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './change.zh.ts';

export const en: Translated<typeof zh> = {
  kinds: {
    mobile: {
      title: 'Change mobile number',
      now: 'Current number',
      field: 'New mobile number',
      hint: 'A mainland mobile number with 11 digits that receives text messages.',
      send: 'Get a free code by text message',
      other: 'Use another number',
      done: 'Mobile number changed',
    },
    email: {
      title: 'Change e-mail address',
      now: 'Current address',
      field: 'New e-mail address',
      hint: 'An address you read. For QQ mail, use the one with digits before the @.',
      send: 'Send the code by e-mail',
      other: 'Use another address',
      done: 'E-mail address changed',
    },
  },
  lead: 'A code goes to the new contact; it is changed only when you enter that code.',
  otherPending: (kind, after) =>
    `Your ${kind === 'mobile' ? 'mobile number' : 'e-mail address'} is being changed to ${after}. If you change this one now, that change is cancelled.`,
  confirm: 'Confirm the change',
  again: 'If no code came, or to use another contact, enter it again.',
  cancel: 'Leave it as it is',
  cancelText: 'You can leave it; the current contact stays in use.',
  doneText: (after) => `Codes and notices now go to ${after}.`,
  told: (days) =>
    `Your verified contacts get a notice. If it was not you, the change can be taken back from there for ${days} days.`,
  back: 'Back to sign-in and security',
};
