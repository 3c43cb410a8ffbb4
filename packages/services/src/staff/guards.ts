import { guard, caseTable, handoverTable, staffTable } from '@shiming/db';
import { AppError, type AppErrorData, type StaffPerson, type StaffStatus } from '@shiming/domain';
import { and, eq, gt, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { recordCasesWhere, recordHandoversWhere } from '../audit/record.ts';
import { type Ctx, type Deps, refuseUnless } from '../context.ts';
import { isOfPerson } from './person.ts';
import type { StaffRow } from './session.ts';

/** A guard that a member of staff is still as they were read. */
export const guardMemberUnchanged = (
  { db }: Pick<Deps, 'db'>,
  { id, version }: Pick<StaffRow, 'id' | 'version'>,
) => {
  const same = db
    .select({ id: staffTable.id })
    .from(staffTable)
    .where(and(eq(staffTable.id, id), eq(staffTable.version, version)));
  return guard(db, sql`exists ${same}`, { code: 'request.stale' });
};

/**
 * A guard that the member who acts still has the role, and the scope where one is given, by which they may: of two administrators who disable or demote each
 * other at once, one stays, so there is always one. Who decides must be a person on record, so that two decisions are
 * two persons'; a number that is on record is never taken away, so this needs no guard.
 *
 * @throws AppError staff.number_required, unless `withoutNumber`: for what gives nobody a right
 */
export function guardActing(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { withoutNumber = false, scope }: { withoutNumber?: boolean; scope?: string } = {},
) {
  if (actor.type !== 'staff') throw new AppError({ code: 'staff.session_required' });
  refuseUnless(actor.hasNumber || withoutNumber, { code: 'staff.number_required' });
  const acting = db
    .select({ id: staffTable.id })
    .from(staffTable)
    .where(
      and(
        eq(staffTable.id, actor.staffId),
        eq(staffTable.status, 'active'),
        eq(staffTable.role, actor.role),
        scope === undefined ? undefined : eq(staffTable.scope, scope),
      ),
    );
  return guard(db, sql`exists ${acting}`, { code: 'staff.forbidden' });
}

/** What is said where it is not about what was typed. */
export const samePerson = {
  number: { code: 'staff.same_person' },
  email: { code: 'staff.same_person' },
} as const;

/**
 * Guards that a person has no other account among those with one of these statuses: two accounts of one person would
 * pass for two persons. Of several at once that would be a person's only account, one is.
 */
export async function guardOnlyAccount(
  deps: Pick<Deps, 'db' | 'crypto' | 'keys'>,
  id: string,
  person: StaffPerson,
  refusals: { number: AppErrorData; email: AppErrorData },
  statuses: readonly StaffStatus[] = ['invited', 'active'],
) {
  const { db } = deps;
  const none = (same: SQL) => {
    const other = db
      .select({ id: staffTable.id })
      .from(staffTable)
      .where(and(same, ne(staffTable.id, id), inArray(staffTable.status, [...statuses])));
    return sql`not exists ${other}`;
  };
  const { sameNumber, sameEmail } = await isOfPerson(deps, person);
  return [
    guard(db, none(sameNumber), refusals.number),
    guard(db, none(sameEmail), refusals.email),
  ] as const;
}

/**
 * Statements for a member who is dismissed or gets another role: the cases that they had on the screen or reserved are given
 * back, and the first passwords that they handed over and nobody has used are revoked, each on record.
 */
export function endWork(ctx: Ctx, staffId: string) {
  const held = and(
    eq(caseTable.holderId, staffId),
    eq(caseTable.status, 'waiting'),
    gt(caseTable.leaseEndsAtMs, ctx.now()),
  );
  const unused = and(eq(handoverTable.staffId, staffId), isHandoverOpen(ctx.now()));
  return [
    recordCasesWhere(ctx, 'desk.released', held),
    ctx.db
      .update(caseTable)
      .set({
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        version: sql`${caseTable.version} + 1`,
      })
      .where(held),
    recordHandoversWhere(ctx, 'agency.revoked', unused),
    ctx.db.update(handoverTable).set({ revokedAtMs: ctx.now() }).where(unused),
  ] as const;
}

/** That a first password was neither used nor revoked, and still works. */
export const isHandoverOpen = (nowMs: number) =>
  and(
    isNull(handoverTable.usedAtMs),
    isNull(handoverTable.revokedAtMs),
    gt(handoverTable.endsAtMs, nowMs),
  );
