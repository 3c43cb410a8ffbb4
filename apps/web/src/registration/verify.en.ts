import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './verify.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Identity check',
  lead: 'What follows is compared with police records, usually within seconds. Please compare it with your card.',
  titles: {
    mismatched: 'The check failed',
    no_record: 'There is no record of this person',
    refused_input: 'The service did not accept this',
    unavailable: 'The service did not answer',
  },
  outcomes: {
    mismatched: 'What you entered differs from the police records.',
    no_record: 'The police records have nobody with this name and number.',
    refused_input:
      'There is probably something in the name or the validity that it cannot read. Please compare them with your card.',
    unavailable: 'It is not your fault. Please try again in a few minutes.',
  },
  passed: 'Your identity has been verified. Now choose a password.',
  kept: 'Your answers are kept.',
  counted: (left) => `This counts as one try. Tries left today: ${left}.`,
  notCounted: (left) => `This did not count. Tries left today: ${left}.`,
  usedUp: (perDay, resumes) =>
    `You have used today’s ${perDay} tries. You can try again from ${resumes}; on this device your answers are kept.`,
  name: 'Name',
  number: 'Identity card number',
  validity: 'Valid',
  document: 'Identity document',
  edit: 'Change the identity document',
  submit: 'Check my identity',
  again: 'Check again',
  activation:
    'To activate an account from a provincial platform, confirm that it is you: at a registration window, or by a face check. Both come to the same.',
  byFace: 'Check my face',
  compareTitle: 'Before you try again, compare each item with your card',
  compare: [
    'Name: every character as on the card, with “·” as the separator and nothing added.',
    'Identity card number: all 18 characters as on the card.',
    'Validity: first day and term as on the back of the card. If it was renewed, as on the new one.',
  ],
  renewedTitle: 'Is your card new or renewed?',
  renewed:
    'The records may not have it yet. You can come back in a few days, or open a network certificate and try again. It is voluntary, and does not guarantee that the next check succeeds.',
  credential: 'What the network certificate is, and how to open one',
  helpBefore: 'If nothing helps, please ',
  help: 'write to us',
  helpAfter: '.',
};
