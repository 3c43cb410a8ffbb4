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
      title: 'Change email address',
      now: 'Current address',
      field: 'New email address',
      hint: 'An address that you read.',
      send: 'Send the code by email',
      other: 'Use another address',
      done: 'Email address changed',
    },
  },
  qqNumbers: ' For QQ Mail, use the address with digits before @.',
  lead: 'We send a code to the new contact and change it only when you enter that code.',
  otherPending: (kind, after) =>
    `You are changing your ${kind === 'mobile' ? 'mobile number' : 'email address'} to ${after}. If you change this one now, we cancel that change.`,
  confirm: 'Confirm the change',
  again: 'If you received no code, or want to use another contact, enter it again.',
  cancel: 'Leave it as it is',
  cancelText: 'You can stop here; the current contact stays in use.',
  doneText: (after) => `Codes and notices now go to ${after}.`,
  told: (days) =>
    `We have sent a notice to your verified contacts. If somebody else made this change, you can undo it from there for ${days} days.`,
  back: 'Back to sign-in and security',
};
