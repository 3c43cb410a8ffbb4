import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './tasks.zh.ts';

const reviews = (count: number) => `${count} ${count === 1 ? 'manual review' : 'manual reviews'}`;

export const en: Translated<typeof zh> = {
  lead: 'Our staff compare your details with photos of your document. Have the document and a phone at hand.',
  verified: 'You are verified and need no manual review.',
  verifyFirst: 'Please verify your identity first. Manual review is for when that fails.',
  left: (perPeriod, left) =>
    `You may ask for ${reviews(perPeriod)} in each period, 1 January to 31 August and 1 September to 31 December; ${left} left. Filling in and changing photos is free; only submitting counts.`,
  usedUp: (perPeriod, resumes) =>
    `You have used the ${reviews(perPeriod)} of this period; you can submit again from ${resumes}. You may prepare everything now; a draft is kept for 30 days.`,
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
  savedUntil: (day) =>
    `What is done is saved in your account, for any device, and kept until ${day}.`,
  corrects: 'Why the last one was not approved',
};
