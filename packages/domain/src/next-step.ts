import type { AuthorityCheck } from './checks.ts';
import { isVerified, type Level, meetsLevel } from './levels.ts';
import type { NumberClaimFacts } from './number-claims.ts';

/** What a portal may need of an account before its services are open (S-LOG-02). */
export type Need = 'identity' | 'profile' | 'binding';

/** What a person's account is like, as far as the next step depends on it. */
export type Standing = {
  level: Level;
  /** What the portal needs and the account does not have, in the portal's order. */
  missing: readonly Need[];
  /** Whether the document number may be processed. */
  hasConsented: boolean;
  /** When the account is deleted, where its holder wants that. */
  cancellationDueAtMs: number | null;
  /** The check that the authority can make of this document. */
  checks: AuthorityCheck | 'none';
  /** Whether a question to the authority is out. */
  isAsking: boolean;
  /** Tries of the day that are left, and when the next day begins. */
  triesLeft: number;
  triesResumeAtMs: number;
  /** The claim on the number, while that opens another account; `null` where there is none. */
  numberClaim: Pick<NumberClaimFacts, 'status' | 'objectedAtMs' | 'isClaimantVerified'> | null;
  /** The request that is a draft or open, or the one that ended last. */
  review: {
    state: 'draft' | 'waiting' | 'returned' | 'rejected' | 'over';
    dueDate: string | null;
    isDueProvisional: boolean;
    expiresAtMs: number | null;
  } | null;
  /** Whether a manual review can be asked for: the authority did not confirm, or cannot (T-VER-05). */
  isReviewOffered: boolean;
  /** Requests of the period that are left, and when the next period begins. */
  reviewsLeft: number;
  reviewsResumeAtMs: number;
};

/** What a review has to offer beside another step: nothing, a new one, the draft, or the reasons of the one that was rejected. */
export type ReviewWay = 'none' | 'new' | 'draft' | 'rejected';

/** What a person has to do, or to wait for, before the services are open. Dates are of Shanghai. */
export type NextStep =
  | { step: 'keep_account'; closesAtMs: number }
  | { step: 'give_identity' }
  | { step: 'complete_profile'; afterwards: 'verify' | 'ask_for_review' }
  | { step: 'consent' }
  | { step: 'bind' }
  | { step: 'answer_review'; untilMs: number | null }
  | { step: 'await_review'; dueDate: string | null; isDueProvisional: boolean }
  | { step: 'await_authority' }
  | { step: 'await_number' }
  | { step: 'claim_number' }
  | { step: 'verify'; left: number; review: ReviewWay }
  | { step: 'verify_later'; atMs: number; review: ReviewWay }
  | { step: 'ask_for_review'; review: ReviewWay }
  | { step: 'ask_for_review_later'; atMs: number }
  | { step: 'raise_level'; to: Level }
  | { step: 'use_services' };

/**
 * Decides the next step of a person towards services that ask for `level`. Every page that speaks of it asks here, so
 * that no two contradict each other. Earlier lines win: whose account closes need not verify.
 */
export function nextStepOf(standing: Standing, level: Level): NextStep {
  const { checks, missing, review, triesLeft } = standing;
  if (standing.cancellationDueAtMs !== null) {
    return { step: 'keep_account', closesAtMs: standing.cancellationDueAtMs };
  }
  if (missing.includes('identity')) return { step: 'give_identity' };
  if (missing.includes('profile')) {
    return {
      step: 'complete_profile',
      afterwards: checks === 'none' ? 'ask_for_review' : 'verify',
    };
  }
  if (!standing.hasConsented) return { step: 'consent' };
  // S-DUP-03a: a claimant binds once the number is theirs.
  if (missing.includes('binding') && standing.numberClaim === null) return { step: 'bind' };
  if (meetsLevel(standing.level, level)) return { step: 'use_services' };
  const claimed = claimStep(standing);
  if (claimed !== null) return claimed;
  // A check has confirmed the person: what is asked for beyond that is another way of proof.
  if (isVerified(standing)) return { step: 'raise_level', to: level };
  if (review?.state === 'returned') return { step: 'answer_review', untilMs: review.expiresAtMs };
  if (review?.state === 'waiting') {
    const { dueDate, isDueProvisional } = review;
    return { step: 'await_review', dueDate, isDueProvisional };
  }
  if (standing.isAsking) return { step: 'await_authority' };
  const way = reviewWay(standing);
  if (checks === 'none') {
    return way === 'none'
      ? { step: 'ask_for_review_later', atMs: standing.reviewsResumeAtMs }
      : { step: 'ask_for_review', review: way };
  }
  return triesLeft > 0
    ? { step: 'verify', left: triesLeft, review: way }
    : { step: 'verify_later', atMs: standing.triesResumeAtMs, review: way };
}

/** What a claimant waits for, or does, once a check has confirmed them, or reviewers decide. */
function claimStep({ numberClaim }: Standing): NextStep | null {
  if (numberClaim === null) return null;
  const { status, objectedAtMs, isClaimantVerified } = numberClaim;
  if (status === 'noticed' || status === 'in_review') return { step: 'await_number' };
  const isOver = status !== 'open';
  return isOver || isClaimantVerified || objectedAtMs !== null ? { step: 'claim_number' } : null;
}

function reviewWay({ review, isReviewOffered, reviewsLeft }: Standing): ReviewWay {
  if (!isReviewOffered || reviewsLeft === 0) return 'none';
  return review?.state === 'draft' || review?.state === 'rejected' ? review.state : 'new';
}
