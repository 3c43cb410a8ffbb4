import { parseCaseNumber } from './cases/number.ts';
import { numberKey, parseNumberAlone } from './documents/index.ts';
import { accept, type Parsed } from './parsed.ts';
import type { Portal } from './portals/index.ts';

/**
 * What a person signs in with: a number of a document, or that of a claim on one. `key` is the form in which a document number
 * is looked for.
 */
export function parseSignInNumber(
  typed: string,
  today: string,
  portal: Portal,
): Parsed<{ number: string; key: string; isClaim: boolean }> {
  const claimed = parseCaseNumber(typed);
  if (claimed !== null) return accept({ number: claimed, key: claimed, isClaim: true });
  const parsed = parseNumberAlone(typed, today, portal);
  return parsed.ok
    ? accept({ number: parsed.value.number, key: numberKey(parsed.value), isClaim: false })
    : parsed;
}

/**
 * A claim of an account on the document number with which another account signs in (T-REG-16a, S-DUP-01 to 06a). While it is
 * decided, the number does not open the claimant's account.
 *
 * `open`: nothing is decided yet. `noticed`: a check has confirmed the claimant, and the holder has a notice and may object.
 * `in_review`: two reviewers decide by a case. `moved`: the number is the claimant's. `undone`: it was given back. The others
 * are final too.
 */
export const numberClaimStatuses = [
  'open',
  'noticed',
  'in_review',
  'moved',
  'refused',
  'withdrawn',
  'undone',
] as const;
export type NumberClaimStatus = (typeof numberClaimStatuses)[number];

/** While a claim has one of these, its holder has a notice of it; of one holder there is one such claim. */
export const toldClaimStatuses = ['noticed', 'in_review'] as const;

/** In one of these, a claim can still lead to the number. */
export const liveClaimStatuses = ['open', ...toldClaimStatuses] as const;

/** What a claim depends on. */
export type NumberClaimFacts = {
  status: NumberClaimStatus;
  /** When the holder objected: from then on reviewers decide. */
  objectedAtMs: number | null;
  /** Until when the holder may object; `null`: they have no notice. */
  objectUntilMs: number | null;
  /** Whether the number still opens the other account. */
  isHeld: boolean;
  isClaimantClosed: boolean;
  isHolderVerified: boolean;
  /** Whether the operator has suspended the holder, who cannot object. */
  isHolderSuspended: boolean;
  isClaimantVerified: boolean;
  /** Whether a classmate has confirmed who the claimant is (S-DUP-05). */
  isVouched: boolean;
};

/**
 * What is due of a claim. `move`: the number becomes the claimant's. `notify`: the holder gets a notice, and the time to object begins.
 * `dispute`: reviewers have to decide. `withdraw`: nobody claims it any longer.
 */
export type NumberClaimStep = 'move' | 'notify' | 'dispute' | 'withdraw';

/**
 * Decides what is due of a claim at an instant; `null`: nothing. A person who was verified keeps the number from one who was not,
 * and the number of a suspended account moves by nobody's silence. What a classmate confirms counts as a check does: it moves
 * a number only with the silence of a holder who was never verified, or reviewers decide (S-DUP-05a).
 */
export function numberClaimStep(facts: NumberClaimFacts, nowMs: number): NumberClaimStep | null {
  const { status, objectedAtMs, objectUntilMs } = facts;
  if (!(liveClaimStatuses as readonly string[]).includes(status)) return null;
  if (facts.isClaimantClosed) return 'withdraw';
  if (!facts.isHeld) return 'move';
  if (status === 'in_review') return null;
  const isConfirmed = facts.isClaimantVerified || facts.isVouched;
  const isWon = isConfirmed && !facts.isHolderVerified && !facts.isHolderSuspended;
  if (status === 'noticed') {
    if (!isWon || objectedAtMs !== null) return 'dispute';
    return nowMs >= (objectUntilMs ?? 0) ? 'move' : null;
  }
  return isWon && objectedAtMs === null ? 'notify' : null;
}
