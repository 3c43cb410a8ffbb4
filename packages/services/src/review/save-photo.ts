import { commit, guard, photoTable, casePhotoTable } from '@shiming/db';
import { type PhotoSide, photoSides } from '@shiming/domain';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { type Limit, newClaim } from '../allowance/allowance.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import type { SignedIn } from '../session/session.ts';
import { changeEditable, editableReview } from './draft.ts';
import { returnedOf } from './load.ts';
import { cleanPhoto, keepPhotos, storePhoto } from './photo-store.ts';

/** Far more than anybody needs to get three photos right, and too few to fill a store. */
const perHour: Limit = {
  limit: 60,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** What a page needs to know of a photo. `orientation` is to be undone in showing it. */
export type PhotoView = { photoId: string; width: number; height: number; orientation: number };

/**
 * T-REV-02: keeps a photo for one side of the request, in place of the one that was there. It is checked and cleaned,
 * sealed, and stored under a random name; refused, it costs nothing. The row is written before the photo and linked
 * after it, so whatever fails in between leaves the request as it was, and the sweep finds the rest. `only` this request
 * takes it, under further conditions.
 *
 * @throws AppError photo.refused, review.open, consent.required, request.too_many, request.stale,
 * service.unavailable
 */
export async function savePhoto(
  ctx: Ctx,
  signedIn: Pick<SignedIn, 'account'>,
  { side, file }: { side: PhotoSide; file: Uint8Array },
  only: { caseId: string; conditions: readonly BatchItem<'sqlite'>[] } | null = null,
): Promise<PhotoView> {
  const cleaned = await cleanPhoto(ctx, file);
  const { width, height, orientation, sameContent } = cleaned;

  const review = await editableReview(ctx, signedIn);
  const { row, photos } = review;
  refuseUnless(only === null || only.caseId === row.id, { code: 'photo.link_over' });
  const returned = returnedOf(review);
  refuseUnless(returned === null || returned.includes(side), { code: 'review.open' });
  const isDuplicate = photoSides.some(
    (other) => other !== side && sameContent.includes(photos[other]?.contentHash ?? ''),
  );
  const duplicate = { code: 'photo.refused', reason: 'duplicate' } as const;
  refuseUnless(!isDuplicate, duplicate);

  const accountId = signedIn.account.id;
  const claim = newClaim(ctx, 'photo', accountId, [perHour]);
  const photoId = await storePhoto(ctx, [claim], accountId, cleaned, [
    guard(ctx.db, hasLiveConsent(ctx, accountId, 'photos'), { code: 'consent.required' }),
  ]);

  const elsewhere = ctx.db
    .select({ id: photoTable.id })
    .from(casePhotoTable)
    .innerJoin(photoTable, eq(photoTable.id, casePhotoTable.photoId))
    .where(
      and(
        eq(casePhotoTable.caseId, row.id),
        ne(casePhotoTable.slot, side),
        inArray(photoTable.contentHash, sameContent),
      ),
    );
  await commit(ctx.db, [
    ...changeEditable(ctx, row),
    ...(only?.conditions ?? []),
    guard(ctx.db, sql`not exists ${elsewhere}`, duplicate),
    ctx.db
      .insert(casePhotoTable)
      .values({ caseId: row.id, slot: side, photoId })
      .onConflictDoUpdate({
        target: [casePhotoTable.caseId, casePhotoTable.slot],
        set: { photoId },
      }),
    keepPhotos(ctx, row),
  ]);
  return { photoId, width, height, orientation };
}
