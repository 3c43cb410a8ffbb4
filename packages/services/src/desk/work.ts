import { accountTable, auditTable, caseDecisionTable, caseTable, staffTable } from '@shiming/db';
import {
  AppError,
  type AppErrorData,
  type Attested,
  appErrorIn,
  type Reviewer,
  type CaseRefusal,
  type CaseState,
} from '@shiming/domain';
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNull,
  ne,
  type SQL,
  sql,
} from 'drizzle-orm';
import { hasConsentFor } from '../cases/consent.ts';
import { type Account, accountRow, isOfNumber } from '../account/account.ts';
import { auditedCase } from '../audit/record.ts';
import { isOneOfNumbers } from '../account/identifiers.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { type CaseRow, stateOf } from '../cases/state.ts';
import { attestedNow, identitySource } from '../account/attestation.ts';
import { openStaffPerson, ownNumberIndexes, samePersonIds } from '../staff/person.ts';
import type { SignedInStaff, StaffRow } from '../staff/session.ts';
import { isStuck } from './stuck.ts';

export type Decision = typeof caseDecisionTable.$inferSelect;

/** A case as a reviewer's act finds it. */
export type Work = {
  row: CaseRow;
  /** `null` for a ticket of somebody who is not signed in. */
  account: Account | null;
  attested: Attested | null;
  identitySource: string | null;
  state: CaseState;
  /** The decisions of the present round that stand. */
  decisions: readonly Decision[];
  /** Whether the person's consent stands now, where the kind asks for it. */
  hasConsent: boolean;
  /** Whether nobody of the staff may decide it. */
  isStuck: boolean;
  holder: Pick<StaffRow, 'id' | 'personSealed'> | null;
};

/** The number that a case is about is one of these indexes: of its account, or of those given in it. */
export const isOfNumbers = (indexes: readonly string[]): SQL =>
  indexes.length === 0
    ? sql`false`
    : sql`(coalesce(${inArray(caseTable.numberIndex, [...indexes])}, false) or ${isOneOfNumbers(caseTable.accountId, indexes)})`;

/** The same of a case that was read. */
export const isOfOneOf = (
  indexes: readonly string[],
  { row, account }: Pick<Work, 'row' | 'account'>,
): boolean =>
  (row.numberIndex !== null && indexes.includes(row.numberIndex)) ||
  (account !== null && isOfNumber(account, indexes));

/**
 * A case that is a manual review, with its account.
 *
 * @throws AppError request.not_found
 */
export function reviewIn({ row, account }: Work): { row: CaseRow; account: Account } {
  if (row.kind !== 'manual_review' || account === null) {
    throw new AppError({ code: 'request.not_found' });
  }
  return { row, account };
}

/** That a case lies within the scope of a member: everybody's where it has none, else that of the school's staff. */
export const isInScope = ({ scope }: Pick<StaffRow, 'scope'>): SQL =>
  scope === null ? isNull(caseTable.scope) : eq(caseTable.scope, scope);

export const reviewerOf = ({ member: { id, role } }: SignedInStaff): Reviewer => ({ id, role });

/** Statements that read a case: the request with account and holder, and the decisions that stand. */
export async function workQueries(ctx: Ctx, { member }: SignedInStaff, caseId: string) {
  const [ownIds] = await samePersonIds(ctx, member);
  return [
    ctx.db
      .select({
        row: caseTable,
        account: accountRow,
        attested: attestedNow(ctx),
        identitySource: identitySource(),
        holder: staffTable,
        hasConsent: hasConsentFor(ctx).mapWith(Boolean),
        isStuck,
      })
      .from(caseTable)
      .leftJoin(accountTable, eq(accountTable.id, caseTable.accountId))
      .leftJoin(staffTable, eq(staffTable.id, caseTable.holderId))
      .where(and(eq(caseTable.id, caseId), ne(caseTable.status, 'draft'), isInScope(member))),
    ctx.db
      .select({
        ...getTableColumns(caseDecisionTable),
        isOwn: sql`${inArray(caseDecisionTable.reviewerId, ownIds)}`.mapWith(Boolean),
      })
      .from(caseDecisionTable)
      .where(and(eq(caseDecisionTable.caseId, caseId), isNull(caseDecisionTable.undoneAtMs)))
      .orderBy(asc(caseDecisionTable.decidedAtMs)),
  ] as const;
}

/**
 * What those statements have found.
 *
 * @throws AppError request.not_found, desk.own_case
 */
export async function workOf(
  ctx: Ctx,
  { member }: SignedInStaff,
  [found]: (Pick<
    Work,
    'row' | 'account' | 'attested' | 'identitySource' | 'hasConsent' | 'isStuck'
  > & {
    holder: StaffRow | null;
  })[],
  standing: readonly (Decision & { isOwn: boolean })[],
): Promise<Work> {
  refuseUnless(found !== undefined && found.row.caseNumber !== null, { code: 'request.not_found' });
  const { holder, ...rest } = found;
  const { row } = rest;
  const own = await ownNumberIndexes(ctx, member);
  refuseUnless(!isOfOneOf(own, found), { code: 'desk.own_case' });
  // What a person has decided by another account is theirs.
  const all = standing.map(({ isOwn, ...decision }) =>
    isOwn ? { ...decision, reviewerId: member.id } : decision,
  );
  const decisions = all.filter(({ round }) => round === row.round);
  return { ...rest, holder, decisions, state: stateOf(row, all) };
}

/** A case that nobody has on the screen by their own doing: one round trip. Throws as `workOf`. */
export async function loadWork(ctx: Ctx, staff: SignedInStaff, caseId: string): Promise<Work> {
  const [found, decisions] = await ctx.db.batch(await workQueries(ctx, staff, caseId));
  return workOf(ctx, staff, found, decisions);
}

const refusals: Record<Exclude<CaseRefusal, 'held'>, AppErrorData> = {
  status: { code: 'desk.closed' },
  opened: { code: 'desk.closed' },
  too_early: { code: 'desk.closed' },
  too_late: { code: 'desk.closed' },
  not_held: { code: 'desk.not_holder' },
  same_person: { code: 'desk.same_person' },
  role: { code: 'staff.forbidden' },
};

/** The state that a transition has led to; a refusal is put in the words of the desk. */
export async function moved(
  ctx: Ctx,
  { row, holder }: Work,
  next: CaseState | CaseRefusal,
): Promise<CaseState> {
  if (typeof next !== 'string') return next;
  if (next !== 'held') throw new AppError(refusals[next]);
  const byName = holder === null ? '' : (await openStaffPerson(ctx, holder)).name;
  throw new AppError({ code: 'desk.held', byName, untilMs: row.leaseEndsAtMs ?? 0 });
}

/** Does it again where somebody else came in between: read again, the case says what they did. */
export async function againIfStale<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (appErrorIn(error)?.data.code !== 'request.stale') throw error;
    return work();
  }
}

/** What was done with a case since the version that somebody has on the screen, latest first. */
export function changesSince({ db }: Pick<Ctx, 'db'>, row: CaseRow, version: number) {
  return db
    .select({ action: auditTable.action, atMs: auditTable.atMs })
    .from(auditTable)
    .where(
      and(
        row.accountId === null
          ? isNull(auditTable.accountId)
          : eq(auditTable.accountId, row.accountId),
        eq(auditedCase, row.id),
        ne(auditTable.action, 'desk.revealed'),
      ),
    )
    .orderBy(desc(auditTable.atMs))
    .limit(Math.max(1, row.version - version));
}
