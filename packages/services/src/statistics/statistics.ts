import { caseDecisionTable, caseReasonTable, caseTable, staffTable } from '@shiming/db';
import {
  type CaseKind,
  type DayRange,
  daysOf,
  type Durations,
  instantsOf,
  mayStaff,
  parseDayRange,
  reasonCodes,
  type CaseOutcome,
  caseOutcomes,
  shanghaiDate,
  type Statistics,
} from '@shiming/domain';
import {
  aliasedTable,
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  sql,
  type SQLWrapper,
} from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { accepted, type Ctx } from '../context.ts';
import { openStaffPerson } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';

const request = caseTable;
const decision = caseDecisionTable;
const first = aliasedTable(caseDecisionTable, 'first_decision');
const before = aliasedTable(caseDecisionTable, 'before_decision');

/**
 * The Shanghai day of an instant, as `YYYY-MM-DD`. The offset is no parameter: those arrive as floating point, and
 * so would the answer.
 */
const dayOf = (column: SQLiteColumn) =>
  sql<string>`date((${column} + 28800000) / 1000, 'unixepoch')`;

const within = (column: SQLiteColumn, { fromMs, untilMs }: ReturnType<typeof instantsOf>) =>
  and(gte(column, fromMs), lt(column, untilMs));

/** Median and 95th percentile by nearest rank of the handling times, for each reviewer or for all together. */
function durationsQuery(
  { db }: Pick<Ctx, 'db'>,
  isIncluded: ReturnType<typeof and>,
  byReviewer: boolean,
) {
  const who = byReviewer ? sql`${decision.reviewerId}` : sql`''`;
  const timed = sql`select ${who} as "who", ${decision.decidedAtMs} - ${decision.takenAtMs} as "ms" from ${decision} where ${isIncluded}`;
  const ranked = sql`select "who", "ms", row_number() over (partition by "who" order by "ms") as "rank", count(*) over (partition by "who") as "count" from (${timed})`;
  return db.all<{ who: string; count: number; medianMs: number; p95Ms: number }>(
    sql`select "who", max("count") as "count", max(case when "rank" = ("count" + 1) / 2 then "ms" end) as "medianMs", max(case when "rank" = ("count" * 95 + 99) / 100 then "ms" end) as "p95Ms" from (${ranked}) group by "who"`,
  );
}

/** The decisions of one round that stand, as the end of a question. */
const standing = (of: SQLWrapper, round: SQLWrapper) =>
  sql`from ${caseDecisionTable} "other" where "other"."case_id" = ${of} and "other"."round" = ${round} and "other"."undone_at_ms" is null`;

/**
 * Decisions that a later one of another outcome replaced, by the member who had made them. In one round the senior has
 * the last word, or a second person who sends back; a round that begins with a senior was opened again, and is held
 * against what had the last word in the round before.
 */
function overturnedQuery({ db }: Pick<Ctx, 'db'>, isIncluded: ReturnType<typeof and>) {
  const isReopened = sql`not exists (select 1 ${standing(decision.caseId, decision.round)} and "other"."stage" = 'first')`;
  const lastWord = sql`(select "other"."outcome" ${standing(before.caseId, before.round)} order by "other"."decided_at_ms" desc limit 1)`;
  return db
    .select({ staffId: before.reviewerId, count: count() })
    .from(decision)
    .innerJoin(before, and(eq(before.caseId, decision.caseId), isNull(before.undoneAtMs)))
    .where(
      and(
        isIncluded,
        isNotNull(decision.settledAtMs),
        ne(before.outcome, decision.outcome),
        or(
          and(
            eq(before.round, decision.round),
            lt(before.decidedAtMs, decision.decidedAtMs),
            or(eq(decision.stage, 'senior'), eq(decision.outcome, 'return')),
          ),
          and(
            eq(before.round, sql`${decision.round} - 1`),
            eq(decision.stage, 'senior'),
            eq(before.outcome, lastWord),
            isReopened,
          ),
        ),
      ),
    )
    .groupBy(before.reviewerId);
}

const isReasonCode = (code: string) => (reasonCodes as readonly string[]).includes(code);

