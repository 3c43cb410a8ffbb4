import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './tasks.zh.ts';

const reviews = (count: number) => `${count} ${count === 1 ? 'manual review' : 'manual reviews'}`;

export const en: Translated<typeof zh> = {
  lead: 'Our staff compare your details with photos of your document. You need the document and a phone.',
  verified: 'Your identity is verified, so you need no manual review.',
  verifyFirst: 'Verify your identity first. You can ask for a manual review if that fails.',
  left: (perPeriod, left) =>
    `You may ask for ${reviews(perPeriod)} in each period, 1 January to 31 August and 1 September to 31 December; ${left} left. Only submitting counts, not filling in or changing photos.`,
  usedUp: (perPeriod, resumes) =>
    `You have used the ${reviews(perPeriod)} of this period; you can submit again from ${resumes}. You can prepare everything now; we keep a draft for 30 days.`,
  tasks: 'Submit when all four are done',
  hints: {
    answers: 'Name, validity, reason',
    holding: 'You yourself with the document, head to waist',
  },
  states: {
    done: 'Saved',
    todo: 'To do',
    preparing: 'Preparing the photo',
    sending: (percent) => `Uploading ${percent}%`,
    failed: 'Not uploaded',
    wrong: 'To be corrected',
  },
  start: 'Start',
  startLabel: (task) => `Start: ${task}`,
  stillMissing: (missing) => `Still missing: ${missing}.`,
  and: ', ',
  savedUntil: (day) => `We save your draft in your account, for any device, until ${day}.`,
  corrects: 'Why the last request was not approved',
};
