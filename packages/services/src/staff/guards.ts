import { guard, reviewRequestTable, staffTable } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import { recordReviewsWhere } from '../audit/record.ts';
import type { Ctx, Deps } from '../context.ts';
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
 * A guard that whoever acts still has the role by which they may: of two administrators who disable or demote each
 * other at once, one stays, so there is always one.
 */
export function guardActing({ db, actor }: Pick<Ctx, 'db' | 'actor'>) {
  if (actor.type !== 'staff') throw new AppError({ code: 'staff.session_required' });
  const acting = db
    .select({ id: staffTable.id })
    .from(staffTable)
    .where(
      and(
        eq(staffTable.id, actor.staffId),
        eq(staffTable.status, 'active'),
        eq(staffTable.role, actor.role),
      ),
    );
  return guard(db, sql`exists ${acting}`, { code: 'staff.forbidden' });
}

/** Statements that give back the cases that a member of staff has on the screen or reserved, each on record. */
export function releaseCases(ctx: Ctx, staffId: string) {
  const held = and(
    eq(reviewRequestTable.holderId, staffId),
    eq(reviewRequestTable.status, 'waiting'),
    gt(reviewRequestTable.leaseEndsAtMs, ctx.now()),
  );
  return [
    recordReviewsWhere(ctx, 'desk.released', held),
    ctx.db
      .update(reviewRequestTable)
      .set({
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        version: sql`${reviewRequestTable.version} + 1`,
      })
      .where(held),
  ] as const;
}
