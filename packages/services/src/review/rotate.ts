import { photoTable, caseReasonTable, caseTable } from '@shiming/db';
import { and, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { rowsPerSlice, type Turn, untilDone } from '../jobs/turn.ts';
import { rotate, type RotateDeps, rotation } from '../vault/rotate.ts';
import { blindIndex, currentKeyId, open, openBytes, seal, sealBytes } from '../vault/vault.ts';
import { photoContext } from './photo-store.ts';
import { formerIdentityContext, noteContext, openAnswers, sealedAnswers } from './state.ts';

type PhotoDeps = RotateDeps & Pick<Deps, 'photos'>;

const requests = rotation({
  table: caseTable,
  id: caseTable.id,
  keyId: caseTable.keyId,
  indexes: [caseTable.nameIndex],
  read: ({ db }, where) => db.select().from(caseTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, row) => {
    const statement = await openAnswers(deps, row);
    return (
      deps.db
        .update(caseTable)
        .set({
          keyId: currentKeyId(deps),
          ...(statement === null ? {} : await sealedAnswers(deps, row.id, statement)),
          ...(row.formerIdentitySealed === null
            ? {}
            : { formerIdentitySealed: await sealedAgain(deps, row.id, row.formerIdentitySealed) }),
          ...(statement === null || row.nameIndex === null
            ? {}
            : { nameIndex: await blindIndex(deps, 'name', statement.name) }),
        })
        // The version is not raised: what a reviewer sees of the case is the same as before.
        .where(and(eq(caseTable.id, row.id), eq(caseTable.version, row.version)))
        .returning({ id: caseTable.id })
    );
  },
});

const notes = rotation({
  table: caseReasonTable,
  id: caseReasonTable.id,
  keyId: caseReasonTable.keyId,
  isKept: () => isNotNull(caseReasonTable.noteSealed),
  read: ({ db }, where) => db.select().from(caseReasonTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id, noteSealed }) =>
    deps.db
      .update(caseReasonTable)
      .set({
        noteSealed:
          noteSealed &&
          (await seal(
            deps,
            noteContext(id),
            await open<string>(deps, noteContext(id), noteSealed),
          )),
        keyId: currentKeyId(deps),
      })
      .where(eq(caseReasonTable.id, id))
      .returning({ id: caseReasonTable.id }),
});

/** What the sweep has not taken: it marks a row, by a time below zero, before it removes the photo. */
const isNotTaken = or(isNull(photoTable.removeAfterMs), gt(photoTable.removeAfterMs, 0));

const photos = rotation<{ id: string }, PhotoDeps>({
  table: photoTable,
  id: photoTable.id,
  keyId: photoTable.keyId,
  isKept: () => isNotTaken,
  read: ({ db }, where) =>
    db.select({ id: photoTable.id }).from(photoTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, { id }) => {
    const sealed = await deps.photos.get(id);
    if (sealed !== null) {
      const bytes = await openBytes(deps, photoContext(id), sealed);
      await deps.photos.put(id, await sealBytes(deps, photoContext(id), bytes));
    }
    const moved = await deps.db
      .update(photoTable)
      .set({ keyId: currentKeyId(deps) })
      .where(and(eq(photoTable.id, id), isNotTaken))
      .returning({ id: photoTable.id });
    // The sweep has come between: what was put back into the store would be there without a row.
    if (moved.length === 0) await deps.photos.remove([id]);
    return moved;
  },
});

/**
 * The part of the rotation job that moves what belongs to reviews: answers and the index of names, reviewers'
 * sentences, and the photos in the store. Returns how many it moved.
 */
export const rotateCases = async (deps: PhotoDeps, turn: Turn = untilDone): Promise<number> =>
  (await rotate(deps, turn, [requests, notes])) + (await photos(deps, turn));

async function sealedAgain(deps: RotateDeps, caseId: string, sealed: string): Promise<string> {
  const context = formerIdentityContext(caseId);
  return seal(deps, context, await open<object>(deps, context, sealed));
}
