import { commit, guard, caseTable } from '@shiming/db';
import {
  activeCaseStatuses,
  dueAfterWorkingDays,
  groupCaseNumber,
  type ReopenReason,
  caseAfter,
} from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { restoreIdentity, revoke } from '../account/attestation.ts';
import { changeAccount } from '../account/change.ts';
import { record } from '../audit/record.ts';
import { type Ctx, inPortal } from '../context.ts';
import { type Account, openIdentity } from '../account/account.ts';
import { keepPhotos } from '../review/photo-store.ts';
import { newsStatements } from '../review/outcome.ts';
import { guardCaseUnchanged, isReview, moveCase, type CaseRow } from '../cases/state.ts';
import { type FormerIdentity } from '../review/answers.ts';
import { guardActing } from '../staff/guards.ts';
import { requireStaffProof, type SignedInStaff } from '../staff/session.ts';
import { open, placeOf } from '../vault/vault.ts';
import { againIfStale, loadWork, moved, reviewerOf, reviewIn } from './work.ts';

/**
 * UX-36: a senior opens again what was decided, for a senior to decide again. The person gets a notice; profile and
 * verification are frozen again, and what rests on the approval alone is taken back until then: the level, and the
 * name and validity that it gave the account.
 *
 * @throws AppError staff.proof_required, request.not_found, desk.own_case, desk.closed (not decided, or its photos
 * are gone), staff.forbidden, review.open, request.stale
 */
export async function reopenCase(
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, reason }: { caseId: string; reason: ReopenReason },
): Promise<void> {
  requireStaffProof(ctx, staff);
  await againIfStale(async () => {
    const work = await loadWork(ctx, staff, caseId);
    const { row, account } = reviewIn(work);
    const atMs = ctx.now();
    const due = dueAfterWorkingDays(atMs, inPortal(ctx, row.portal).portal.review.workingDays);
    const event = { type: 'reopen', by: reviewerOf(staff), dueAtMs: due.endMs, atMs } as const;
    const state = await moved(ctx, work, caseAfter(work.state, event));
    const active = ctx.db
      .select({ id: caseTable.id })
      .from(caseTable)
      .where(
        and(
          eq(caseTable.accountId, account.id),
          isReview,
          inArray(caseTable.status, [...activeCaseStatuses]),
        ),
      );
    const restsOnIt = work.identitySource === row.id;
    await commit(ctx.db, [
      guardActing(ctx),
      guardCaseUnchanged(ctx, row),
      // What the person is writing or has sent meanwhile is the newer word.
      guard(ctx.db, sql`not exists ${active}`, { code: 'review.open' }),
      ...moveCase(ctx, row, state, { isDueProvisional: due.isProvisional }),
      ...(restsOnIt ? await takenBack(ctx, row, account) : []),
      ...revoke(ctx, row.id),
      keepPhotos(ctx, row),
      ...(await newsStatements(
        ctx,
        row,
        account,
        'review_reopened',
        groupCaseNumber(row.caseNumber ?? ''),
      )),
      record(ctx, 'review.reopened', account.id, { case: row.id, reason }),
    ]);
  });
}

/** Statements that give back the name and validity that an account had before an approval. */
async function takenBack(ctx: Ctx, { id, formerIdentitySealed }: CaseRow, account: Account) {
  if (formerIdentitySealed === null) return changeAccount(ctx, account, {});
  const former = await open<FormerIdentity>(
    ctx,
    placeOf(caseTable.formerIdentitySealed, id),
    formerIdentitySealed,
  );
  return restoreIdentity(ctx, account, await openIdentity(ctx, account), former);
}
