import { caseDecisionTable, caseTable, photoCheckTable } from '@shiming/db';
import { activeCaseStatuses, type CaseKind, caseKinds, caseSpecs } from '@shiming/domain';
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { recordCasesWhere } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { keepPhotos } from './photo-store.ts';

/** The kinds of cases that go on with a consent alone. */
const consented = caseKinds.filter((kind) => caseSpecs[kind].consents !== null);

/** The `+` keeps it from the index of the queue. */
const isOfKind = (kinds: readonly CaseKind[]) => sql`+${caseTable.kind} in ${[...kinds]}`;

/**
 * X-06a: statements that stop what waits for a decision on an account, at one portal or at all, as the event `pause` of the table says: nobody
 * still has it on the screen, and a decision that has not taken effect is undone, but for the doubt that it said.
 */
export function pauseReview(
  ctx: Ctx,
  accountId: string,
  portal?: string,
  kinds: readonly CaseKind[] = consented,
) {
  const { db } = ctx;
  const request = caseTable;
  const waits = and(
    eq(request.accountId, accountId),
    portal === undefined ? undefined : eq(request.portal, portal),
    isOfKind(kinds),
    inArray(request.status, ['waiting', 'deciding']),
  );
  const { caseId, round, stage } = caseDecisionTable;
  const decided = sql`(${caseId}, ${round}, ${stage}) in (select ${request.id}, ${request.round}, ${request.stage} from ${request} where ${and(
    waits,
    eq(request.status, 'deciding'),
  )})`;
  return [
    db
      .update(caseDecisionTable)
      .set({ undoneAtMs: ctx.now() })
      .where(and(isNull(caseDecisionTable.undoneAtMs), decided)),
    recordCasesWhere(ctx, 'review.paused', waits),
    db
      .update(request)
      .set({
        status: 'waiting',
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        settlesAtMs: null,
        flags: sql`case
          when ${request.status} = 'deciding' and ${request.stage} = 'first' and ${request.flags} not like '%"face_doubted_before"%'
          then replace(${request.flags}, '"face_doubtful"', '"face_doubted_before"') else ${request.flags} end`,
        version: sql`${request.version} + 1`,
      })
      .where(waits),
  ] as const;
}

/** Statements that end the reviews of an account that is closed: its draft, and what waits or was sent back. */
export function endReviews(ctx: Ctx, accountId: string) {
  const isActive = and(
    eq(caseTable.accountId, accountId),
    isOfKind(consented),
    inArray(caseTable.status, [...activeCaseStatuses]),
  );
  return [
    ...pauseReview(ctx, accountId),
    recordCasesWhere(ctx, 'review.withdrawn', and(isActive, isNotNull(caseTable.caseNumber))),
    ctx.db
      .update(caseTable)
      .set({
        status: 'withdrawn',
        assignedToId: null,
        expiresAtMs: null,
        endedAtMs: ctx.now(),
        version: sql`${caseTable.version} + 1`,
      })
      .where(isActive),
    keepPhotos(ctx, { id: '', accountId }),
    // Restored, the account answers its photo checks again.
    ctx.db
      .update(photoCheckTable)
      .set({ reopenedAtMs: ctx.now() })
      .where(
        and(
          eq(photoCheckTable.accountId, accountId),
          eq(photoCheckTable.answer, 'disputed'),
          isNull(photoCheckTable.reopenedAtMs),
        ),
      ),
  ] as const;
}
