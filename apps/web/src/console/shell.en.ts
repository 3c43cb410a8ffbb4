import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './shell.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Review console',
  pages: 'Pages of the console',
  queue: 'Review',
  helpDesk: 'Help desk',
  statistics: 'Statistics',
  staff: 'Staff',
  audit: 'Audit',
  counts: 'Cases to do',
  waiting: 'Waiting',
  dueToday: 'Due today',
  overdue: 'Overdue',
  mine: 'With me',
  disagreements: 'For a senior',
  count: (count, limit) => (count >= limit ? `${limit - 1} or more` : String(count)),
  numberMissing:
    'Your own document number is not on record, so you cannot review or correct anything yet. Ask an administrator to add it under Staff; then you can.',
  ownNumberMissing:
    'Your own document number is not on record, so you cannot invite staff, change roles or enable accounts yet. Ask another administrator to add it under Staff; if you are the only one, ask the operator to run pnpm staff:first-administrator --recover.',
  oneWay: 'You have only one way to sign in; if you lose the device, you are locked out.',
  addWay: 'Add a passkey now',
  own: 'Sign-in security',
  keys: 'Keys',
  roles: {
    reviewer: 'Reviewer',
    senior: 'Senior reviewer',
    administrator: 'Administrator',
    auditor: 'Auditor',
  },
  forbiddenTitle: 'Not part of your role',
  forbidden: 'Your role does not open this page. If it should, ask an administrator.',
  notFoundTitle: 'There is no such page',
  notFound: 'The address may be incomplete, or the page is no longer there.',
  toStart: 'Back to the console',
  sheetTitle: 'Keys',
  sheetOn: 'Use these keys',
  sheetOnNote: 'When off, only the browser’s own keys work: Tab, Enter, Space.',
  sheetInputs:
    'No key works in a text field, together with Ctrl or Alt, or while an input method is composing.',
  sheetNone: 'This page has no keys of its own.',
  close: 'Close',
  everywhere: 'Every page',
  showKeys: 'Show the keys',
  idleTitle: 'You will be signed out soon',
  idleText:
    'You have done nothing for a while. When the time is over you are signed out, and the case you hold goes back to the queue.',
  endTitle: 'This sign-in is about to end',
  endText: 'A sign-in lasts 10 hours at most. Finish the case you hold, then sign in again.',
  stay: 'Stay signed in',
  understood: 'All right',
};
