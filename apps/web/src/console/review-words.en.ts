import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './review-words.zh.ts';

export const en: Translated<typeof zh> = {
  stages: { first: 'First review', second: 'Second review', senior: 'Senior review' },
  statuses: {
    draft: 'Draft',
    waiting: 'Waiting',
    deciding: 'Decided, can be undone',
    returned: 'Sent back',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    expired: 'Expired',
  },
  dueIn: (days) => (days === 1 ? '1 working day left' : `${days} working days left`),
  dueToday: 'Due today',
  overdue: 'Overdue',
  flags: {
    name_changed: 'Name differs from the account',
    validity_changed: 'Validity differs from the account',
    unusual_term: 'Unusual term for the age at issue',
    authority_mismatched: 'Authority: does not match',
    authority_no_record: 'Authority: no record',
    photo_reused: 'The same photo is in another person’s case',
    permit_reused: 'The same travel permit number has verified another account',
    face_doubtful: 'A reviewer doubts the face',
    frees_number: 'Frees the document number',
    organisation_known:
      'The organisation has an account, which an approval gives to the sender of the letter',
    organisation_code_unusual: 'The kind or the organisation part of the code is unusual',
    takes_number: 'Gives the number to the claimant',
    face_doubted_before: 'A reviewer doubted the face before',
  },
};
