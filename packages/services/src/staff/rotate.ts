import { commit, staffTable } from '@shiming/db';
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Deps } from '../context.ts';
import { hasOtherKey, isNot } from '../vault/rotate.ts';
import { currentKeyId, open, seal } from '../vault/vault.ts';
import { openStaffPerson, personColumns, totpContext } from './person.ts';

const perRun = 100;

/** The part of the rotation job that moves what is sealed of the staff. Answers how many rows it moved. */
export async function rotateStaff(deps: Pick<Deps, 'db' | 'crypto' | 'keys'>): Promise<number> {
  const keyId = currentKeyId(deps);
  const { db } = deps;
  const [indexKey] = deps.keys.index;
  const found = await db.batch([
    db.select().from(staffTable).where(isNot(staffTable.keyId, keyId)).limit(perRun),
    db
      .select()
      .from(staffTable)
      .where(hasOtherKey(staffTable.numberIndex, indexKey.id))
      .limit(perRun),
    db
      .select()
      .from(staffTable)
      // Rows from before there was an index of the address have none.
      .where(or(isNull(staffTable.emailIndex), hasOtherKey(staffTable.emailIndex, indexKey.id)))
      .limit(perRun),
  ]);
  const members = [...new Map(found.flat().map((row) => [row.id, row])).values()];
  for (const member of members) {
    const { id, totpSealed } = member;
    const person = await openStaffPerson(deps, member);
    await commit(db, [
      db
        .update(staffTable)
        .set({
          ...(await personColumns(deps, id, person)),
          totpSealed:
            totpSealed &&
            (await seal(
              deps,
              totpContext(id),
              await open<string>(deps, totpContext(id), totpSealed),
            )),
          keyId,
          // Not raised: nothing that anybody manages is another than before.
        })
        .where(and(eq(staffTable.id, id), eq(staffTable.version, member.version))),
    ]);
  }
  return members.length;
}
