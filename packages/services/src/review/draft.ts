import { guard, caseTable } from '@shiming/db';
import { activeCaseStatuses, caseChannels, caseSpecs } from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { documentTypeOf } from '../account/account.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { currentKeyId } from '../vault/vault.ts';
import { activeOf, openReviews, type Review, reviewQueries } from './load.ts';
import { type CaseRow, isReview } from '../cases/state.ts';

/** The columns of a draft that has nothing in it yet. */
export function emptyDraft(ctx: Ctx, { account }: Pick<SignedIn, 'account'>) {
  const nowMs = ctx.now();
  return {
    id: ctx.crypto.randomToken(12),
    accountId: account.id,
    portal: ctx.portal.id,
    status: 'draft',
    stage: 'first',
    documentType: documentTypeOf(account),
    channel: caseChannels[0],
    flags: [],
    createdAtMs: nowMs,
    expiresAtMs: nowMs + caseSpecs.manual_review.draftMs,
    keyId: currentKeyId(ctx),
  } as const satisfies typeof caseTable.$inferInsert;
}

/**
 * What a person may work on: the draft, begun here when there is none, or the request that was sent back. One round
 * trip; three photos that come at once come to one draft.
 *
 * @throws AppError review.open
 */
export async function editableReview(
  ctx: Ctx,
  signedIn: Pick<SignedIn, 'account'>,
): Promise<Review> {
  const { account } = signedIn;
  const draft = emptyDraft(ctx, signedIn);
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
  const {
    id,
    accountId,
    portal,
    status,
    stage,
    documentType,
    channel,
    createdAtMs,
    expiresAtMs,
    keyId,
  } = draft;
  const [, ...found] = await ctx.db.batch([
    ctx.db.run(
      sql`insert into ${caseTable} (id, account_id, portal, status, stage, document_type, channel, flags, created_at_ms, expires_at_ms, key_id)
        select ${id}, ${accountId}, ${portal}, ${status}, ${stage}, ${documentType}, ${channel}, '[]', ${createdAtMs}, ${expiresAtMs}, ${keyId}
        where not exists ${active}`,
    ),
    ...reviewQueries(ctx, account.id),
  ]);
  const review = activeOf(await openReviews(ctx, found));
  refuseUnless(
    review !== null && (review.row.status === 'draft' || review.row.status === 'returned'),
    { code: 'review.open' },
  );
  return review;
}

/**
 * Statements that change what a person works on, while they may. Several photos and the answers can come at once,
 * so not the version is asked for but that it has not been sent off; a reader of the version sees that it changed.
 */
export function changeEditable(
  ctx: Ctx,
  { id, status, round }: CaseRow,
  change: Partial<typeof caseTable.$inferInsert> = {},
) {
  const same = and(eq(caseTable.id, id), eq(caseTable.status, status), eq(caseTable.round, round));
  const found = ctx.db.select({ id: caseTable.id }).from(caseTable).where(same);
  return [
    guard(ctx.db, sql`exists ${found}`, { code: 'request.stale' }),
    ctx.db
      .update(caseTable)
      .set({
        ...change,
        ...(status === 'draft' ? { expiresAtMs: ctx.now() + caseSpecs.manual_review.draftMs } : {}),
        version: sql`${caseTable.version} + 1`,
      })
      .where(same),
  ] as const;
}
