import { accountTable, commit, guard, reviewRequestTable } from '@shiming/db';
import {
  activeReviewStatuses,
  dueAfterWorkingDays,
  groupCaseNumber,
  type ReopenReason,
  reviewAfter,
} from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { guardAccountUnchanged } from '../profile/save.ts';
import { keepPhotos } from '../review/photo-store.ts';
import { newsStatements } from '../review/settle.ts';
import { guardReviewUnchanged, moveReview } from '../review/state.ts';
import type { Account } from '../session/session.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { againIfStale, loadWork, moved, reviewerOf } from './work.ts';

/**
 * UX C2: a senior opens again what was decided, for a senior to decide anew. The person is told; profile and
 * verification are frozen again, and a level that rests on the approval alone falls until then.
 *
 * @throws AppError staff.proof_required, request.not_found, desk.own_case, desk.closed (not decided, or its photos
 * are gone), staff.forbidden, review.open, request.stale
 */
export async function reopenCase(
  ctx: Ctx,
  staff: SignedInStaff,
  { requestId, reason }: { requestId: string; reason: ReopenReason },
): Promise<void> {
  requireStaffProof(ctx, staff);
  await againIfStale(async () => {
    const work = await loadWork(ctx, staff, requestId);
    const { row, account } = work;
    const atMs = ctx.now();
    const due = dueAfterWorkingDays(atMs, ctx.portal.review.workingDays);
    const event = { type: 'reopen', by: reviewerOf(staff), dueAtMs: due.endMs, atMs } as const;
    const state = await moved(ctx, work, reviewAfter(work.state, event));
    const active = ctx.db
      .select({ id: reviewRequestTable.id })
      .from(reviewRequestTable)
      .where(
        and(
          eq(reviewRequestTable.accountId, account.id),
          inArray(reviewRequestTable.status, [...activeReviewStatuses]),
        ),
      );
    const isItsLevel = row.status === 'approved' && account.verifiedAtMs === row.endedAtMs;
    await commit(ctx.db, [
      guardActing(ctx),
      guardReviewUnchanged(ctx, row),
      // What the person is writing or has sent meanwhile is the newer word.
      guard(ctx.db, sql`not exists ${active}`, { code: 'review.open' }),
      ...moveReview(ctx, row, state, { isDueProvisional: due.isProvisional }),
      ...(isItsLevel ? lowerLevel(ctx, account) : []),
      keepPhotos(ctx, account.id),
      ...(await newsStatements(
        ctx,
        row,
        account,
        'review_reopened',
        groupCaseNumber(row.caseNumber ?? ''),
      )),
      record(ctx, 'review.reopened', account.id, { review: row.id, reason }),
    ]);
  });
}

const lowerLevel = (ctx: Ctx, account: Account) => [
  guardAccountUnchanged(ctx, account),
  ctx.db
    .update(accountTable)
    .set({ level: 2, verifiedAtMs: null, version: sql`${accountTable.version} + 1` })
    .where(eq(accountTable.id, account.id)),
];
