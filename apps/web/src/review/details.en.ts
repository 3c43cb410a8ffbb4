import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './details.zh.ts';

const characters = (count: number) => `${count} ${count === 1 ? 'character' : 'characters'}`;

export const en: Translated<typeof zh> = {
  lead: 'Type everything as on the document: the reviewer compares it with the photos.',
  documentType: 'Document',
  number: 'Number',
  travelPermitNumber: 'Travel permit number',
  name: 'Name',
  validity: 'Valid',
  reasonHint: 'Why you need a manual review, such as “I have a new card and the check fails”.',
  count: (used, most) => `${used} / ${characters(most)}`,
  over: (by) => `${characters(by)} too many`,
  inboxNote: 'We send no message, so remember to come back',
  fixed: 'You cannot change this now.',
  save: 'Save',
};
