import type { AuditAction } from '../audit-actions.ts';
import type { CaseItem } from './reasons.ts';

/** What the person reads of the way of a request. */
export type TimelineKind =
  | 'submitted'
  | 'opened'
  | 'returned'
  | 'answered'
  | 'withdrawn'
  | 'expired'
  | 'approved'
  | 'rejected'
  | 'reopened';

/** A line of the timeline at an instant in ms. `items`: what was sent back; of every other event, nothing. */
export type TimelineEvent = { kind: TimelineKind; atMs: number; items: readonly CaseItem[] };

/** A request that was sent back: when that took effect, and what is asked for again. */
export type CaseReturn = { atMs: number; items: readonly CaseItem[] };

/** Which action of the audit is which event. That a request was sent back comes from the decision, which says why. */
const kindOf: Partial<Record<AuditAction, TimelineKind>> = {
  'review.submitted': 'submitted',
  'desk.taken': 'opened',
  'review.answered': 'answered',
  'review.withdrawn': 'withdrawn',
  'review.expired': 'expired',
  'review.approved': 'approved',
  'review.rejected': 'rejected',
  'review.reopened': 'reopened',
};

/** The actions of the audit that a timeline is made of. */
export const timelineActions: readonly string[] = Object.keys(kindOf);

const entersQueue: ReadonlySet<TimelineKind> = new Set(['submitted', 'answered', 'reopened']);

/**
 * T-REV-04 to 06: everything that happened to a request, oldest first, from the rows of the audit about it (in that
 * order too). That it was opened stands there once each time it has come into the queue: how many look at it, and how
 * often, is not the person's to know.
 */
export function timelineOf(
  rows: readonly { action: string; atMs: number }[],
  returns: readonly CaseReturn[],
): TimelineEvent[] {
  const found = [
    ...returns.map((each) => ({ kind: 'returned' as const, ...each })),
    ...rows.flatMap(({ action, atMs }) => {
      const kind = kindOf[action as AuditAction];
      return kind === undefined ? [] : [{ kind, atMs, items: [] }];
    }),
  ].toSorted((one, other) => one.atMs - other.atMs);
  const events: TimelineEvent[] = [];
  for (const event of found) {
    if (event.kind !== 'opened' || isQueued(events)) events.push(event);
  }
  return events;
}

/** Whether nobody has opened a request that waits since it last came into the queue. */
export function isQueued(events: readonly TimelineEvent[]): boolean {
  const last = events.at(-1);
  return last !== undefined && entersQueue.has(last.kind);
}
