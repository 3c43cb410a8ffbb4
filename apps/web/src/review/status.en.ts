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
  waiting: 'You have submitted your request',
  approved: 'Manual review approved',
  approvedText:
    'Manual review approved: you can use the services. You can still verify your identity if you need to.',
  renew:
    'If your name or the validity has changed, you can apply again. Until we approve that, your current result stays valid.',
  rejected: 'Manual review not approved',
  withdrawn: 'Manual review withdrawn',
  expired: 'Manual review closed',
  withdrawnText:
    'We have kept your photos and details. You can continue with them and submit again.',
  expiredText:
    'We did not receive the missing information in time, so we closed this review. We have kept your photos and details. You can continue with them and submit again.',
  returned: (photos, others) =>
    [
      ...counted(photos, '1 photo to take again', `${photos} photos to take again`),
      ...counted(others, '1 detail to correct', `${others} details to correct`),
    ].join(', '),
  returnedLead: 'Everything else is approved. This correction does not count as a request.',
  returnedUntil: (day) => `Correct it before ${day}; after that we close this review.`,
  reshoot: 'Take this photo again',
  reshot: 'You have replaced this photo.',
  correct: 'Correct it',
  frozen: 'During the review you cannot change your information or verify your identity.',
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
    reopened: 'Under review: we are checking it again',
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
  fixByReasons: 'Correct what was wrong',
  applyAgain: 'Apply again',
  left: (left) => `We keep everything that was right. Requests left in this period: ${left}.`,
  usedUp: (resumes) =>
    `You have used all requests for this period; you can apply again from ${resumes}.`,
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this request?',
  withdrawText:
    'Nobody has opened it yet, so it does not count. You can correct it and submit again.',
  paused:
    'You have withdrawn your consent, so we have paused the review: nobody looks at your details and photos. It continues when you consent again, or you can withdraw the request.',
  toConsent: 'Consent again under “My data”',
  overdue:
    'We are sorry: the deadline has passed and the review is not finished. You can wait longer, or withdraw the request and apply again.',
  overdueText: 'We did not answer in time, so the request does not count if you withdraw it.',
  giveUpText: 'The review has begun, so the request counts.',
  withdrawConfirm: 'Withdraw',
  withdrawBack: 'Keep it',
};
