import { guard, reviewDecisionTable, reviewReasonTable, reviewRequestTable } from '@shiming/db';
import {
  openReviewStatuses,
  type ReviewState,
  type ReviewStatement,
  type StandingDecision,
} from '@shiming/domain';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { currentKeyId, open, seal } from '../vault/vault.ts';

export type ReviewRow = typeof reviewRequestTable.$inferSelect;

/** What a transition of `domain/review.ts` reads of a row. `decisions`: those of all its rounds that stand. */
export const stateOf = (
  row: ReviewRow,
  decisions: readonly StandingDecision[] = [],
): ReviewState => ({
  status: row.status,
  stage: row.stage,
  round: row.round,
  holderId: row.holderId,
  assignedToId: row.assignedToId,
  leaseEndsAtMs: row.leaseEndsAtMs,
  takenAtMs: row.takenAtMs,
  openedAtMs: row.openedAtMs,
  settlesAtMs: row.settlesAtMs,
  endedAtMs: row.endedAtMs,
  expiresAtMs: row.expiresAtMs,
  dueAtMs: row.dueAtMs,
  flags: row.flags,
  rejectionsBefore: row.rejectionsBefore,
  decisions: decisions.filter(({ round }) => round === row.round),
  earlier: decisions.filter(({ round }) => round < row.round),
});

/** Whether a request waits for a decision that should have been there by now. */
export const isOverdue = ({ status, dueAtMs }: ReviewRow, atMs: number): boolean =>
  status === 'waiting' && dueAtMs !== null && atMs >= dueAtMs;

/** A guard that a request is still as it was read. */
export const guardReviewUnchanged = (
  { db }: Pick<Deps, 'db'>,
  { id, version }: Pick<ReviewRow, 'id' | 'version'>,
) => {
  const same = db
    .select({ id: reviewRequestTable.id })
    .from(reviewRequestTable)
    .where(and(eq(reviewRequestTable.id, id), eq(reviewRequestTable.version, version)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

/** Statements that write what a transition made of a request, unless somebody changed it meanwhile. */
export const moveReview = (
  deps: Pick<Deps, 'db'>,
  row: Pick<ReviewRow, 'id' | 'version'>,
  { decisions: _decisions, earlier: _earlier, ...columns }: ReviewState,
  also: Partial<typeof reviewRequestTable.$inferInsert> = {},
) =>
  [
    guardReviewUnchanged(deps, row),
    deps.db
      .update(reviewRequestTable)
      .set({ ...columns, ...also, version: row.version + 1 })
      .where(eq(reviewRequestTable.id, row.id)),
  ] as const;

/** T-REV-04: a guard before every change of profile and verification: nothing moves while a review is open. */
export const guardNoOpenReview = ({ db }: Pick<Deps, 'db'>, accountId: string) => {
  const openOne = db
    .select({ id: reviewRequestTable.id })
    .from(reviewRequestTable)
    .where(
      and(
        eq(reviewRequestTable.accountId, accountId),
        inArray(reviewRequestTable.status, [...openReviewStatuses]),
      ),
    );
  return guard(db, sql`not exists ${openOne}`, { code: 'review.open' });
};

/** The same before a change of the profile, which may also be what was sent back (T-CON-04a). */
export const guardProfileFree = ({ db }: Pick<Deps, 'db'>, accountId: string) => {
  const isAskedFor = db
    .select({ id: reviewReasonTable.id })
    .from(reviewReasonTable)
    .innerJoin(reviewDecisionTable, eq(reviewDecisionTable.id, reviewReasonTable.decisionId))
    .where(
      and(
        eq(reviewRequestTable.status, 'returned'),
        eq(reviewDecisionTable.requestId, reviewRequestTable.id),
        eq(reviewDecisionTable.round, reviewRequestTable.round),
        eq(reviewDecisionTable.outcome, 'return'),
        isNull(reviewDecisionTable.undoneAtMs),
        eq(reviewReasonTable.item, 'profile'),
      ),
    );
  const openOne = db
    .select({ id: reviewRequestTable.id })
    .from(reviewRequestTable)
    .where(
      and(
        eq(reviewRequestTable.accountId, accountId),
        inArray(reviewRequestTable.status, [...openReviewStatuses]),
        sql`not exists ${isAskedFor}`,
      ),
    );
  return guard(db, sql`not exists ${openOne}`, { code: 'review.open' });
};

type VaultDeps = Pick<Deps, 'crypto' | 'keys'>;

/** The place for which the answers of a request are sealed. */
export const answersContext = (requestId: string): string => `review_request.answers:${requestId}`;

/** The columns that keep what a person states. */
export const sealedAnswers = async (
  deps: VaultDeps,
  requestId: string,
  statement: ReviewStatement,
) => ({
  answersSealed: await seal(deps, answersContext(requestId), statement),
  keyId: currentKeyId(deps),
});

/** `null` until the answers have been given. */
export const openAnswers = (
  deps: VaultDeps,
  { id, answersSealed }: Pick<ReviewRow, 'id' | 'answersSealed'>,
): Promise<ReviewStatement | null> =>
  answersSealed === null
    ? Promise.resolve(null)
    : open<ReviewStatement>(deps, answersContext(id), answersSealed);

/** The place for which the sentence of a reason is sealed. */
export const noteContext = (reasonId: string): string => `review_reason.note:${reasonId}`;

/** The place for which name and validity before an approval are sealed. */
export const formerIdentityContext = (requestId: string): string =>
  `review_request.former_identity:${requestId}`;
