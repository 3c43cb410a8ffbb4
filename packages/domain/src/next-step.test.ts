import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Need, type NextStep, nextStepOf, type Standing } from './next-step.ts';

const ready: Standing = {
  level: 2,
  missing: [],
  hasConsented: true,
  cancellationDueAtMs: null,
  checks: 'four_factors',
  isAsking: false,
  triesLeft: 3,
  triesResumeAtMs: 1_000,
  review: null,
  numberClaim: null,
  isReviewOffered: false,
  reviewsLeft: 3,
  reviewsResumeAtMs: 2_000,
};
const review = (state: NonNullable<Standing['review']>['state']) => ({
  state,
  dueDate: '2026-12-09',
  isDueProvisional: false,
  expiresAtMs: 3_000,
});
const claim = (more: Partial<NonNullable<Standing['numberClaim']>>) => ({
  status: 'open' as const,
  objectedAtMs: null,
  isClaimantVerified: false,
  ...more,
});
const permit = { checks: 'none', isReviewOffered: true } as const;
const failed = { triesLeft: 2, isReviewOffered: true } as const;

test.each<[string, Partial<Standing>, NextStep]>([
  ['just registered', { missing: ['profile'] }, { step: 'complete_profile', afterwards: 'verify' }],
  [
    'just registered with a permit',
    { missing: ['profile'], ...permit },
    { step: 'complete_profile', afterwards: 'ask_for_review' },
  ],
  [
    'who has not said who they are',
    { missing: ['identity', 'profile'] },
    { step: 'give_identity' },
  ],
  ['bound by nothing', { missing: ['binding'] }, { step: 'bind' }],
  ['to be verified', {}, { step: 'verify', left: 3, review: 'none' }],
  [
    'claiming a number, with nothing proved',
    { level: 1, numberClaim: claim({}) },
    { step: 'verify', left: 3, review: 'none' },
  ],
  [
    'claiming a number, bound by nothing yet',
    { level: 1, missing: ['binding'], numberClaim: claim({}) },
    { step: 'verify', left: 3, review: 'none' },
  ],
  [
    'claiming a number, confirmed by a check',
    { level: 1, numberClaim: claim({ isClaimantVerified: true }) },
    { step: 'claim_number' },
  ],
  [
    'claiming a number, against an objection',
    { level: 1, numberClaim: claim({ objectedAtMs: 1 }) },
    { step: 'claim_number' },
  ],
  [
    'claiming a number, while the holder may object',
    { level: 1, numberClaim: claim({ status: 'noticed', isClaimantVerified: true }) },
    { step: 'await_number' },
  ],
  [
    'claiming a number, while reviewers decide',
    { level: 1, numberClaim: claim({ status: 'in_review' }) },
    { step: 'await_number' },
  ],
  [
    'claiming a number, refused',
    { level: 1, numberClaim: claim({ status: 'refused' }) },
    { step: 'claim_number' },
  ],
  ['asked just now', { isAsking: true, triesLeft: 2 }, { step: 'await_authority' }],
  [
    'asked just now, under review',
    { isAsking: true, review: review('waiting') },
    { step: 'await_review', dueDate: '2026-12-09', isDueProvisional: false },
  ],
  [
    'with a draft, where none is offered any more',
    { review: review('draft') },
    { step: 'verify', left: 3, review: 'none' },
  ],
  ['not confirmed', failed, { step: 'verify', left: 2, review: 'new' }],
  [
    'with a draft',
    { ...failed, review: review('draft') },
    { step: 'verify', left: 2, review: 'draft' },
  ],
  [
    'without tries',
    { ...failed, triesLeft: 0 },
    { step: 'verify_later', atMs: 1_000, review: 'new' },
  ],
  [
    'without tries, given back by nobody',
    { triesLeft: 0 },
    { step: 'verify_later', atMs: 1_000, review: 'none' },
  ],
  [
    'without tries and requests',
    { ...failed, triesLeft: 0, reviewsLeft: 0 },
    { step: 'verify_later', atMs: 1_000, review: 'none' },
  ],
  ['of a document that no authority checks', permit, { step: 'ask_for_review', review: 'new' }],
  [
    'of one, with a draft',
    { ...permit, review: review('draft') },
    { step: 'ask_for_review', review: 'draft' },
  ],
  [
    'of one, rejected',
    { ...permit, review: review('rejected') },
    { step: 'ask_for_review', review: 'rejected' },
  ],
  [
    'of one, rejected three times',
    { ...permit, review: review('rejected'), reviewsLeft: 0 },
    { step: 'ask_for_review_later', atMs: 2_000 },
  ],
  [
    'under review',
    { ...failed, review: review('waiting') },
    { step: 'await_review', dueDate: '2026-12-09', isDueProvisional: false },
  ],
  [
    'sent back',
    { ...failed, review: review('returned') },
    { step: 'answer_review', untilMs: 3_000 },
  ],
  [
    'rejected',
    { ...failed, review: review('rejected') },
    { step: 'verify', left: 2, review: 'rejected' },
  ],
  [
    'whose request was withdrawn',
    { ...failed, review: review('over') },
    { step: 'verify', left: 2, review: 'new' },
  ],
  ['verified', { level: 3 }, { step: 'use_services' }],
  ['verified, after a review', { level: 3, review: review('over') }, { step: 'use_services' }],
  ['verified, consent withdrawn', { level: 3, hasConsented: false }, { step: 'consent' }],
  [
    'under review, consent withdrawn',
    { review: review('waiting'), hasConsented: false },
    { step: 'consent' },
  ],
  [
    'verified, closing',
    { level: 3, cancellationDueAtMs: 9 },
    { step: 'keep_account', closesAtMs: 9 },
  ],
  [
    'closing, and everything else',
    { missing: ['profile'], hasConsented: false, cancellationDueAtMs: 9 },
    { step: 'keep_account', closesAtMs: 9 },
  ],
])('the next step of somebody %s', (_, change, step) => {
  expect(nextStepOf({ ...ready, ...change }, 3)).toEqual(step);
});

