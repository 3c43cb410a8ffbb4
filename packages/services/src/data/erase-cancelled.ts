import {
  accountTable,
  type Batch,
  cancellationTable,
  commit,
  guard,
  personalTables,
  photoTable,
} from '@shiming/db';
import { and, asc, eq, lte, ne, notInArray, sql } from 'drizzle-orm';
import { numberIndexOf } from '../account/identifiers.ts';
import { record } from '../audit/record.ts';
import { tellServices } from '../account/tell-services.ts';
import { type Deps, systemCtx } from '../context.ts';
import { endConsentsOf } from '../guardian/end.ts';
import { clear, retentionKindOf } from '../jobs/clear.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';

/**
 * The job that deletes the accounts whose holders wanted it and did not stop it in time (X-07, PIPL 47). Each goes
 * in one transaction, unless it was stopped at that moment. Returns how many went.
 */
export async function eraseCancelled(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const { db } = deps;
  const nowMs = deps.now();
  const ctx = systemCtx(deps, 'retention');
  return workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({
          id: accountTable.id,
          // Of an account that was closed the number is another's.
          numberIndex:
            sql`case ${accountTable.status} when 'closed' then '' else ${numberIndexOf(accountTable.id)} end`.mapWith(
              String,
            ),
          dueAtMs: cancellationTable.dueAtMs,
        })
        .from(cancellationTable)
        .innerJoin(accountTable, eq(accountTable.id, cancellationTable.accountId))
        .where(
          and(
            lte(cancellationTable.dueAtMs, nowMs),
            // Somebody else may have asked for it.
            ne(accountTable.status, 'suspended'),
            notInArray(accountTable.id, [...leftIds]),
          ),
        )
        .orderBy(asc(cancellationTable.dueAtMs))
        .limit(rowsPerSlice),
    idOf: ({ id }) => id,
    work: async ({ dueAtMs, ...account }) => {
      const isDue = sql`exists (select 1 from ${cancellationTable} where ${cancellationTable.accountId} = ${account.id} and ${cancellationTable.dueAtMs} <= ${nowMs}) and exists (select 1 from ${accountTable} where ${accountTable.id} = ${account.id} and ${accountTable.status} <> 'suspended')`;
      const batch = [
        guard(db, isDue, { code: 'request.stale' }),
        // A guardian's consents end with the account.
        ...tellServices(ctx, account.id, [['purged']]),
        ...(await endConsentsOf(ctx, account.id)),
        ...personalTables.flatMap(({ table, of }) =>
          of === undefined
            ? []
            : [...clear(deps, retentionKindOf(table), dueAtMs, table, of(account))],
        ),
        // The photo itself is in the store, and its row goes when the photo has gone.
        db
          .update(photoTable)
          .set({ removeAfterMs: nowMs })
          .where(eq(photoTable.accountId, account.id)),
        record(ctx, 'account.erased', account.id),
      ];
      return unlessStale(commit(db, batch as unknown as Batch));
    },
  });
}
