import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './records.zh.ts';
import { en as words } from './words.en.ts';

export const en: Translated<typeof zh> = {
  ...words,
  notOffered: 'This site is not connected to these authorities yet.',
  verifyFirst: 'Only you can see these records. Verify your identity first.',
  verify: 'Verify my identity',
  left: (left, perDay) =>
    `You can ask ${perDay} times a day; ${left} ${left === 1 ? 'time is' : 'times are'} left today.`,
  usedUp: (perDay, resumes) =>
    `You have asked ${perDay} times today and can ask again from ${resumes}. What was found stays here.`,
  never: 'You have not asked yet.',
  asking: 'We have asked the authority and wait for the answer.',
  ask: 'Ask',
  askLabel: (kind) => `Ask for: ${kind}`,
  askAgain: 'Ask again',
  askAgainLabel: (kind) => `Ask again for: ${kind}`,
  look: 'See the answer',
  source: (authority) => `Source: ${authority}`,
  at: (time) => `Asked on ${time}`,
  one: (at, all) => `${at} of ${all}`,
  unreachable: 'The authority could not be reached. This did not count; please try again later.',
  stillKnown: 'Below is what we found the last time.',
  hidden:
    'Your school is checking your details, and we show nothing until that is done. Only you can see this message. Ask your school.',
  notYet: (day) =>
    `The records of your batch are not published yet. You can see them a month after admission closes: from ${day}.`,
  notFound: {
    enrolment: 'No enrolment record',
    qualification: 'No qualification',
    admission: 'No admission record',
    student_loan: 'No student loan',
    photo_check: 'No photo check',
    teacher_examination: 'No teacher examination',
    putonghua: 'No Putonghua certificate',
    degree: 'No degree certificate',
    teacher_certificate: 'No teacher certificate',
  },
  studentReasons: [
    'You moved from a junior college to a university, and the junior-college qualification has not been approved yet.',
    'Your name or document number here differs from what your school reported. Ask the school to correct it first, then ask again.',
    'Less than a month has passed since the admission of your batch closed.',
  ],
  mismatched:
    'The authority has something under this document number, but the name there differs from your real-name information.',
  differs: (fields) =>
    `What your school has recorded differs from your real-name information: ${fields.join(', ').toLowerCase()}.`,
  schoolFirst:
    'Have the school correct it first, then look it up again. Your real-name information stays as it is.',
  issuerFirst: 'Ask the authority that issued it to correct it, then look it up again.',
  otherReasons: [
    'You have not taken this examination, or have no such certificate.',
    'Your name or document number here differs from what was registered when the certificate was issued. Please contact the issuer.',
  ],
  bindTitle: (school) => `Earlier qualifications, bound to the enrolment at ${school}`,
  bindHint:
    'If you moved from a junior college to a university, tick one or more earlier qualifications.',
  bind: 'Save',
  bound: 'Saved.',
  allDocuments: 'We asked under every document that you have shown.',
};
