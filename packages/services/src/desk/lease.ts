import { commit, guard, caseTable } from '@shiming/db';
import { caseRule } from '@shiming/domain';
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { recordCasesWhere } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { settleCases } from './settle.ts';
import type { SignedInStaff } from '../staff/session.ts';

/** That this member holds this case now: a lease that is over is nobody's. */
const isHeld = (ctx: Ctx, { member }: SignedInStaff, caseId: string) =>
  and(
    eq(caseTable.id, caseId),
    eq(caseTable.status, 'waiting'),
    eq(caseTable.holderId, member.id),
    gt(caseTable.leaseEndsAtMs, ctx.now()),
  );

/**
 * A guard after the statement that takes a case: this member has no more on the screen than is allowed, so nobody
 * keeps the cases of many people from being withdrawn.
 */
export function guardHeld(ctx: Ctx, { member }: SignedInStaff) {
  const { holderId, leaseEndsAtMs, status, takenAtMs } = caseTable;
  const held = and(
    eq(holderId, member.id),
    gt(leaseEndsAtMs, ctx.now()),
    eq(status, 'waiting'),
    isNotNull(takenAtMs),
  );
  const limit = caseRule.heldAtMost;
  return guard(ctx.db, sql`(select count(*) from ${caseTable} where ${held}) <= ${limit}`, {
    code: 'desk.too_many',
    limit,
  });
}

/**
 * T-CON-02: a sign of life of the reviewer who has the case on the screen. The case stays as it is, so its version does too.
 *
 * @throws AppError desk.not_holder
 */
export async function keepLease(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId }: { caseId: string },
): Promise<{ leaseEndsAtMs: number }> {
  const leaseEndsAtMs = ctx.now() + caseRule.leaseMs;
  ctx.defer(() => settleCases(ctx));
  const [[kept]] = await commit(ctx.db, [
    ctx.db
      .update(caseTable)
      .set({ leaseEndsAtMs })
      .where(isHeld(ctx, staff, caseId))
      .returning({ id: caseTable.id }),
  ]);
  refuseUnless(kept !== undefined, { code: 'desk.not_holder' });
  return { leaseEndsAtMs };
}

/**
 * T-CON-02: lays a case back into the queue.
 *
 * @throws AppError desk.not_holder
 */
export async function releaseCase(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId }: { caseId: string },
): Promise<void> {
  const held = isHeld(ctx, staff, caseId);
  const [, [released]] = await commit(ctx.db, [
    recordCasesWhere(ctx, 'desk.released', held),
    ctx.db
      .update(caseTable)
      .set({
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        version: sql`${caseTable.version} + 1`,
      })
      .where(held)
      .returning({ id: caseTable.id }),
  ]);
  refuseUnless(released !== undefined, { code: 'desk.not_holder' });
}
