import { commit, isUniqueViolation, casePhotoTable, caseTable } from '@shiming/db';
import { isPhotoSide, photoSides } from '@shiming/domain';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { emptyDraft } from './draft.ts';
import { activeOf, loadReviews } from './load.ts';
import { keepPhotos } from './photo-store.ts';
import { guardNoOpenReview } from '../cases/state.ts';
import { openAnswers, sealedAnswers } from './answers.ts';

/**
 * T-REV-06, 按原因修改: begins a draft from the request that ended last, with everything in it that was right: the
 * answers, and every photo that no reason was about. Begun already, it stays as it is.
 *
 * @throws AppError request.not_found, review.open
 */
export async function correctReview(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  const { account } = signedIn;
  const reviews = await loadReviews(ctx, account.id);
  const active = activeOf(reviews);
  if (active?.row.status === 'draft') return;
  refuseUnless(active === null, { code: 'review.open' });
  const [last] = reviews;
  refuseUnless(last !== undefined && last.row.status !== 'approved', { code: 'request.not_found' });

  const { row, photos, reasons } = last;
  const draft = emptyDraft(ctx, signedIn);
  const statement = await openAnswers(ctx, row);
  const wrong = new Set(reasons.map(({ item }) => item).filter(isPhotoSide));
  const kept = photoSides.flatMap((side) => {
    const photo = photos[side];
    const isThere = photo !== null && (photo.removeAfterMs ?? Infinity) > ctx.now();
    return isThere && !wrong.has(side) ? [{ caseId: draft.id, slot: side, photoId: photo.id }] : [];
  });
  try {
    await commit(ctx.db, [
      guardNoOpenReview(ctx, account.id),
      ctx.db.insert(caseTable).values({
        ...draft,
        channel: row.channel,
        correctsId: row.status === 'rejected' ? row.id : null,
        ...(statement === null ? {} : await sealedAnswers(ctx, draft.id, statement)),
      }),
      ...(kept.length === 0 ? [] : [ctx.db.insert(casePhotoTable).values(kept)]),
      keepPhotos(ctx, draft),
    ]);
  } catch (error) {
    // Begun by another request at the same moment.
    if (!isUniqueViolation(error, 'case.account_id')) throw error;
  }
}
