import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './window.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Registration window',
  lead: 'Scan or enter the code of the ticket that the person shows, then compare the person with the original card. Each look is on record.',
  code: 'Code of the ticket',
  codeHint: 'Eight letters and digits, such as 7KQM-3XVT',
  open: 'Open the ticket',
  checkTitle: 'Compare the person with the original card',
  steps: [
    'The card is an original, in force and not altered.',
    'Name, number and validity on the card are those below.',
    'The person at the window is the one in the photo.',
  ],
  portal: 'Site',
  check: 'Stands for',
  checks: {
    four_factors: 'Comparison of the details (level 3)',
    face: 'Comparison of the face (level 4)',
  },
  name: 'Name',
  number: 'Document number',
  validity: 'Valid',
  result: 'Result',
  passed: 'Passed',
  refused: 'Not passed',
  reasons: {
    register_outdated: 'New card, records not up to date',
    not_in_register: 'Not in the records',
    not_online: 'Cannot be checked online',
    not_the_person: 'Not the person on the card',
    document_invalid: 'Card expired, reported lost or no original',
    details_differ: 'Details differ from those of the ticket',
  },
  option: (outcome, reason) => `${outcome}: ${reason}`,
  choose: 'Choose the result',
  record: 'Record the result',
  recorded: 'Recorded. The person can see the result on the phone.',
  recent: (window) => `Latest records of window ${window}`,
  none: 'Nothing has been recorded yet.',
  time: 'Time',
  clerk: 'Clerk',
};
