import type { Translated } from '../copy/define-copy.ts';
import type { zh } from './status.zh.ts';

const counted = (count: number, one: string, more: string) =>
  count === 0 ? [] : [count === 1 ? one : more];

export const en: Translated<typeof zh> = {
  chips: {
    queued: 'In the queue',
    reviewing: 'In review',
    returned: 'To be corrected',
    approved: 'Approved',
    rejected: 'Not approved',
    withdrawn: 'Withdrawn',
    expired: 'Closed',
  },
  waiting: 'Your request is submitted; please wait',
  approved: 'Manual review approved',
  approvedText:
    'Manual review approved: you can use the services. You can still verify your identity if you need to.',
  renew:
    'If your name or the validity has changed, you can apply again; until that is approved, the present result stays.',
  rejected: 'Manual review not approved',
  withdrawn: 'Manual review withdrawn',
  expired: 'Manual review closed',
  withdrawnText: 'Photos and details are still there: you can go on from them and submit again.',
  expiredText:
    'We did not receive the missing information in time, so this review is closed. Your photos and details are still there: you can go on from them and submit again.',
  returned: (photos, others) =>
    [
      ...counted(photos, '1 photo to take again', `${photos} photos to take again`),
      ...counted(others, '1 detail to correct', `${others} details to correct`),
    ].join(', '),
  returnedLead: 'Everything else is approved. This correction is not counted.',
  returnedUntil: (day) => `Please correct it before ${day}; after that this review is closed.`,
  reshoot: 'Take this photo again',
  reshot: 'Replaced with a new photo.',
  correct: 'Correct it',
  frozen: 'During the review you can neither change your information nor verify your identity.',
  place: (from, to) => (to === null ? `About place ${from} or later` : `About place ${from}–${to}`),
  timeline: 'Progress',
  events: {
    submitted: 'Submitted',
    answered: 'Corrected by you',
    queued: 'In the queue; nobody has opened it yet',
    reviewing: 'In review',
    opened: 'A reviewer has begun',
    openedAgain: 'A reviewer has begun again',
    returned: (tasks) => `Sent back to you: ${tasks.join(', ')}`,
    reopened: 'We are checking it again: under review',
    result: (workingDays) => `Result (within ${workingDays} working days)`,
    approved: 'Approved',
    rejected: 'Not approved',
    withdrawn: 'Withdrawn by you',
    expired: 'Not corrected in time; closed',
  },
  now: 'Now',
  latest: (day) => `By ${day}`,
  whoLooked: 'Who looked at my information',
  toServices: 'Go to online services',
  receipt: 'Print the receipt',
  fixByReasons: 'Correct it by the reasons',
  applyAgain: 'Apply again',
  left: (left) => `What was right is kept. ${left} left in this period.`,
  usedUp: (resumes) => `This period is used up; you can apply again from ${resumes}.`,
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this request?',
  withdrawText:
    'Nobody has opened it yet, so the attempt is given back to you. You can correct it and submit again.',
  paused:
    'You have withdrawn your consent, so the review is paused: nobody looks at your details and photos. It goes on when you consent again, or you can withdraw the request.',
  toConsent: 'Consent again under “My data”',
  overdue:
    'The time for an answer is over and the review is not finished; we are sorry. You can go on waiting, or withdraw the request and apply again.',
  overdueText:
    'The time for an answer is over without one, so the attempt is given back to you when you withdraw.',
  giveUpText: 'The review had begun, so the attempt is not given back.',
  withdrawConfirm: 'Withdraw',
  withdrawBack: 'Keep it',
};