const none: Durations = { count: 0, medianMs: null, p95Ms: null };
const noDecisions = (): Record<CaseOutcome, number> => ({ approve: 0, reject: 0, return: 0 });

const sum = (rows: readonly { count: number }[]): number =>
  rows.reduce((of, row) => of + row.count, 0);

/**
 * T-CON-07: of one kind of case, what came in, went out and waits, in which time, and why not. What is read grows with the range, which
 * has an end, and with what is open now. A reviewer reads of no colleague. One round trip.
 *
 * @throws AppError input.invalid
 */
export async function viewStatistics(
  ctx: Ctx,
  { member }: SignedInStaff,
  { kind = 'manual_review', ...input }: DayRange & { kind?: CaseKind | undefined },
): Promise<Statistics> {
  // What the range says is found by its index, which the one of the queue would be taken for.
  const isOfKind = sql`+${request.kind} = ${kind}`;
  const range = accepted(parseDayRange(input), 'from');
  const instants = instantsOf(range);
  const { db } = ctx;
  const decided = and(
    within(decision.decidedAtMs, instants),
    isNull(decision.undoneAtMs),
    sql`exists (select 1 from ${request} where ${request.id} = ${decision.caseId} and ${isOfKind})`,
  );
  const [open, ins, outs, [later], decisions, all, each, reasons, seconds, overturned, members] =
    await db.batch([
      db
        .select({ status: request.status, dueAtMs: request.dueAtMs, count: count() })
        .from(request)
        .where(
          and(eq(request.kind, kind), inArray(request.status, ['waiting', 'deciding', 'returned'])),
        )
        .groupBy(request.status, request.dueAtMs),
      db
        .select({ date: dayOf(request.submittedAtMs), count: count() })
        .from(request)
        .where(and(isOfKind, within(request.submittedAtMs, instants)))
        .groupBy(sql`1`),
      db
        .select({
          date: dayOf(request.endedAtMs),
          status: request.status,
          count: count(),
          inTime: sql<number>`sum(${request.endedAtMs} < ${request.dueAtMs})`,
        })
        .from(request)
        .where(and(isOfKind, within(request.endedAtMs, instants), isNotNull(request.caseNumber)))
        .groupBy(sql`1`, request.status),
      // What has come and gone since the range: the backlog of its days is reckoned back from now.
      db.all<{ in: number; out: number }>(
        sql`select (select count(*) from ${request} where ${and(isOfKind, gte(request.submittedAtMs, instants.untilMs))}) as "in", (select count(*) from ${request} where ${and(isOfKind, gte(request.endedAtMs, instants.untilMs), isNotNull(request.caseNumber))}) as "out"`,
      ),
      db
        .select({ staffId: decision.reviewerId, outcome: decision.outcome, count: count() })
        .from(decision)
        .where(decided)
        .groupBy(decision.reviewerId, decision.outcome),
      durationsQuery(ctx, decided, false),
      durationsQuery(ctx, decided, true),
      db
        .select({ code: caseReasonTable.code, count: count() })
        .from(decision)
        .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, decision.id))
        .where(decided)
        .groupBy(caseReasonTable.code)
        .orderBy(desc(count()), caseReasonTable.code),
      db
        .select({
          staffId: first.reviewerId,
          checked: count(),
          disagreed: sql<number>`sum(${first.outcome} <> ${decision.outcome})`,
        })
        .from(decision)
        .innerJoin(
          first,
          and(
            eq(first.caseId, decision.caseId),
            eq(first.round, decision.round),
            eq(first.stage, 'first'),
            isNull(first.undoneAtMs),
          ),
        )
        .where(and(decided, eq(decision.stage, 'second')))
        .groupBy(first.reviewerId),
      overturnedQuery(ctx, decided),
      db
        .select({ id: staffTable.id, personSealed: staffTable.personSealed })
        .from(staffTable)
        .where(
          inArray(
            staffTable.id,
            sql`(select ${before.reviewerId} from ${caseDecisionTable} ${before} where ${before.caseId} in (select ${decision.caseId} from ${decision} where ${decided}) union select ${member.id})`,
          ),
        ),
    ]);

  const nowMs = ctx.now();
  const working = open.filter(({ status }) => status !== 'returned');
  const counted = (date: string, ...statuses: string[]) =>
    sum(outs.filter((row) => row.date === date && statuses.includes(row.status)));
  const ended = outs.filter(({ status }) => status === 'approved' || status === 'rejected');
  const isSeen = ({ staffId }: { staffId: string }) =>
    staffId === member.id ||
    mayStaff(member.role, 'help_desk.approve') ||
    !mayStaff(member.role, 'review.decide');
  const staffIds = [
    ...new Set([...decisions, ...seconds, ...overturned].filter(isSeen).map((row) => row.staffId)),
  ];
  return {
    range,
    atMs: nowMs,
    now: {
      waiting: sum(working),
      overdue: sum(working.filter(({ dueAtMs }) => dueAtMs !== null && dueAtMs <= nowMs)),
      returned: sum(open.filter(({ status }) => status === 'returned')),
      due: dueByDay(working),
    },
    days: withBacklog(
      daysOf(range).map((date) => ({
        date,
        in: sum(ins.filter((row) => row.date === date)),
        approved: counted(date, 'approved'),
        rejected: counted(date, 'rejected'),
        givenUp: counted(date, 'withdrawn', 'expired'),
      })),
      sum(open) - (later?.in ?? 0) + (later?.out ?? 0),
      shanghaiDate(nowMs),
    ),
    inTime: { ended: sum(ended), inTime: ended.reduce((of, row) => of + row.inTime, 0) },
    decisions: byOutcome(decisions),
    handling: durationsOf(all[0]),
    // What a ticket was answered with is no reason.
    reasons: reasons.filter(({ code }) => isReasonCode(code)) as Statistics['reasons'],
    second: {
      checked: seconds.reduce((of, row) => of + row.checked, 0),
      disagreed: seconds.reduce((of, row) => of + row.disagreed, 0),
    },
    overturned: sum(overturned),
    reviewers: await Promise.all(
      staffIds.map(async (staffId) => {
        const row = members.find(({ id }) => id === staffId);
        const second = seconds.find((other) => other.staffId === staffId);
        return {
          staffId,
          name: row === undefined ? '' : (await openStaffPerson(ctx, row)).name,
          isSelf: staffId === member.id,
          decided: byOutcome(decisions.filter((other) => other.staffId === staffId)),
          checked: second?.checked ?? 0,
          disagreed: second?.disagreed ?? 0,
          overturned: sum(overturned.filter((other) => other.staffId === staffId)),
          ...durationsOf(each.find(({ who }) => who === staffId)),
        };
      }),
    ),
  };
}

