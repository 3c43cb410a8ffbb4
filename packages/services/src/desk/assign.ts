import { commit, guard, caseTable, staffTable } from '@shiming/db';
import { AppError, caseAfter, stagesOf } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { moveCase } from '../cases/state.ts';
import { guardActing } from '../staff/guards.ts';
import { ownNumberIndexes, samePersonIds } from '../staff/person.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { isStuck } from './stuck.ts';
import { againIfStale, isOfOneOf, loadWork, moved, reviewerOf } from './work.ts';

const cannot = { code: 'desk.cannot_assign' } as const;

/**
 * T-CON-02: a senior gives a case that nobody may take to a colleague who decides in place of the ones of its stage:
 * one who has not decided it in this round, by any account, and whose own it is not. It is on record.
 *
 * @throws AppError staff.proof_required, request.not_found, desk.own_case, desk.held, desk.closed, desk.not_stuck,
 * desk.cannot_assign, staff.forbidden, staff.number_required
 */
export async function assignCase(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, staffId }: { caseId: string; staffId: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const isOne = and(eq(staffTable.id, staffId), eq(staffTable.status, 'active'));
  const [member] = await ctx.db.select().from(staffTable).where(isOne);
  refuseUnless(member !== undefined && member.numberIndex !== null, cannot);
  const [ids] = await ctx.db.batch(await samePersonIds(ctx, member));
  const accounts = new Set(ids.map(({ id }) => id));
  const own = await ownNumberIndexes(ctx, member);
  await againIfStale(async () => {
    const work = await loadWork(ctx, staff, caseId);
    const { row, decisions } = work;
    const hasDecided = decisions.some(({ reviewerId }) => accounts.has(reviewerId));
    refuseUnless(!isOfOneOf(own, work) && !hasDecided, cannot);
    const by = reviewerOf(staff);
    const to = { id: member.id, role: member.role };
    const next = caseAfter(work.state, { type: 'assign', by, to, atMs: ctx.now() });
    const isByThem = !stagesOf(by.role, row.kind).includes('senior');
    if ((next === 'role' && !isByThem) || next === 'same_person') throw new AppError(cannot);
    const state = await moved(ctx, work, next);
    const stuck = ctx.db
      .select({ id: caseTable.id })
      .from(caseTable)
      .where(and(eq(caseTable.id, row.id), isStuck));
    const same = ctx.db
      .select({ id: staffTable.id })
      .from(staffTable)
      .where(and(isOne, eq(staffTable.role, member.role)));
    await commit(ctx.db, [
      guardActing(ctx),
      guard(ctx.db, sql`exists ${stuck}`, { code: 'desk.not_stuck' }),
      guard(ctx.db, sql`exists ${same}`, cannot),
      ...moveCase(ctx, row, state),
      record(ctx, 'desk.assigned', row.accountId, { case: row.id, stage: row.stage, staffId }),
    ]);
  });
}
