import { photoTable, casePhotoTable, caseTable } from '@shiming/db';
import { caseRule } from '@shiming/domain';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';

/** The place for which a photo is sealed. */
export const photoContext = (photoId: string): string => `photo:${photoId}`;

/** A photo that no request has got within this time will not be got by one. */
export const photoGraceMs = 15 * 60_000;

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
          ? sql`exists (select 1 ${requests} and ${caseTable.id} = ${id})`
          : eq(photoTable.accountId, accountId),
        or(isNull(photoTable.removeAfterMs), sql`exists (select 1 ${requests})`),
      ),
    );
}
