import type { DisputeField, DisputeReason } from '../photo-check.ts';

/**
 * What a school has decided about a dispute, for the authority that keeps the record. The authority takes a report once:
 * `id` is the same however often it is sent.
 */
export type DisputeReport = {
  id: string;
  recordId: string;
  outcome: 'corrected' | 'upheld';
  reason: DisputeReason;
  /** The right value, where a field was wrong and is corrected. */
  correction: { field: DisputeField; value: string } | null;
  /** The photo that the record lacked, as JPEG in base64. */
  photo: string | null;
};

/** What came of a report. `refused` is for good; `unreachable`: nobody took it, and it is sent again. */
const reportOutcomes = ['accepted', 'refused', 'unreachable'] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

/** Where a report is: it waits until the authority has taken or refused it. */
export type ReportStatus = 'waiting' | Exclude<ReportOutcome, 'unreachable'>;

const minuteMs = 60_000;
const longestWaitMs = 6 * 60 * minuteMs;

/** How long after a try the next one may follow: a minute, doubled with each, six hours at most. */
export const reportRetryMs = (tries: number): number =>
  Math.min(longestWaitMs, minuteMs * 2 ** Math.min(tries, 10));
