import { challengeTable, guard } from '@shiming/db';
import { AppError, isPhotoSide, type PhotoSide } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { type Binding, giveOnly, isLiveFor, isSecretRight, spend } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { sessionById, type SignedIn } from '../session/session.ts';
import { editableReview } from './draft.ts';
import { returnedOf } from './load.ts';
import { type PhotoView, savePhoto } from './save-photo.ts';

/** Long enough to find a phone and a lamp, short enough for a screen that was left. */
const validMs = 10 * 60_000;

const perHour: Limit = {
  limit: 30,
  window: { lastMs: 3_600_000 },
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const over = { code: 'photo.link_over' } as const;

/** The right to add one photo to one request, as long as the session that gave it lives. */
const photoLink = (side: PhotoSide, caseId: string, sessionId: string): Binding => ({
  purpose: `review.photo.${side}.${caseId}`,
  subject: sessionId,
});

/**
 * 「用手机拍」: gives out the link by which a phone adds a photo without signing in (K11). It voids the one before for
 * the same side; it does nothing but that, once, for ten minutes.
 *
 * @throws AppError review.open, request.too_many
 */
export async function handOffPhoto(
  ctx: Ctx,
  signedIn: SignedIn,
  { side }: { side: PhotoSide },
): Promise<{ link: string; expiresAtMs: number }> {
  const review = await editableReview(ctx, signedIn);
  const returned = returnedOf(review);
  refuseUnless(returned === null || returned.includes(side), { code: 'review.open' });
  const { sessionId, account } = signedIn;
  const secret = ctx.crypto.randomToken(32);
  const binding = photoLink(side, review.row.id, sessionId);
  await commitClaims(
    ctx,
    [newClaim(ctx, 'photo_link', account.id, [perHour])],
    await giveOnly(ctx, binding, secret, { validMs, tries: 1 }),
  );
  return {
    link: `${side}.${review.row.id}.${sessionId}.${secret}`,
    expiresAtMs: ctx.now() + validMs,
  };
}

/**
 * Adds the photo for the holder of the link. It is spent in the batch that links the photo, so a photo that is refused
 * leaves it good, and of many at once one arrives.
 *
 * @throws AppError photo.link_over, photo.refused, review.open, request.too_many, request.stale,
 * service.unavailable
 */
export async function savePhotoByLink(
  ctx: Ctx,
  { link, file }: { link: string; file: Uint8Array },
): Promise<Pick<PhotoView, 'width' | 'height' | 'orientation'>> {
  const [side = '', caseId = '', sessionId = '', secret = ''] = link.split('.');
  if (!isPhotoSide(side)) throw new AppError(over);
  const binding = photoLink(side, caseId, sessionId);
  const [[given], [found]] = await ctx.db.batch([
    ctx.db
      .select({ id: challengeTable.id, secretHash: challengeTable.secretHash })
      .from(challengeTable)
      .where(isLiveFor(binding, ctx.now())),
    sessionById(ctx, sessionId),
  ]);
  const isRight =
    given !== undefined && (await isSecretRight(ctx, binding, given.secretHash, secret));
  if (!isRight || found === undefined) throw new AppError(over);
  const { width, height, orientation } = await savePhoto(
    ctx,
    { account: found.account },
    { side, file },
    {
      caseId,
      conditions: [
        guard(ctx.db, sql`exists ${sessionById(ctx, sessionId)}`, over),
        ...spend(ctx.db, given.id, ctx.now(), over),
      ],
    },
  );
  return { width, height, orientation };
}
