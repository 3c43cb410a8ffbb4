import { correctionTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { rowsPerSlice, type Turn, untilDone } from '../jobs/turn.ts';
import { type RotateDeps, rotation } from '../vault/rotate.ts';
import { currentKeyId, seal } from '../vault/vault.ts';
import { correctionContext, openCorrection } from './corrections.ts';

const corrections = rotation({
  table: correctionTable,
  id: correctionTable.id,
  keyId: correctionTable.keyId,
  read: ({ db }, where) => db.select().from(correctionTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, row) => {
    const { id } = row;
    const change = await openCorrection(deps, row);
    return deps.db
      .update(correctionTable)
      .set({
        changeSealed: await seal(deps, correctionContext(id), change),
        keyId: currentKeyId(deps),
      })
      .where(eq(correctionTable.id, id))
      .returning({ id: correctionTable.id });
  },
});

/** The part of the rotation job that moves what is sealed of corrections. Returns how many rows it moved. */
export const rotateCorrections = (deps: RotateDeps, turn: Turn = untilDone): Promise<number> =>
  corrections(deps, turn);
