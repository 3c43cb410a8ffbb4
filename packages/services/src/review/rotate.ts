import { isPhotoKept, photoTable } from '@shiming/db';
import { and, eq } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { rowsPerSlice, type Turn, untilDone } from '../jobs/turn.ts';
import { type RotateDeps, rotation } from '../vault/rotate.ts';
import { blindIndex, currentKeyId, openBytes, sealBytes } from '../vault/vault.ts';
import { photoContext } from './photo-store.ts';

type PhotoDeps = RotateDeps & Pick<Deps, 'photos'>;

const photos = rotation<{ id: string }, PhotoDeps>({
  table: photoTable,
  id: photoTable.id,
  keyId: photoTable.keyId,
  indexes: [photoTable.contentHash],
  isKept: () => isPhotoKept,
  read: ({ db }, where) =>
    db.select({ id: photoTable.id }).from(photoTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id }) => {
    const sealed = await deps.photos.get(id);
    // Of a photo that never came into the store nothing can be the same.
    let content = id;
    if (sealed !== null) {
      const bytes = await openBytes(deps, photoContext(id), sealed);
      content = await deps.crypto.sha256(bytes);
      await deps.photos.put(id, await sealBytes(deps, photoContext(id), bytes));
    }
    const moved = await deps.db
      .update(photoTable)
      .set({ keyId: currentKeyId(deps), contentHash: await blindIndex(deps, 'photo', content) })
      .where(and(eq(photoTable.id, id), isPhotoKept))
      .returning({ id: photoTable.id });
    // The sweep has come between: what was put back into the store would be there without a row.
    if (moved.length === 0) await deps.photos.remove([id]);
    return moved;
  },
});

/** The part of the rotation job that moves the photos in the store. Returns how many it moved. */
export const rotatePhotos = (deps: PhotoDeps, turn: Turn = untilDone): Promise<number> =>
  photos(deps, turn);