/** Days with what had not ended when each was over, reckoned back from what had not at the end of the last one. */
function withBacklog<
  D extends { date: string; in: number; approved: number; rejected: number; givenUp: number },
>(days: readonly D[], afterLast: number, today: string): (D & { backlog: number | null })[] {
  let backlog = afterLast;
  return days
    .toReversed()
    .map((day) => {
      const after = backlog;
      backlog += day.approved + day.rejected + day.givenUp - day.in;
      return { ...day, backlog: day.date > today ? null : after };
    })
    .toReversed();
}

const durationsOf = (found: Durations | undefined): Durations =>
  found === undefined ? none : { count: found.count, medianMs: found.medianMs, p95Ms: found.p95Ms };

function byOutcome(
  rows: readonly { outcome: CaseOutcome; count: number }[],
): Record<CaseOutcome, number> {
  const counts = noDecisions();
  for (const outcome of caseOutcomes) {
    for (const row of rows) if (row.outcome === outcome) counts[outcome] += row.count;
  }
  return counts;
}

/** The day a case is due is the one that ends at its instant. */
function dueByDay(rows: readonly { dueAtMs: number | null; count: number }[]) {
  const counts = new Map<string, number>();
  for (const { dueAtMs, count: cases } of rows) {
    if (dueAtMs === null) continue;
    const date = shanghaiDate(dueAtMs - 1);
    counts.set(date, (counts.get(date) ?? 0) + cases);
  }
  return [...counts]
    .map(([date, cases]) => ({ date, count: cases }))
    .toSorted((one, other) => one.date.localeCompare(other.date));
}
