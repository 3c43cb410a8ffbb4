import { commit, casePhotoTable } from '@shiming/db';
import type { PhotoSide } from '@shiming/domain';
import { and, eq } from 'drizzle-orm';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { changeEditable, editableReview } from './draft.ts';
import { keepPhotos } from './photo-store.ts';
import { sweepPhotos } from './sweep-photos.ts';

/**
 * Takes a photo out of a draft, and out of the store unless an earlier request has it too. What was sent back is
 * replaced, not removed. One that is not there is no matter.
 *
 * @throws AppError review.open, request.stale
 */
export async function removePhoto(
  ctx: Ctx,
  signedIn: SignedIn,
  { side }: { side: PhotoSide },
): Promise<void> {
  const { row } = await editableReview(ctx, signedIn);
  refuseUnless(row.status === 'draft', { code: 'review.open' });
  await commit(ctx.db, [
    ...changeEditable(ctx, row),
    ctx.db
      .delete(casePhotoTable)
      .where(and(eq(casePhotoTable.caseId, row.id), eq(casePhotoTable.slot, side))),
    keepPhotos(ctx, row),
  ]);
  ctx.defer(() => sweepPhotos(ctx));
}
