import { accountTable, commit, guard } from '@shiming/db';
import { and, eq, sql } from 'drizzle-orm';
import { closeAccount } from '../account/close.ts';
import { endPending } from '../account/secure.ts';
import { wasVerified } from '../account/taken-up.ts';
import type { Ctx } from '../context.ts';
import { requireProof } from '../proof/proof.ts';
import { endReviews } from '../review/pause.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { endSessions, guardSignedIn, type SignedIn } from '../session/session.ts';

/**
 * Closes an account at once, because its document number is wrong or somebody else's (T-REG-16a): every session ends, and
 * the number is free for its owner. Only an account that was never verified is closed so, and none whose review is open. Of
 * this and a verification that matches at the same moment, one takes effect.
 *
 * @throws AppError proof.required, account.was_verified, review.open, session.required, request.stale
 */
export async function closeAtOnce(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const verified = ctx.db
    .select({ id: accountTable.id })
    .from(accountTable)
    .where(and(eq(accountTable.id, account.id), wasVerified));
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    guard(ctx.db, sql`not exists ${verified}`, { code: 'account.was_verified' }),
    guardNoOpenReview(ctx, account.id),
    ...endPending(ctx, account.id),
    ...endSessions(ctx, account.id),
    ...endReviews(ctx, account.id),
    ...(await closeAccount(ctx, account, 'holder')),
  ]);
}
