import type { Translated } from '../../copy/define-copy.ts';
import type { zh } from './credential.zh.ts';

export const en: Translated<typeof zh> = {
  title: 'Guide to the network certificate',
  lead: 'Names of apps and steps change. Correct them by the official instructions and give the day of the check; once saved, all sites show the new text.',
  checkedOn: 'Day of the check',
  checkedOnHint: 'Such as 2026-11-29',
  texts: {
    documents: 'Documents for which it can be opened',
    firstTitle: 'First way: name',
    firstSteps: 'First way: steps, a line each',
    secondTitle: 'Second way: name (optional)',
    secondSteps: 'Second way: steps, a line each',
    notes: 'Notes',
  },
  inChinese: (label) => `${label} (Chinese)`,
  inEnglish: (label) => `${label} (English)`,
  count: (used) => `${used} characters`,
  over: (by) => `${by} characters too many`,
  save: 'Save',
  saved: 'Saved; the pages show the new text.',
};
