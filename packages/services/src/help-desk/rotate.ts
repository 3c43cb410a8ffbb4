import { commit, helpDeskChangeTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { isNot } from '../vault/rotate.ts';
import { currentKeyId, seal } from '../vault/vault.ts';
import { correctionContext, openCorrection } from './changes.ts';

const perRun = 100;

/** The part of the rotation job that moves what is sealed of corrections. Answers how many rows it moved. */
export async function rotateCorrections(
  deps: Pick<Deps, 'db' | 'crypto' | 'keys'>,
): Promise<number> {
  const keyId = currentKeyId(deps);
  const { db } = deps;
  const rows = await db
    .select()
    .from(helpDeskChangeTable)
    .where(isNot(helpDeskChangeTable.keyId, keyId))
    .limit(perRun);
  for (const row of rows) {
    const { id } = row;
    const change = await openCorrection(deps, row);
    await commit(db, [
      db
        .update(helpDeskChangeTable)
        .set({ changeSealed: await seal(deps, correctionContext(id), change), keyId })
        .where(eq(helpDeskChangeTable.id, id)),
    ]);
  }
  return rows.length;
}