test('somebody whom a check has confirmed raises the level, where a service asks for more', () => {
  const raise = { step: 'raise_level', to: 4 };
  expect(nextStepOf({ ...ready, level: 3 }, 4)).toEqual(raise);
  expect(nextStepOf({ ...ready, level: 3, review: review('returned') }, 4)).toEqual(raise);
  expect(nextStepOf({ ...ready, level: 4 }, 4)).toEqual({ step: 'use_services' });
});

test('of whatever standing, the services are open only to who is verified, has consented and stays', () => {
  const standing = fc.record({
    level: fc.constantFrom<Standing['level']>(0, 1, 2, 3, 4),
    missing: fc.subarray<Need>(['identity', 'profile', 'binding']),
    hasConsented: fc.boolean(),
    cancellationDueAtMs: fc.constantFrom(null, 9),
    checks: fc.constantFrom<Standing['checks']>('four_factors', 'travel_permit', 'none'),
    isAsking: fc.boolean(),
    triesLeft: fc.nat(3),
    triesResumeAtMs: fc.constant(1),
    review: fc.constantFrom(
      null,
      ...(['draft', 'waiting', 'returned', 'rejected', 'over'] as const).map(review),
    ),
    numberClaim: fc.constant(null),
    isReviewOffered: fc.boolean(),
    reviewsLeft: fc.nat(3),
    reviewsResumeAtMs: fc.constant(2),
  });
  fc.assert(
    fc.property(standing, fc.constantFrom<3 | 4>(3, 4), (of, level) => {
      const isOpen =
        of.level >= level &&
        of.hasConsented &&
        of.missing.length === 0 &&
        of.cancellationDueAtMs === null;
      expect(nextStepOf(of, level).step === 'use_services').toBe(isOpen);
    }),
  );
});
