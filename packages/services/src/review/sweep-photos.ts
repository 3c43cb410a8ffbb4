import { commit, photoTable, casePhotoTable } from '@shiming/db';
import { and, inArray, lte, sql } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { clear } from '../jobs/clear.ts';
import { type Turn, untilDone, whileFull } from '../jobs/turn.ts';

const photosAtOnce = 50;

/**
 * The job that removes photos whose time is over, and those whose upload came to nothing: from the store first, so
 * that a row is there as long as its photo is. When the store is down, the next run does it. Returns how many went.
 */
export const sweepPhotos = (
  deps: Pick<Deps, 'db' | 'now' | 'photos'>,
  turn: Turn = untilDone,
): Promise<number> => whileFull(turn, photosAtOnce, (rows) => sweepSome(deps, rows));

/** Since when the photo has been due that has waited longest, taken or not. */
export const photosDueSince = sql`(select min("since") from (
  select min(${photoTable.removeAfterMs}) as "since" from ${photoTable} where ${photoTable.removeAfterMs} > 0
  union all select -max(${photoTable.removeAfterMs}) from ${photoTable} where ${photoTable.removeAfterMs} < 0))`;

async function sweepSome(
  deps: Pick<Deps, 'db' | 'now' | 'photos'>,
  atMost: number,
): Promise<number> {
  const nowMs = deps.now();
  const due = await deps.db
    .select({ id: photoTable.id })
    .from(photoTable)
    .where(lte(photoTable.removeAfterMs, nowMs))
    .limit(atMost);
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  // Below zero is what the sweep has taken. What was due and then was taken into a request stays.
  const taken = await deps.db
    .update(photoTable)
    .set({ removeAfterMs: sql`-abs(${photoTable.removeAfterMs})` })
    .where(and(inArray(photoTable.id, ids), lte(photoTable.removeAfterMs, nowMs)))
    .returning({ id: photoTable.id });
  const gone = taken.map(({ id }) => id);
  if (gone.length === 0) return 0;
  await deps.photos.remove(gone);
  await commit(deps.db, [
    deps.db.delete(casePhotoTable).where(inArray(casePhotoTable.photoId, gone)),
    ...clear(deps, 'photo', nowMs, photoTable, inArray(photoTable.id, gone)),
  ]);
  return gone.length;
}
