import { photoTable } from '@shiming/db';
import { and, eq, isNull, or, gt } from 'drizzle-orm';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { openBytes } from '../vault/vault.ts';
import { photoContext } from './photo-store.ts';

/**
 * A photo of one's own, to be looked at again. Somebody else's is as if it were not there.
 *
 * @returns a JPEG
 * @throws AppError request.not_found, service.unavailable
 */
export async function viewPhoto(
  ctx: Ctx,
  { account }: SignedIn,
  { photoId }: { photoId: string },
): Promise<Uint8Array> {
  const [photo] = await ctx.db
    .select({ id: photoTable.id })
    .from(photoTable)
    .where(
      and(
        eq(photoTable.id, photoId),
        eq(photoTable.accountId, account.id),
        or(isNull(photoTable.removeAfterMs), gt(photoTable.removeAfterMs, ctx.now())),
      ),
    );
  refuseUnless(photo !== undefined, { code: 'request.not_found' });
  const sealed = await ctx.photos.get(photo.id);
  refuseUnless(sealed !== null, { code: 'request.not_found' });
  return openBytes(ctx, photoContext(photo.id), sealed);
}
