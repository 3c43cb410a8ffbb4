import { commit, caseDecisionTable, caseTable } from '@shiming/db';
import { type CaseKind, caseRule, stagesOf } from '@shiming/domain';
import { and, eq, gt, inArray, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { recordCasesWhere } from '../audit/record.ts';
import { hasConsentFor } from '../cases/consent.ts';
import type { Ctx } from '../context.ts';
import { settleCases } from './settle.ts';
import { guardActing } from '../staff/guards.ts';
import { ownNumberIndexes, samePersonIds } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { guardHeld } from './lease.ts';
import type { Lease } from './take.ts';
import { isInScope, isOfNumbers } from './work.ts';

const request = caseTable;
const leased = (ctx: Ctx) => gt(request.leaseEndsAtMs, ctx.now());

/** The case that was reserved for this reviewer by loading it ahead. */
const reserved = (ctx: Ctx, { member }: SignedInStaff, kind: CaseKind): SQL =>
  sql`(select ${request.id} from ${request} where ${and(
    eq(request.holderId, member.id),
    sql`+${request.kind} = ${kind}`,
    leased(ctx),
    eq(request.status, 'waiting'),
    isNull(request.takenAtMs),
  )} limit 1)`;

/**
 * How many cases of a stage are looked through for one that somebody may have. A reviewer who works alone has decided all
 * that wait for a second person: without an end, what every next case costs would grow with them.
 */
const lookedThrough = 50;

/**
 * The case that is due first of those that are free and that this reviewer may have: in a stage of their role, not
 * their own, not one they have decided already, and of a person who consents. It reads the queue from its top, each stage by itself, and only
 * when there is nothing near the top of any stage to its end.
 */
async function topOfQueue(ctx: Ctx, { member }: SignedInStaff, kind: CaseKind): Promise<SQL> {
  const own = await ownNumberIndexes(ctx, member);
  const [ownIds] = await samePersonIds(ctx, member);
  const { status, stage, leaseEndsAtMs, dueAtMs, submittedAtMs, round } = request;
  const hasDecided = sql`exists (select 1 from ${caseDecisionTable} where ${and(
    eq(caseDecisionTable.caseId, request.id),
    eq(caseDecisionTable.round, round),
    isNull(caseDecisionTable.undoneAtMs),
    inArray(caseDecisionTable.reviewerId, ownIds),
  )})`;
  const isForThem = and(
    or(isNull(leaseEndsAtMs), lte(leaseEndsAtMs, ctx.now())),
    not(isOfNumbers(own)),
    isInScope(member),
    sql`not ${hasDecided}`,
    hasConsentFor(ctx),
  );
  const topWithin = (limit: number) => {
    // SQLite hands on the rows of a subquery that has a limit in their order, and stops at the first that fits.
    const tops = stagesOf(member.role, kind).map(
      (each) =>
        sql`select * from (select "id", ${dueAtMs} as "due", ${submittedAtMs} as "submitted" from (select * from ${request} where ${and(
          eq(request.kind, kind),
          eq(status, 'waiting'),
          eq(stage, each),
        )} order by ${dueAtMs}, ${submittedAtMs} limit ${limit}) ${request} where ${isForThem} limit 1)`,
    );
    // A reviewer may have cases of the last stage that a senior has given to them.
    const given = sql`select * from (select "id", ${dueAtMs} as "due", ${submittedAtMs} as "submitted" from ${request} where ${and(
      // By that index alone: the others would read every case of the stage.
      eq(request.assignedToId, member.id),
      sql`+${request.kind} = ${kind}`,
      sql`+${status} = 'waiting'`,
      sql`+${stage} = 'senior'`,
      isForThem,
    )} order by ${dueAtMs}, ${submittedAtMs} limit 1)`;
    tops.push(given);
    return sql`(select "id" from (${sql.join(tops, sql` union all `)}) order by "due", "submitted" limit 1)`;
  };
  return sql`coalesce(${topWithin(lookedThrough)}, ${topWithin(-1)})`;
}

/**
 * T-CON-02: gives the next case to the reviewer who asks, the reserved one before all others; `null` when there is none. The
 * statement that finds it is the one that takes it, so of twenty who ask at once each gets another one.
 *
 * @throws AppError desk.too_many, staff.forbidden
 */
export async function takeNext(
  ctx: Ctx,
  staff: SignedInStaff,
  { kind = 'manual_review' }: { kind?: CaseKind | undefined } = {},
): Promise<Lease | null> {
  const nowMs = ctx.now();
  const leaseEndsAtMs = nowMs + caseRule.leaseMs;
  const next = eq(
    request.id,
    sql`coalesce(${reserved(ctx, staff, kind)}, ${await topOfQueue(ctx, staff, kind)})`,
  );
  ctx.defer(() => settleCases(ctx));
  const [, , [taken]] = await commit(ctx.db, [
    guardActing(ctx),
    recordCasesWhere(ctx, 'desk.taken', next),
    ctx.db
      .update(request)
      .set({
        holderId: staff.member.id,
        leaseEndsAtMs,
        takenAtMs: nowMs,
        openedAtMs: sql`coalesce(${request.openedAtMs}, ${nowMs})`,
        version: sql`${request.version} + 1`,
      })
      .where(next)
      .returning({ caseId: request.id, version: request.version }),
    guardHeld(ctx, staff),
  ]);
  return taken === undefined ? null : { ...taken, leaseEndsAtMs };
}

/**
 * T-CON-03: reserves the case that would be next, so that the page can load it ahead; asked again, it keeps it. `null`
 * when there is none.
 *
 * @throws AppError staff.forbidden
 */
export async function peekNext(ctx: Ctx, staff: SignedInStaff): Promise<{ caseId: string } | null> {
  const leaseEndsAtMs = ctx.now() + caseRule.leaseMs;
  const kept = reserved(ctx, staff, 'manual_review');
  const next = and(
    eq(request.id, await topOfQueue(ctx, staff, 'manual_review')),
    sql`not exists ${kept}`,
  );
  ctx.defer(() => settleCases(ctx));
  const [, , [again], [fresh]] = await commit(ctx.db, [
    guardActing(ctx),
    recordCasesWhere(ctx, 'desk.reserved', next),
    ctx.db
      .update(request)
      .set({ leaseEndsAtMs })
      .where(eq(request.id, kept))
      .returning({ caseId: request.id }),
    ctx.db
      .update(request)
      .set({
        holderId: staff.member.id,
        leaseEndsAtMs,
        takenAtMs: null,
        version: sql`${request.version} + 1`,
      })
      .where(next)
      .returning({ caseId: request.id }),
  ]);
  return again ?? fresh ?? null;
}
