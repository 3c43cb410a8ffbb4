import { isVerified, type VerificationOutcome } from '@shiming/domain';
import type { api } from '../api.ts';

/** With whether a manual review is on its way (T-REV-04). */
export type VerificationView = Awaited<ReturnType<typeof api.verification.view.query>> & {
  isUnderReview: boolean;
};

/** Which page of the flow is in the address: nothing that is personal. */
export type Place = 'confirm' | 'result' | 'change';
export type Go = (at: Place | undefined, how?: { replace: boolean }) => void;

/** A question without an answer for so long is given up, by the server too. */
const abandonedAfterMs = 60_000;

/**
 * What the page is about when it opens: that a manual review is on its way, that no authority checks this document,
 * that a question is out, that the person is verified, that the day's tries are used up, or the form.
 */
export type VerificationStage =
  | 'under_review'
  | 'no_authority'
  | 'asking'
  | 'verified'
  | 'used_up'
  | 'open';

/** `isChanging`: somebody verified who wants to change name or validity and be verified again (T-VER-06). */
export function verificationStage(
  view: VerificationView,
  nowMs: number,
  isChanging: boolean,
): VerificationStage {
  if (view.isUnderReview) return 'under_review';
  const [last] = view.attempts;
  if (last?.status === 'asked' && last.askedAtMs > nowMs - abandonedAfterMs) return 'asking';
  if (isVerified(view) && !isChanging) return 'verified';
  if (view.checks === 'none') return 'no_authority';
  return view.remainingToday === 0 ? 'used_up' : 'open';
}

/** How the day's last question ended; `undefined` when there was none or it is still out. */
export function lastOutcome(view: VerificationView): VerificationOutcome | undefined {
  const status = view.attempts[0]?.status;
  return status === 'asked' ? undefined : status;
}

/** Which page tells of an outcome: success, the explanation of T-VER-05, or one of the two that cost nothing. */
export type ResultPage = 'success' | 'explanation' | 'refused' | 'unavailable';

export function resultPage(outcome: VerificationOutcome): ResultPage {
  switch (outcome) {
    case 'matched':
      return 'success';
    case 'mismatched':
    case 'no_record':
      return 'explanation';
    case 'refused_input':
      return 'refused';
    case 'unavailable':
      return 'unavailable';
  }
}
