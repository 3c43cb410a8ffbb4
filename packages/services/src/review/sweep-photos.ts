import { commit, photoTable, reviewPhotoTable } from '@shiming/db';
import { and, inArray, lte } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { clear } from '../jobs/clear.ts';

const perRun = 50;

/**
 * The job that removes photos whose time is over, and those whose upload came to nothing: from the store first, so
 * that a row is there as long as its photo is. When the store is down, the next run does it. Answers how many went.
 */
export async function sweepPhotos(deps: Pick<Deps, 'db' | 'now' | 'photos'>): Promise<number> {
  const nowMs = deps.now();
  const due = await deps.db
    .select({ id: photoTable.id })
    .from(photoTable)
    .where(lte(photoTable.removeAfterMs, nowMs))
    .limit(perRun);
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // What was due and then was taken into a request stays.
  const taken = await deps.db
    .update(photoTable)
    .set({ removeAfterMs: 0 })
    .where(and(inArray(photoTable.id, ids), lte(photoTable.removeAfterMs, nowMs)))
    .returning({ id: photoTable.id });
  const gone = taken.map(({ id }) => id);
  if (gone.length === 0) return 0;
  await deps.photos.remove(gone);
  await commit(deps.db, [
    deps.db.delete(reviewPhotoTable).where(inArray(reviewPhotoTable.photoId, gone)),
    ...clear(deps, 'photo', nowMs, photoTable, inArray(photoTable.id, gone)),
  ]);
  return gone.length;
}
