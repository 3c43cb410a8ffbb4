import type { RecordOutcome, ReportOutcome } from '@shiming/domain';

/** A row of the table: a reply of the gateway, what it means, and where that is written. The first row that matches counts. */
type RecordReply = readonly [reply: RegExp, outcome: RecordOutcome, source: string];

const contract = 'README, Records';

/** What the gateway's replies mean. A reply that no row knows says nothing about the person: nobody looked. */
export const recordReplies: readonly RecordReply[] = [
  [/^0$/, 'found', contract],
  // No record under this number; one under another name.
  [/^-1$/, 'not_found', contract],
  [/^-2$/, 'mismatched', contract],
  // The number is not of a form that the authority takes.
  [/^-5$/, 'not_found', contract],
  [/^-3$/, 'not_yet', contract],
  [/^-4$/, 'hidden', contract],
  // The authority's source is down; it has answered enough about this number today.
  [/^-6$/, 'unreachable', contract],
  [/^-7$/, 'unreachable', contract],
  [/^(?:timeout|network_error|malformed_answer|http_\d+)$/, 'unreachable', 'RFC 9110, 15.6'],
  [
    /^(?:AuthFailure|RequestLimitExceeded|InternalError|InvalidParameter|MissingParameter|InvalidAction|NoSuchVersion)(?:\.|$)/,
    'unreachable',
    'https://cloud.tencent.com/document/api/213/30435',
  ],
];

export const recordOutcomeOf = (reply: string): RecordOutcome =>
  recordReplies.find(([pattern]) => pattern.test(reply))?.[1] ?? 'unreachable';

/** What the replies to a report mean. With any other one nobody has taken it, and it is sent again. */
export const reportReplies: readonly (readonly [RegExp, ReportOutcome, string])[] = [
  // Taken now, or before.
  [/^0$/, 'accepted', contract],
  // No record of this id; another report with this id was taken.
  [/^-1$/, 'refused', contract],
  [/^-8$/, 'refused', contract],
];

export const reportOutcomeOf = (reply: string): ReportOutcome =>
  reportReplies.find(([pattern]) => pattern.test(reply))?.[1] ?? 'unreachable';
