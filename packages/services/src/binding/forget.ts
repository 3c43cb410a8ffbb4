import { numberClaimTable, vouchTable } from '@shiming/db';
import { and, eq, isNotNull, lte, notInArray } from 'drizzle-orm';
import { isLiveClaim } from '../account/number-claims.ts';
import type { Deps } from '../context.ts';
import { rowsPerSlice, type Turn, untilDone, workInSlices } from '../jobs/turn.ts';

/**
 * The job that deletes the studies kept with a request for a claim that nobody has answered in time. Those of a claim
 * that has ended went with its end. Returns how many requests had some.
 */
export const forgetStudies = (
  { db, now }: Pick<Deps, 'db' | 'now'>,
  turn: Turn = untilDone,
): Promise<number> =>
  workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ id: vouchTable.id })
        .from(numberClaimTable)
        .innerJoin(vouchTable, eq(vouchTable.claimId, numberClaimTable.id))
        .where(
          and(
            isLiveClaim,
            isNotNull(vouchTable.studiesSealed),
            lte(vouchTable.expiresAtMs, now()),
            notInArray(vouchTable.id, [...leftIds]),
          ),
        )
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: async ({ id }) => {
      await db.update(vouchTable).set({ studiesSealed: null }).where(eq(vouchTable.id, id));
      return true;
    },
  });
