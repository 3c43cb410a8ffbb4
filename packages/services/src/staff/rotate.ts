import { staffTable } from '@shiming/db';
import { and, eq, isNull } from 'drizzle-orm';
import { rowsPerSlice, type Turn, untilDone } from '../jobs/turn.ts';
import { type RotateDeps, rotation } from '../vault/rotate.ts';
import { currentKeyId, open, seal } from '../vault/vault.ts';
import { openStaffPerson, personColumns, totpContext } from './person.ts';

const staff = rotation({
  table: staffTable,
  id: staffTable.id,
  keyId: staffTable.keyId,
  indexes: [staffTable.numberIndex, staffTable.emailIndex],
  // Rows from before there was an index of the address have none.
  isIncomplete: isNull(staffTable.emailIndex),
  read: ({ db }, where) => db.select().from(staffTable).where(where).limit(rowsPerSlice),
  idOf: ({ id }) => id,
  move: async (deps, member) => {
    const { id, totpSealed } = member;
    const person = await openStaffPerson(deps, member);
    return (
      deps.db
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
          keyId: currentKeyId(deps),
        })
        // The version is not raised: nothing that anybody manages is another than before.
        .where(and(eq(staffTable.id, id), eq(staffTable.version, member.version)))
        .returning({ id: staffTable.id })
    );
  },
});

/** The part of the rotation job that moves what is sealed of the staff. Returns how many rows it moved. */
export const rotateStaff = (deps: RotateDeps, turn: Turn = untilDone): Promise<number> =>
  staff(deps, turn);
