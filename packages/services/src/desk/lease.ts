import { commit, guard, reviewRequestTable } from '@shiming/db';
import { reviewRule } from '@shiming/domain';
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { recordReviewsWhere } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { settleReviews } from '../review/settle.ts';
import type { SignedInStaff } from '../staff/session.ts';

/** That this member holds this case now: a lease that is over is nobody's. */
const isHeld = (ctx: Ctx, { member }: SignedInStaff, requestId: string) =>
  and(
    eq(reviewRequestTable.id, requestId),
    eq(reviewRequestTable.status, 'waiting'),
    eq(reviewRequestTable.holderId, member.id),
    gt(reviewRequestTable.leaseEndsAtMs, ctx.now()),
  );

/**
 * A guard after the statement that takes a case: this member has no more on the screen than is allowed, so nobody
 * keeps the cases of many people from being withdrawn.
 */
export function guardHeld(ctx: Ctx, { member }: SignedInStaff) {
  const { holderId, leaseEndsAtMs, status, takenAtMs } = reviewRequestTable;
  const held = and(
    eq(holderId, member.id),
    gt(leaseEndsAtMs, ctx.now()),
    eq(status, 'waiting'),
    isNotNull(takenAtMs),
  );
  const limit = reviewRule.heldAtMost;
  return guard(
    ctx.db,
    sql`(select count(*) from ${reviewRequestTable} where ${held}) <= ${limit}`,
    { code: 'desk.too_many', limit },
  );
}

/**
 * T-CON-02: a sign of life of whoever has the case on the screen. The case stays as it is, so its version does too.
 *
 * @throws AppError desk.not_holder
 */
export async function keepLease(
  ctx: Ctx,
  staff: SignedInStaff,
  { requestId }: { requestId: string },
): Promise<{ leaseEndsAtMs: number }> {
  const leaseEndsAtMs = ctx.now() + reviewRule.leaseMs;
  ctx.defer(() => settleReviews(ctx));
  const [[kept]] = await commit(ctx.db, [
    ctx.db
      .update(reviewRequestTable)
      .set({ leaseEndsAtMs })
      .where(isHeld(ctx, staff, requestId))
      .returning({ id: reviewRequestTable.id }),
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
  { requestId }: { requestId: string },
): Promise<void> {
  const held = isHeld(ctx, staff, requestId);
  const [, [released]] = await commit(ctx.db, [
    recordReviewsWhere(ctx, 'desk.released', held),
    ctx.db
      .update(reviewRequestTable)
      .set({
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        version: sql`${reviewRequestTable.version} + 1`,
      })
      .where(held)
      .returning({ id: reviewRequestTable.id }),
  ]);
  refuseUnless(released !== undefined, { code: 'desk.not_holder' });
}
