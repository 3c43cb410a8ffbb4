import { commit, photoTable, reviewReasonTable, reviewRequestTable } from '@shiming/db';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { hasOtherKey, isNot } from '../vault/rotate.ts';
import { blindIndex, currentKeyId, open, openBytes, seal, sealBytes } from '../vault/vault.ts';
import { photoContext } from './photo-store.ts';
import { noteContext, openAnswers, sealedAnswers } from './state.ts';

const perRun = 100;
/** Each is fetched, opened, sealed and stored. */
const photosPerRun = 10;

/**
 * The part of the rotation job that moves what belongs to reviews: answers and the index of names, reviewers'
 * sentences, and the photos in the store. Answers how many it moved.
 */
export async function rotateReviews(
  deps: Pick<Deps, 'db' | 'crypto' | 'keys' | 'photos'>,
): Promise<number> {
  const keyId = currentKeyId(deps);
  const [indexKey] = deps.keys.index;
  const { db } = deps;
  const [byKey, byIndex, reasons, photos] = await db.batch([
    db
      .select()
      .from(reviewRequestTable)
      .where(isNot(reviewRequestTable.keyId, keyId))
      .limit(perRun),
    db
      .select()
      .from(reviewRequestTable)
      .where(hasOtherKey(reviewRequestTable.nameIndex, indexKey.id))
      .limit(perRun),
    db
      .select()
      .from(reviewReasonTable)
      .where(and(isNot(reviewReasonTable.keyId, keyId), isNotNull(reviewReasonTable.noteSealed)))
      .limit(perRun),
    db
      .select({ id: photoTable.id })
      .from(photoTable)
      .where(isNot(photoTable.keyId, keyId))
      .limit(photosPerRun),
  ]);
  const requests = [...new Map([...byKey, ...byIndex].map((row) => [row.id, row])).values()];
  for (const row of requests) {
    const statement = await openAnswers(deps, row);
    await commit(db, [
      db
        .update(reviewRequestTable)
        .set({
          keyId,
          ...(statement === null ? {} : await sealedAnswers(deps, row.id, statement)),
          ...(statement === null || row.nameIndex === null
            ? {}
            : { nameIndex: await blindIndex(deps, 'name', statement.name) }),
          // Not raised: what a reviewer sees of the case is the same as before.
        })
        .where(and(eq(reviewRequestTable.id, row.id), eq(reviewRequestTable.version, row.version))),
    ]);
  }
  for (const { id, noteSealed } of reasons) {
    if (noteSealed === null) continue;
    const note = await open<string>(deps, noteContext(id), noteSealed);
    await commit(db, [
      db
        .update(reviewReasonTable)
        .set({ noteSealed: await seal(deps, noteContext(id), note), keyId })
        .where(eq(reviewReasonTable.id, id)),
    ]);
  }
  for (const { id } of photos) {
    const sealed = await deps.photos.get(id);
    if (sealed !== null) {
      const bytes = await openBytes(deps, photoContext(id), sealed);
      await deps.photos.put(id, await sealBytes(deps, photoContext(id), bytes));
    }
    await commit(db, [db.update(photoTable).set({ keyId }).where(eq(photoTable.id, id))]);
  }
  return requests.length + reasons.length + photos.length;
}
