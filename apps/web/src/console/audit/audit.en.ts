import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './audit.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Audit',
  lead: 'Who did what to which account, and when. You can read it but not change it. Searches and checks are recorded too.',
  account: 'Account',
  accountHint: 'Document number, case number or account id',
  actor: 'Who',
  anybody: 'Anybody',
  kinds: {
    staff: 'All staff',
    applicant: 'All applicants',
    system: 'Jobs',
    anonymous: 'Not signed in',
  },
  action: 'Action',
  actionHint: 'Choose one, or an area such as desk',
  from: 'From',
  to: 'To',
  view: 'Search',
  clear: 'Clear',
  notFound: 'There is no such account.',
  noIndex:
    'Accounts are not found by name. Use a document number, mobile number, email address or case number.',
  several:
    'Several accounts use this mobile number or email address. Use a document or case number.',
  columns: {
    at: 'Time',
    actor: 'Who',
    action: 'Action',
    account: 'Account',
    request: 'Request',
    sealed: 'Sealed',
  },
  facts: 'Details',
  code: 'Code',
  export: 'Export as CSV',
  exportCut: (rows) =>
    `The file has only the newest ${rows} records. For the others, narrow the search, for instance by days.`,
  file: 'audit',
  applicant: 'Applicant',
  system: (job) => `Job ${job}`,
  anonymous: 'Not signed in',
  block: (block) => `block ${block}`,
  unsealed: 'not yet',
  onlyThis: (id) => `Only account ${id}`,
  empty: 'Nothing matches.',
  moreBelow: 'No record in this part matches; go on to earlier ones.',
  earlier: 'Earlier',
  latest: 'Back to the latest',
  chain: 'Check whether anything was altered',
  chainNote:
    'Records are sealed in blocks with a key, each linked to the one before. The check recomputes every block. With many of them it takes minutes; you can stop at any time.',
  check: 'Check',
  stop: 'Stop',
  progress: (block, of) => `block ${block} of ${of}`,
  progressLabel: 'Progress of the check',
  holds: (blocks, rows) => `Nothing was altered: ${blocks} blocks with ${rows} records.`,
  unsealedRows: (rows) => `${rows} new records are not sealed yet; the next job seals them.`,
  cleared: (block) =>
    `Records up to block ${block} were deleted when their retention period ended.`,
  head: 'Check value of the last block',
  altered: (block) =>
    `Block ${block} is not what was sealed: a record was altered, added or removed. Report it at once, and change nothing.`,
  key_missing: (block) =>
    `The key of block ${block} is not in the settings, so it cannot be checked. Ask the operator to put it back into AUDIT_KEYS.`,
  missing: (block) =>
    `Block ${block} is missing, or some records belong to no block. Report it at once, and change nothing.`,
  stopped: 'Stopped before the end.',
};
