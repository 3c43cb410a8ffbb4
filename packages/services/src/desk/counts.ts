import { caseTable } from '@shiming/db';
import {
  type CaseKind,
  queueCountLimit,
  caseStages,
  stagesOf,
  startOfNextShanghaiDay,
} from '@shiming/domain';
import { and, eq, gt, inArray, isNotNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { isInScope } from './work.ts';

/** How much there is to do. No count goes on to its end: `limit` is "so many or more". */
export type QueueCounts = {
  waiting: number;
  /** By the end of this Shanghai day. */
  dueToday: number;
  overdue: number;
  /** On one's own screen. */
  mine: number;
  /** Where two reviewers disagree; `null` for a reviewer who does not decide those. */
  disagreements: number | null;
  limit: number;
};

const request = caseTable;

const isDue = (from: number, until: number) =>
  and(gt(request.dueAtMs, from), lte(request.dueAtMs, until));

/** Statements that count, each along an index and not to its end. */
export function countQueries(
  { db, now }: Pick<Ctx, 'db' | 'now'>,
  { member }: SignedInStaff,
  kind: CaseKind,
) {
  const nowMs = now();
  const count = (where: SQL | undefined) =>
    db.all<{ count: number }>(
      sql`select count(*) as "count" from (select 1 from ${request} where ${where} limit ${queueCountLimit})`,
    );
  const waits = and(eq(request.kind, kind), eq(request.status, 'waiting'), isInScope(member));
  const inAnyStage = and(waits, inArray(request.stage, [...caseStages]));
  return [
    count(inAnyStage),
    count(and(inAnyStage, isDue(nowMs, startOfNextShanghaiDay(nowMs)))),
    count(and(inAnyStage, isDue(0, nowMs))),
    count(
      and(
        // By the index of holders alone.
        sql`+${request.kind} = ${kind}`,
        sql`+${request.status} = 'waiting'`,
        eq(request.holderId, member.id),
        gt(request.leaseEndsAtMs, nowMs),
        isNotNull(request.takenAtMs),
      ),
    ),
    ...(stagesOf(member.role, kind).includes('senior')
      ? [count(and(waits, eq(request.stage, 'senior')))]
      : []),
  ] as const;
}

/** What those statements have found. */
export function countsOf(found: readonly (readonly { count: number }[])[]): QueueCounts {
  const counts = found.map(([row]) => row?.count ?? 0);
  const [waiting = 0, dueToday = 0, overdue = 0, mine = 0, disagreements = null] = counts;
  return { waiting, dueToday, overdue, mine, disagreements, limit: queueCountLimit };
}

/** T-CON-02: how much there is to do, as the page of the queue says it too. One round trip. */
export async function viewQueueCounts(
  ctx: Ctx,
  staff: SignedInStaff,
  { kind = 'manual_review' }: { kind?: CaseKind | undefined } = {},
): Promise<QueueCounts> {
  return countsOf(await ctx.db.batch(countQueries(ctx, staff, kind)));
}
