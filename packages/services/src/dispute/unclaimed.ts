import { caseTable, commit, guard, photoCheckTable, staffTable } from '@shiming/db';
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { guardCaseUnchanged } from '../cases/state.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { isStuck } from '../desk/stuck.ts';
import { openDispute } from '../photo-check/state.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';

/** As many as an administrator looks at; those that are due first. */
const shownAtMost = 100;

const isDispute = eq(caseTable.kind, 'record_dispute');

/**
 * The disputes that nobody may take, because their school has no staff here, or none but the student, or the record names no
 * school; and the schools that have staff. Nothing of the student is in it.
 */
export async function viewUnclaimedDisputes(ctx: Ctx) {
  const { scope } = staffTable;
  const [rows, schools] = await ctx.db.batch([
    ctx.db
      .select()
      .from(caseTable)
      .where(and(isDispute, eq(caseTable.status, 'waiting'), isStuck))
      .orderBy(asc(caseTable.dueAtMs))
      .limit(shownAtMost),
    ctx.db
      .selectDistinct({ scope })
      .from(staffTable)
      .where(and(isNotNull(scope), eq(staffTable.status, 'active')))
      .orderBy(asc(scope)),
  ]);
  return {
    rows: await Promise.all(
      rows.map(async (row) => ({
        caseId: row.id,
        caseNumber: row.caseNumber ?? '',
        school: (await openDispute(ctx, row)).school,
        scope: row.scope ?? '',
        dueAtMs: row.dueAtMs ?? 0,
      })),
    ),
    schools: schools.map((each) => each.scope ?? ''),
  };
}

/**
 * T-CON-02, S-REC-03: gives a dispute that nobody may take to the staff of another school, such as the one that has taken
 * over. It is on record, and the student reads it.
 *
 * @throws AppError staff.proof_required, staff.number_required, staff.forbidden, request.not_found, request.stale,
 * desk.not_stuck, desk.cannot_assign where nobody of that school may take it either
 */
export async function assignDispute(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, scope }: { caseId: string; scope: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const isIt = and(eq(caseTable.id, caseId), isDispute);
  const [row] = await ctx.db.select().from(caseTable).where(isIt);
  refuseUnless(row !== undefined, { code: 'request.not_found' });
  const stuck = ctx.db.select({ id: caseTable.id }).from(caseTable).where(and(isIt, isStuck));
  await commit(ctx.db, [
    guardActing(ctx),
    guardCaseUnchanged(ctx, row),
    guard(ctx.db, sql`exists ${stuck}`, { code: 'desk.not_stuck' }),
    ctx.db
      .update(caseTable)
      .set({ scope, version: row.version + 1 })
      .where(isIt),
    guard(ctx.db, sql`not exists ${stuck}`, { code: 'desk.cannot_assign' }),
    ctx.db.update(photoCheckTable).set({ scope }).where(eq(photoCheckTable.caseId, caseId)),
    record(ctx, 'desk.assigned', row.accountId, { case: caseId, scope, before: row.scope }),
  ]);
}
