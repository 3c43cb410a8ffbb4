import { photoTable, casePhotoTable, caseTable } from '@shiming/db';
import { AppError, caseRule, cleanJpeg } from '@shiming/domain';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { type Claim, commitClaims } from '../allowance/allowance.ts';
import type { Ctx, Deps } from '../context.ts';
import { blindIndexes, currentKeyId, sealBytes } from '../vault/vault.ts';

/** The place for which a photo is sealed. */
export const photoContext = (photoId: string): string => `photo:${photoId}`;

/** A photo that no request has got within this time will not be got by one. */
export const photoGraceMs = 15 * 60_000;

/** A photo that was checked and cleaned. `sameContent`: the indexes of its bytes under every key held. */
export async function cleanPhoto(ctx: Ctx, file: Uint8Array, limits = ctx.portal.photos) {
  const jpeg = cleanJpeg(file, limits);
  if (!jpeg.ok) throw new AppError({ code: 'photo.refused', reason: jpeg.code });
  const sameContent = await blindIndexes(ctx, 'photo', await ctx.crypto.sha256(jpeg.value.bytes));
  return { ...jpeg.value, sameContent };
}

/**
 * Puts a photo into the store, sealed, and answers its id. The row is written before the photo, so whatever fails in
 * between leaves nothing that the sweep does not find.
 */
export async function storePhoto(
  ctx: Ctx,
  claims: readonly [Claim, ...Claim[]],
  accountId: string | null,
  photo: Awaited<ReturnType<typeof cleanPhoto>>,
  conditions: readonly BatchItem<'sqlite'>[] = [],
): Promise<string> {
  const { bytes, width, height, orientation, sameContent } = photo;
  const [contentHash = ''] = sameContent;
  const id = ctx.crypto.randomToken(24);
  const nowMs = ctx.now();
  await commitClaims(ctx, claims, [
    ctx.db.insert(photoTable).values({
      id,
      accountId,
      contentHash,
      bytes: bytes.length,
      width,
      height,
      orientation,
      createdAtMs: nowMs,
      removeAfterMs: nowMs + photoGraceMs,
      keyId: currentKeyId(ctx),
    }),
    ...conditions,
  ]);
  await ctx.photos.put(id, await sealBytes(ctx, photoContext(id), bytes));
  return id;
}

/**
 * A statement that sets how long the photos of a case, and of its person, are kept, after cases or what they refer to
 * have changed: as long as a case needs them that has not ended; for a time after the last one has; else no longer.
 * A photo on its way into the store keeps its own time.
 */
export function keepPhotos(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { id, accountId }: { id: string; accountId: string | null },
) {
  const requests = sql`from ${casePhotoTable} inner join ${caseTable} on ${caseTable.id} = ${casePhotoTable.caseId} where ${casePhotoTable.photoId} = ${photoTable.id}`;
  const { endedAtMs } = caseTable;
  return db
    .update(photoTable)
    .set({
      removeAfterMs: sql`case
        when exists (select 1 ${requests} and ${endedAtMs} is null) then null
        else coalesce((select max(${endedAtMs}) + ${caseRule.photosAfterEndMs} ${requests}), ${now()}) end`,
    })
    .where(
      and(
        accountId === null
          ? sql`${photoTable.id} in (select ${casePhotoTable.photoId} from ${casePhotoTable} where ${casePhotoTable.caseId} = ${id})`
          : eq(photoTable.accountId, accountId),
        or(isNull(photoTable.removeAfterMs), sql`exists (select 1 ${requests})`),
      ),
    );
}
