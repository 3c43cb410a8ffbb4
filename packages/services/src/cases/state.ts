import { guard, caseDecisionTable, caseReasonTable, caseTable } from '@shiming/db';
import { type CaseState, openCaseStatuses, type StandingDecision } from '@shiming/domain';
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

export type CaseRow = typeof caseTable.$inferSelect;

/** A condition for cases that are manual reviews. The `+` keeps it from the index of the queue. */
export const isReview = sql`+${caseTable.kind} = 'manual_review'`;

/** What a transition of `domain/cases/case.ts` reads of a row. `decisions`: those of all its rounds that stand. */
export const stateOf = (row: CaseRow, decisions: readonly StandingDecision[] = []): CaseState => ({
  kind: row.kind,
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
export const isOverdue = ({ status, dueAtMs }: CaseRow, atMs: number): boolean =>
  status === 'waiting' && dueAtMs !== null && atMs >= dueAtMs;

/** A guard that a request is still as it was read. */
export const guardCaseUnchanged = (
  { db }: Pick<Deps, 'db'>,
  { id, version }: Pick<CaseRow, 'id' | 'version'>,
) => {
  const same = db
    .select({ id: caseTable.id })
    .from(caseTable)
    .where(and(eq(caseTable.id, id), eq(caseTable.version, version)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

/** Statements that write what a transition made of a request, unless somebody changed it meanwhile. */
export const moveCase = (
  deps: Pick<Deps, 'db'>,
  row: Pick<CaseRow, 'id' | 'version'>,
  { decisions: _decisions, earlier: _earlier, ...columns }: CaseState,
  also: Partial<typeof caseTable.$inferInsert> = {},
) =>
  [
    guardCaseUnchanged(deps, row),
    deps.db
      .update(caseTable)
      .set({ ...columns, ...also, version: row.version + 1 })
      .where(eq(caseTable.id, row.id)),
  ] as const;

/** A guard that no review of an account is open, or none of which `counts` holds. */
const guardNone = ({ db }: Pick<Deps, 'db'>, accountId: string, counts?: SQL) => {
  const openOne = db
    .select({ id: caseTable.id })
    .from(caseTable)
    .where(
      and(
        eq(caseTable.accountId, accountId),
        isReview,
        inArray(caseTable.status, [...openCaseStatuses]),
        counts,
      ),
    );
  return guard(db, sql`not exists ${openOne}`, { code: 'review.open' });
};

/** T-REV-04: a guard before every change of profile and verification: nothing moves while a review is open. */
export const guardNoOpenReview = (deps: Pick<Deps, 'db'>, accountId: string) =>
  guardNone(deps, accountId);

/** The same before a change of the profile, which may also be what was sent back (T-CON-04a). */
export const guardProfileFree = ({ db }: Pick<Deps, 'db'>, accountId: string) => {
  const isAskedFor = db
    .select({ id: caseReasonTable.id })
    .from(caseReasonTable)
    .innerJoin(caseDecisionTable, eq(caseDecisionTable.id, caseReasonTable.decisionId))
    .where(
      and(
        eq(caseTable.status, 'returned'),
        eq(caseDecisionTable.caseId, caseTable.id),
        eq(caseDecisionTable.round, caseTable.round),
        eq(caseDecisionTable.outcome, 'return'),
        isNull(caseDecisionTable.undoneAtMs),
        eq(caseReasonTable.item, 'profile'),
      ),
    );
  return guardNone({ db }, accountId, sql`not exists ${isAskedFor}`);
};
