/**
 * How an attempt at the authority ended. `matched` raises the level. `mismatched` and `no_record` are the
 * authority's word about the person and count against the day (T-VER-02). `refused_input` (the authority
 * would not look) and `unavailable` (it, or the way to it, was down) are never the person's cost (T-VER-07).
 */
export const verificationOutcomes = [
  'matched',
  'mismatched',
  'no_record',
  'refused_input',
  'unavailable',
] as const;
export type VerificationOutcome = (typeof verificationOutcomes)[number];

/** `asked`: the question is out and nothing has come back yet. From there to an outcome, once; an outcome stays. */
export type VerificationStatus = 'asked' | VerificationOutcome;

/** The outcomes that use up one of the day's tries. */
export const countedOutcomes = ['matched', 'mismatched', 'no_record'] as const;

/** Whether an attempt with this outcome is one of the day's tries. */
export function isCounted(outcome: VerificationOutcome): boolean {
  return countedOutcomes.some((counted) => counted === outcome);
}

type AuthorityResult =
  | 'match'
  | 'mismatch'
  | 'no_record'
  | 'invalid_input'
  | 'source_unavailable'
  | 'quota'
  | 'config_error';

const outcomeOfResult: Record<AuthorityResult, VerificationOutcome> = {
  match: 'matched',
  mismatch: 'mismatched',
  no_record: 'no_record',
  invalid_input: 'refused_input',
  source_unavailable: 'unavailable',
  quota: 'unavailable',
  config_error: 'unavailable',
};

/** What the authority's answer means for the attempt. */
export function outcomeOf(result: AuthorityResult): VerificationOutcome {
  return outcomeOfResult[result];
}
