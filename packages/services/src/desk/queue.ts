import { commit, caseDecisionTable, caseReasonTable, caseTable, staffTable } from '@shiming/db';
import {
  type CaseKind,
  type DocumentType,
  flagsFor,
  isEndedCase,
  maskName,
  queuePageSize,
  type QueueQuery,
  readSearch,
  type CaseFlag,
  type CaseStage,
  caseStages,
  type CaseStatus,
} from '@shiming/domain';
import {
  and,
  asc,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  not,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { withNumber } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import { type Ctx, today } from '../context.ts';
import { settleCases } from './settle.ts';
import type { CaseRow } from '../cases/state.ts';
import { openAnswers } from '../review/answers.ts';
import { openStaffPerson, ownNumberIndexes } from '../staff/person.ts';
import type { SignedInStaff, StaffRow } from '../staff/session.ts';
import { blindIndexes } from '../vault/vault.ts';
import { countQueries, countsOf } from './counts.ts';
import { isStuck } from './stuck.ts';
import { isInScope, isOfNumbers } from './work.ts';

/** A row of the queue. The name is masked, and the number is not there. */
export type QueueRow = {
  caseId: string;
  caseNumber: string;
  status: CaseStatus;
  stage: CaseStage;
  documentType: DocumentType | null;
  maskedName: string;
  submittedAtMs: number;
  dueAtMs: number;
  /** Which request of the person it is: rejected ones before it, and itself. */
  attempts: number;
  flags: readonly CaseFlag[];
  /** Nobody of the staff may decide it now. */
  isStuck: boolean;
  /** Who has it on the screen, or reserved, now. */
  heldBy: { staffId: string; name: string; isSelf: boolean } | null;
  leaseEndsAtMs: number | null;
};

const request = caseTable;
/** How many cases a filter without an index of its own looks through for one page: then the page says where to go on. */
const scanned = 500;

type Place = { due: number; submitted: number; id: string };

const placeOf = ({ dueAtMs, submittedAtMs, id }: CaseRow): Place => ({
  due: dueAtMs ?? 0,
  submitted: submittedAtMs ?? 0,
  id,
});
const cursorOf = ({ due, submitted, id }: Place) => `${due}.${submitted}.${id}`;

function placeIn(cursor: string | undefined): Place | null {
  const [, due, submitted, id] = /^(\d{1,15})\.(\d{1,15})\.([\w-]+)$/.exec(cursor ?? '') ?? [];
  return id === undefined ? null : { due: Number(due), submitted: Number(submitted), id };
}

const rowsOf = ({ db }: Pick<Ctx, 'db'>) =>
  db
    .select({ row: request, holder: staffTable, isStuck })
    .from(request)
    .leftJoin(staffTable, eq(staffTable.id, request.holderId));

/** Whether a decision for which `more` holds stands in a case. Those on which others have still to decide are hidden. */
const hasDecision = (more: SQL | undefined): SQL =>
  sql`exists (select 1 from ${caseDecisionTable} where ${and(
    eq(caseDecisionTable.caseId, request.id),
    isNull(caseDecisionTable.undoneAtMs),
    or(
      lt(caseDecisionTable.round, request.round),
      notInArray(request.status, ['waiting', 'deciding']),
    ),
    more,
  )})`;

/** What of a question has no index of its own. */
function filtersOf({ documentType, reason, reviewerId }: QueueQuery): SQL[] {
  const hasReason = sql`exists (select 1 from ${caseReasonTable} where ${caseReasonTable.decisionId} = ${caseDecisionTable.id} and ${caseReasonTable.code} = ${reason})`;
  return [
    ...(documentType === undefined ? [] : [eq(request.documentType, documentType)]),
    ...(reason === undefined ? [] : [hasDecision(hasReason)]),
    ...(reviewerId === undefined
      ? []
      : [
          sql`(${request.holderId} = ${reviewerId} or ${hasDecision(eq(caseDecisionTable.reviewerId, reviewerId))})`,
        ]),
  ];
}

/**
 * T-CON-02: fifty cases of the queue, due first; what has ended, due last first. Every way through it follows the
 * index of the queue, stage by stage, so a page costs the same however many cases there are; where few cases pass a
 * filter, a page may be short and still have a `nextCursor`.
 */
export async function viewQueue(ctx: Ctx, staff: SignedInStaff, query: QueueQuery) {
  const { db } = ctx;
  const { kind = 'manual_review', status = 'waiting', stage, dueBeforeMs } = query;
  const place = placeIn(query.cursor);
  const own = await ownNumberIndexes(ctx, staff.member);
  const filters = filtersOf(query);
  const limit = filters.length === 0 ? queuePageSize + 1 : scanned;
  const isDescending = isEndedCase(status);
  const direction = isDescending ? desc : asc;
  const order = [request.dueAtMs, request.submittedAtMs, request.id].map((each) => direction(each));
  const key = sql`(${request.dueAtMs}, ${request.submittedAtMs}, ${request.id})`;
  const sides = caseStages
    .filter((each) => stage === undefined || each === stage)
    .map(
      (each) =>
        sql`select * from (select ${request.id} as "id", ${request.dueAtMs} as "due", ${request.submittedAtMs} as "submitted" from ${request} where ${and(
          eq(request.kind, kind),
          eq(request.status, status),
          eq(request.stage, each),
          // A draft that ran out was never a case.
          gt(request.dueAtMs, 0),
          not(isOfNumbers(own)),
          isInScope(staff.member),
          dueBeforeMs === undefined ? undefined : lt(request.dueAtMs, dueBeforeMs),
          place === null
            ? undefined
            : sql`${key} ${sql.raw(isDescending ? '<' : '>')} (${place.due}, ${place.submitted}, ${place.id})`,
        )} order by ${sql.join(order, sql`, `)} limit ${limit})`,
    );
  const way = sql.raw(isDescending ? 'desc' : 'asc');
  const window = sql`select "id" from (${sql.join(sides, sql` union all `)}) order by "due" ${way}, "submitted" ${way}, "id" ${way} limit ${limit}`;
  ctx.defer(() => settleCases(ctx));
  const [found, ends, ...counted] = await db.batch([
    rowsOf(ctx)
      .where(and(inArray(request.id, sql`(${window})`), ...filters))
      .orderBy(...order)
      .limit(queuePageSize + 1),
    // Where the look through a filter ended.
    filters.length === 0
      ? rowsOf(ctx).where(sql`false`)
      : rowsOf(ctx).where(
          eq(request.id, sql`(select "id" from (${window}) limit 1 offset ${limit - 1})`),
        ),
    ...countQueries(ctx, staff, kind),
  ]);
  const rows = found.slice(0, queuePageSize);
  const last = found.length > queuePageSize ? rows.at(-1) : ends.at(0);
  return {
    rows: await Promise.all(rows.map((each) => rowOf(ctx, staff.member, each))),
    nextCursor: last === undefined ? null : cursorOf(placeOf(last.row)),
    counts: countsOf(counted),
  };
}

/**
 * T-CON-02, X-01: cases by a case number, a document number, or a name as it was submitted, newest first and whatever
 * their state; fifty at most, and none of one's own. What is searched for is personal, so it comes in a body and is not
 * kept; that somebody searched is on record before anything is handed out, with each person who was found.
 */
export async function searchCases(
  ctx: Ctx,
  { member }: SignedInStaff,
  { search, kind = 'manual_review' }: { search: string; kind?: CaseKind | undefined },
): Promise<{ rows: QueueRow[] }> {
  const asked = readSearch(search, today(ctx));
  if (asked === null) return { rows: [] };
  const own = await ownNumberIndexes(ctx, member);
  const found = await rowsOf(ctx)
    .where(
      and(
        await whereOf(ctx, asked),
        sql`+${request.kind} = ${kind}`,
        ne(request.status, 'draft'),
        isNotNull(request.caseNumber),
        not(isOfNumbers(own)),
        isInScope(member),
      ),
    )
    .orderBy(desc(sql`"case"."rowid"`))
    .limit(queuePageSize);
  const facts = { role: member.role, by: asked.by };
  const people = [...new Set(found.map(({ row }) => row.accountId))];
  const [first, ...others] = people.length > 0 ? people : [null];
  const recorded = (accountId: string | null | undefined) =>
    record(ctx, 'desk.searched', accountId ?? null, facts);
  await commit(ctx.db, [recorded(first), ...others.map(recorded)]);
  return { rows: await Promise.all(found.map((each) => rowOf(ctx, member, each))) };
}

async function whereOf(
  ctx: Ctx,
  { by, value }: NonNullable<ReturnType<typeof readSearch>>,
): Promise<SQL | undefined> {
  if (by === 'caseNumber') return eq(request.caseNumber, value);
  const indexes = await blindIndexes(ctx, by, value);
  if (by === 'name') return or(...indexes.map((each) => eq(request.nameIndex, each)));
  // Each along its own index: `isOfNumbers` is asked of a row that was found.
  const ids = (where: SQL) => sql`select ${request.id} from ${request} where ${where}`;
  return inArray(
    request.id,
    sql`(${ids(sql`${request.accountId} in (${withNumber(indexes)})`)} union all ${ids(inArray(request.numberIndex, indexes))})`,
  );
}

async function rowOf(
  ctx: Ctx,
  self: StaffRow,
  { row, holder, isStuck: stuck }: { row: CaseRow; holder: StaffRow | null; isStuck: boolean },
): Promise<QueueRow> {
  const stated = await openAnswers(ctx, row);
  const isHeld = row.status === 'waiting' && (row.leaseEndsAtMs ?? 0) > ctx.now();
  const heldBy = isHeld && holder !== null ? await openStaffPerson(ctx, holder) : null;
  return {
    caseId: row.id,
    caseNumber: row.caseNumber ?? '',
    status: row.status,
    stage: row.stage,
    documentType: row.documentType,
    maskedName: maskName(stated?.name ?? ''),
    submittedAtMs: row.submittedAtMs ?? 0,
    dueAtMs: row.dueAtMs ?? 0,
    attempts: row.rejectionsBefore + 1,
    flags: flagsFor(row),
    isStuck: stuck,
    heldBy:
      holder === null || heldBy === null
        ? null
        : { staffId: holder.id, name: heldBy.name, isSelf: holder.id === self.id },
    leaseEndsAtMs: heldBy === null ? null : row.leaseEndsAtMs,
  };
}
