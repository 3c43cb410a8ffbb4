import {
  accountTable,
  photoTable,
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  caseTable,
} from '@shiming/db';
import {
  activeCaseStatuses,
  bySlot,
  type PhotoSide,
  photoSides,
  returnedItems,
  type CaseItem,
  type CaseReason,
  type CaseReturn,
  caseRule,
  type CaseTask,
} from '@shiming/domain';
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import { hasCaseConsents, hasLiveConsent } from '../account/live-consent.ts';
import type { Ctx } from '../context.ts';
import { open, placeOf } from '../vault/vault.ts';
import { type CaseRow, isReview } from '../cases/state.ts';

export type Photo = typeof photoTable.$inferSelect;
export type Photos = Readonly<Record<PhotoSide, Photo | null>>;

/** A request of a person with its photos, the reasons of the decision that took effect last, and what was sent back when. */
export type Review = {
  row: CaseRow;
  photos: Photos;
  reasons: readonly CaseReason[];
  returns: readonly CaseReturn[];
};

/** All requests of a person that an answer may need: more there are only after years. */
const shown = 20;

/** Statements for a batch that answers the requests of an account, newest first, with all that belongs to them. */
export const reviewQueries = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  [
    db
      .select()
      .from(caseTable)
      .where(and(eq(caseTable.accountId, accountId), isReview))
      .orderBy(desc(caseTable.createdAtMs), desc(caseTable.id))
      .limit(shown),
    db
      .select({
        caseId: casePhotoTable.caseId,
        slot: casePhotoTable.slot,
        photo: photoTable,
      })
      .from(photoTable)
      .innerJoin(casePhotoTable, eq(casePhotoTable.photoId, photoTable.id))
      .where(eq(photoTable.accountId, accountId)),
    db
      .select({ decision: caseDecisionTable, reason: caseReasonTable })
      .from(caseTable)
      .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
      .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
      .where(
        and(
          eq(caseTable.accountId, accountId),
          isReview,
          isNull(caseDecisionTable.undoneAtMs),
          isNotNull(caseDecisionTable.settledAtMs),
        ),
      )
      .orderBy(desc(caseDecisionTable.settledAtMs), asc(caseReasonTable.place)),
  ] as const;

/**
 * A statement that reports whether an account's review goes on, by the consents at the portal of the review, and
 * whether photos may be taken at the portal of the request.
 */
export function consentQuery(ctx: Pick<Ctx, 'db' | 'portal' | 'doors'>, accountId: string) {
  const portal = ctx.db
    .select({ portal: caseTable.portal })
    .from(caseTable)
    .where(
      and(
        eq(caseTable.accountId, accountId),
        isReview,
        inArray(caseTable.status, [...activeCaseStatuses]),
      ),
    );
  const isLive = hasCaseConsents(ctx, accountId, sql`coalesce(${portal}, ${ctx.portal.id})`);
  return ctx.db
    .select({
      isLive: isLive.mapWith(Boolean),
      hasPhotos: hasLiveConsent(ctx, accountId, 'photos').mapWith(Boolean),
    })
    .from(accountTable)
    .where(eq(accountTable.id, accountId));
}

type Found = BatchResponse<ReturnType<typeof reviewQueries>>;

/** What was found, request by request. */
export function openReviews(ctx: Ctx, [rows, photos, reasons]: Found): Promise<Review[]> {
  return Promise.all(
    rows.map(async (row) => {
      const own = reasons.filter(({ decision }) => decision.caseId === row.id);
      const last = own.filter(({ decision }) => decision.id === own[0]?.decision.id);
      return {
        row,
        photos: bySlot(
          'manual_review',
          (side) =>
            photos.find(({ caseId, slot }) => caseId === row.id && slot === side)?.photo ?? null,
        ),
        reasons: await Promise.all(last.map(({ reason }) => openReason(ctx, reason))),
        returns: returnsOf(own),
      };
    }),
  );
}

/** The decisions among these that sent the request back: the person reads that as soon as it takes effect. */
function returnsOf(own: Found[2]): CaseReturn[] {
  const sentBack = own.filter(({ decision }) => decision.outcome === 'return');
  return [...new Map(sentBack.map(({ decision }) => [decision.id, decision])).values()].map(
    ({ id, settledAtMs }) => ({
      atMs: settledAtMs ?? 0,
      items: returnedItems(
        sentBack
          .filter(({ decision }) => decision.id === id)
          .map(({ reason }) => reason as Pick<CaseReason, 'item'>),
      ),
    }),
  );
}

/** A reason of a decision on a manual review. */
export async function openReason(
  ctx: Ctx,
  { id, code, item, mark, noteSealed }: typeof caseReasonTable.$inferSelect,
): Promise<CaseReason> {
  const note =
    noteSealed && (await open<string>(ctx, placeOf(caseReasonTable.noteSealed, id), noteSealed));
  return { code, item, mark, note } as CaseReason;
}

/** The requests of an account, newest first: one round trip. */
export const loadReviews = async (ctx: Ctx, accountId: string): Promise<Review[]> =>
  openReviews(ctx, await ctx.db.batch(reviewQueries(ctx, accountId)));

const activeStatuses: ReadonlySet<CaseRow['status']> = new Set(activeCaseStatuses);

/** The draft or the request that is open: there is one at most. */
export const activeOf = (reviews: readonly Review[]): Review | null =>
  reviews.find(({ row }) => activeStatuses.has(row.status)) ?? null;

/** The items that were sent back; `null` for a request that was not. */
export const returnedOf = ({ row, reasons }: Review): readonly CaseItem[] | null =>
  row.status === 'returned' ? returnedItems(reasons) : null;

/** What has to be done before a request can be sent off: a photo that was sent back has to be another one. */
export function missingTasks(review: Review): CaseTask[] {
  const { row, photos } = review;
  const returned = returnedOf(review);
  const returnedAtMs = (row.expiresAtMs ?? 0) - caseRule.returnedMs;
  const isMissing = (side: PhotoSide) => {
    const photo = photos[side];
    return photo === null || (returned?.includes(side) && photo.createdAtMs < returnedAtMs);
  };
  const missing: CaseTask[] = photoSides.filter(isMissing);
  return row.answersSealed === null ? [...missing, 'answers'] : missing;
}
