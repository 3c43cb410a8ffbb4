import { accountTable, authorisationTable, commit, guard, hasWritten } from '@shiming/db';
import { isStanding, lastDayOf } from '@shiming/domain';
import { and, eq, lte, notInArray } from 'drizzle-orm';
import { accountRow } from '../account/account.ts';
import { record } from '../audit/record.ts';
import { type Deps, inPortal, systemCtx } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { tellOfAuthorisation } from './tell.ts';

/**
 * The job that tells holders a day before that their authorisation is about to end, and closes what has ended. Whether one
 * stands never waits for it: that is a matter of its last day. Returns how many it worked on.
 */
export async function endAuthorisations(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const anywhere = systemCtx(deps, 'authorisations');
  const { db } = anywhere;
  return workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ row: authorisationTable, account: accountRow })
        .from(authorisationTable)
        .innerJoin(accountTable, eq(accountTable.id, authorisationTable.accountId))
        .where(
          and(
            lte(authorisationTable.lookAtMs, anywhere.now()),
            notInArray(authorisationTable.id, [...leftIds]),
          ),
        )
        .limit(rowsPerSlice),
    idOf: ({ row }) => row.id,
    work: async ({ row, account }) => {
      const ctx = inPortal(anywhere, row.portal);
      const stands = isStanding(row, ctx.now());
      const { id, untilMs } = row;
      return unlessStale(
        commit(db, [
          db
            .update(authorisationTable)
            .set(
              stands
                ? { lookAtMs: untilMs }
                : { lookAtMs: null, closedAtMs: ctx.now(), closedBy: 'last_day' },
            )
            .where(
              and(
                eq(authorisationTable.id, id),
                eq(authorisationTable.lookAtMs, row.lookAtMs ?? 0),
              ),
            ),
          guard(db, hasWritten, { code: 'request.stale' }),
          ...(stands
            ? await tellOfAuthorisation(ctx, account, 'authorisation_ends', {
                date: lastDayOf(untilMs),
              })
            : [record(ctx, 'authorisation.closed', account.id, { by: 'last_day' })]),
        ]),
      );
    },
  });
}
