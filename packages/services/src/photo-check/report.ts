import { casePhotoTable, caseTable, commit, guard, hasWritten, photoCheckTable } from '@shiming/db';
import { type DisputeReport, reportRetryMs, writeBase64 } from '@shiming/domain';
import { and, eq, lte, notInArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { guardConsent, hasConsentFor } from '../cases/consent.ts';
import type { CaseRow } from '../cases/state.ts';
import { type Ctx, type Deps, systemCtx } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { photoContext } from '../review/photo-store.ts';
import { openBytes } from '../vault/vault.ts';
import { dropPhoto } from './answer.ts';
import { openDispute } from './state.ts';

/** A statement that has the answer to a dispute sent to the authority, from now on. */
export const queueReport = ({ db, now }: Pick<Ctx, 'db' | 'now'>, { id }: Pick<CaseRow, 'id'>) =>
  db
    .update(photoCheckTable)
    .set({ reportStatus: 'waiting', reportNextAtMs: now() })
    .where(eq(photoCheckTable.caseId, id));

/** What the authority is sent: never more than the school has decided about. */
async function reportOf(ctx: Ctx, row: CaseRow): Promise<DisputeReport> {
  const { recordId, statement } = await openDispute(ctx, row);
  const { reason, field, value } = statement;
  const isCorrected = row.status === 'approved';
  const [own] = isCorrected
    ? await ctx.db
        .select({ photoId: casePhotoTable.photoId })
        .from(casePhotoTable)
        .where(eq(casePhotoTable.caseId, row.id))
    : [];
  const sealed = own === undefined ? null : await ctx.photos.get(own.photoId);
  return {
    id: row.id,
    recordId,
    outcome: isCorrected ? 'corrected' : 'upheld',
    reason,
    correction: isCorrected && field !== null && value !== null ? { field, value } : null,
    photo:
      own === undefined || sealed === null
        ? null
        : writeBase64(await openBytes(ctx, photoContext(own.photoId), sealed)),
  };
}

/** Since when the answer has waited that the authority has not taken for longest. */
export const reportsDueSince = (ctx: Pick<Deps, 'portal' | 'doors'>) =>
  sql`(select min(${photoCheckTable.reopenedAtMs}) from ${photoCheckTable} inner join ${caseTable} on ${caseTable.id} = ${photoCheckTable.caseId} where ${photoCheckTable.reportNextAtMs} is not null and ${hasConsentFor(ctx)})`;

/**
 * The job that sends the answers to disputes to the authority (S-REC-03). Each is taken before it is sent, by moving the time
 * of its next try, so it is neither lost with its sender nor sent by two; the authority takes one id once. An answer whose
 * person has withdrawn the consent waits. Returns how many were accepted and refused.
 */
export async function reportDisputes(
  deps: Deps,
  turn: Turn = untilDone,
): Promise<{ done: number; refused: number }> {
  const ctx = systemCtx(deps, 'reports');
  const { db, records: source } = ctx;
  if (source === null) return { done: 0, refused: 0 };
  let refused = 0;
  const done = await workInSlices(turn, {
    read: async (leftIds) =>
      db
        .select({ answer: photoCheckTable, row: caseTable })
        .from(photoCheckTable)
        .innerJoin(caseTable, eq(caseTable.id, photoCheckTable.caseId))
        .where(
          and(
            lte(photoCheckTable.reportNextAtMs, ctx.now()),
            hasConsentFor(ctx),
            notInArray(photoCheckTable.id, [...leftIds]),
          ),
        )
        .orderBy(photoCheckTable.reportNextAtMs)
        .limit(rowsPerSlice),
    idOf: ({ answer }) => answer.id,
    work: async ({ answer: { id, reportTries }, row }) => {
      const isIt = and(eq(photoCheckTable.id, id), eq(photoCheckTable.reportStatus, 'waiting'));
      const taken = await unlessStale(
        commit(db, [
          guardConsent(ctx, row, { code: 'request.stale' }),
          db
            .update(photoCheckTable)
            .set({
              reportTries: reportTries + 1,
              reportNextAtMs: ctx.now() + reportRetryMs(reportTries),
            })
            .where(and(isIt, eq(photoCheckTable.reportTries, reportTries))),
          guard(db, hasWritten, { code: 'request.stale' }),
        ]),
      );
      if (!taken) return false;
      const { outcome, rawCode: reportCode } = await source.reportDispute(await reportOf(ctx, row));
      if (outcome === 'unreachable') {
        await db.update(photoCheckTable).set({ reportCode }).where(isIt);
        return false;
      }
      const settled = await unlessStale(
        commit(db, [
          db
            .update(photoCheckTable)
            .set({ reportStatus: outcome, reportNextAtMs: sql`null`, reportCode })
            .where(isIt),
          guard(db, hasWritten, { code: 'request.stale' }),
          ...dropPhoto(ctx, row),
          record(
            ctx,
            outcome === 'accepted' ? 'dispute.reported' : 'dispute.report_refused',
            row.accountId,
            { case: row.id, rawCode: reportCode },
          ),
        ]),
      );
      if (settled && outcome === 'refused') refused += 1;
      return settled;
    },
  });
  return { done, refused };
}
