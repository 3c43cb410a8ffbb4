import { caseTable } from '@shiming/db';
import { caseAfter, type CaseState, openCaseStatuses } from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Effect } from '../cases/effect.ts';
import type { Ctx } from '../context.ts';
import { keepPhotos } from '../review/photo-store.ts';
import { changeClaim, claimOf } from '../account/number-claims.ts';
import { moveNumber } from './move.ts';
import { tellOfClaim } from './tell.ts';

const isClaimCase = eq(caseTable.kind, 'number_claim');

/** The case of an account's claim, the newest first: the statement (in a list of one). */
export const claimCases = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  [
    db
      .select()
      .from(caseTable)
      .where(and(eq(caseTable.accountId, accountId), sql`+${caseTable.kind} = 'number_claim'`))
      .orderBy(sql`${caseTable.createdAtMs} desc`)
      .limit(1),
  ] as const;

/** Statements that end the case of an account's claim, where one is open: there is nothing left to decide. */
export const endClaimCase = (ctx: Ctx, accountId: string) =>
  [
    ctx.db
      .update(caseTable)
      .set({
        status: 'withdrawn',
        holderId: null,
        leaseEndsAtMs: null,
        takenAtMs: null,
        assignedToId: null,
        settlesAtMs: null,
        expiresAtMs: null,
        endedAtMs: ctx.now(),
        version: sql`${caseTable.version} + 1`,
      })
      .where(
        and(
          eq(caseTable.accountId, accountId),
          isClaimCase,
          inArray(caseTable.status, [...openCaseStatuses]),
        ),
      ),
    keepPhotos(ctx, { id: '', accountId }),
  ] as const;

/** S-DUP-04: what the outcome of a claim's case does beside the case itself. */
export const numberClaimEffect: Effect = async (ctx, { row, account, state: { status } }) => {
  if (account === null) return [];
  const [found] = await claimOf(ctx, account.id)[0];
  if (found === undefined) return [];
  const { claim, claimant } = found;
  const ends = { endedAtMs: ctx.now() };
  const photos = keepPhotos(ctx, row);
  switch (status) {
    case 'approved':
      return [photos, ...(await moveNumber(ctx, found))];
    case 'rejected':
      return [
        photos,
        ...changeClaim(ctx, claim, { status: 'refused', ...ends }),
        ...(await tellOfClaim(ctx, claimant, 'number_claim_refused')),
        record(ctx, 'number_claim.refused', account.id, { claim: claim.id, case: row.id }),
      ];
    case 'returned':
      return [
        photos,
        ...(await tellOfClaim(ctx, claimant, 'number_claim_returned')),
        record(ctx, 'number_claim.returned', account.id, { claim: claim.id, case: row.id }),
      ];
    case 'expired':
      return [
        photos,
        ...changeClaim(ctx, claim, { status: 'withdrawn', ...ends }),
        record(ctx, 'number_claim.withdrawn', account.id, { claim: claim.id, case: row.id }),
      ];
    case 'draft':
    case 'waiting':
    case 'deciding':
    case 'withdrawn':
      return [];
  }
};

/** What a transition makes of the state of a claim's case; `null` where the table has no such edge. */
export const caseMoved = (...asked: Parameters<typeof caseAfter>): CaseState | null => {
  const state = caseAfter(...asked);
  return typeof state === 'string' ? null : state;
};
