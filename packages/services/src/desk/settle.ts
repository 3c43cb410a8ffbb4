import { accountTable, caseDecisionTable, caseTable, commit, staffTable } from '@shiming/db';
import {
  caseAfter,
  caseKinds,
  caseRule,
  causesOf,
  isSampled,
  type StandingDecision,
} from '@shiming/domain';
import { and, asc, eq, inArray, isNull, lte, notBetween, notInArray } from 'drizzle-orm';
import { accountRow } from '../account/account.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, systemCtx } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import { moveCase, stateOf } from '../cases/state.ts';
import { samePersonIds } from '../staff/person.ts';
import { isTooLate } from '../ticket/outcome.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { guardConsent, hasConsentFor } from '../cases/consent.ts';
import { effects } from './effects.ts';

/** That a decision can still be undone: a condition, by the index of the queue. Each look at the desk asks for what is due. */
export const isDeciding = and(
  inArray(caseTable.kind, [...caseKinds]),
  eq(caseTable.status, 'deciding'),
);

/**
 * The job that lets decisions take effect when they can no longer be undone: the case ends, goes back to its person,
 * or on to a second one, with the effect of its kind in the same transaction. Returns how many took effect. One that
 * somebody changed meanwhile waits for the next run. An approval that came too late is undone, and its case waits again.
 */
export async function settleCases(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'review');
  const nowMs = ctx.now();
  return workInSlices(turn, {
    read: async (leftIds) => {
      const due = await ctx.db
        .select({ row: caseTable, account: accountRow })
        .from(caseTable)
        .leftJoin(accountTable, eq(accountTable.id, caseTable.accountId))
        .where(
          and(
            isDeciding,
            notBetween(caseTable.settlesAtMs, nowMs + 1, nowMs + caseRule.settlesAtMostMs),
            hasConsentFor(ctx),
            notInArray(caseTable.id, [...leftIds]),
          ),
        )
        .orderBy(asc(caseTable.settlesAtMs))
        .limit(rowsPerSlice);
      if (due.length === 0) return [];
      const decisions = await standingDecisions(
        ctx,
        due.map(({ row }) => row.id),
      );
      return due.map(({ row, account }) => ({
        row,
        account,
        standing: decisions.filter((each) => each.caseId === row.id),
      }));
    },
    idOf: ({ row }) => row.id,
    work: async ({ row, account, standing }) => {
      const last = standing.find(({ round, stage }) => round === row.round && stage === row.stage);
      if (last === undefined) return false;
      const drawn = isSampled(await keyedHash(ctx, `review.sample:${row.id}`));
      const others = standing.filter((each) => each !== last);
      const before = stateOf(row, [...(await asPersons(ctx, last, others)), last]);
      const settled = caseAfter(before, { type: 'settle', isSampled: drawn, atMs: nowMs });
      if (typeof settled === 'string') return false;
      const isVoid = await isTooLate(ctx, row, settled);
      const state = isVoid ? caseAfter(before, { type: 'pause', atMs: nowMs }) : settled;
      if (typeof state === 'string') return false;
      const causes = causesOf(before, last, drawn);
      const isSecond = row.stage !== 'second' && state.stage === 'second';
      return unlessStale(
        commit(ctx.db, [
          // Withdrawn at this moment, it waits, paused.
          guardConsent(ctx, row, { code: 'request.stale' }),
          ...moveCase(ctx, row, state, isSecond ? { secondCauses: causes } : {}),
          ctx.db
            .update(caseDecisionTable)
            .set(isVoid ? { undoneAtMs: nowMs } : { settledAtMs: nowMs })
            .where(eq(caseDecisionTable.id, last.id)),
          ...(await effects[row.kind](ctx, { row, account, state })),
          ...(isVoid ? [record(ctx, 'review.paused', row.accountId, { case: row.id })] : []),
        ]),
      );
    },
  });
}

/** The decisions of requests that have not been undone, in the order in which they were made. */
const standingDecisions = ({ db }: Pick<Deps, 'db'>, caseIds: readonly string[]) =>
  db
    .select()
    .from(caseDecisionTable)
    .where(
      and(inArray(caseDecisionTable.caseId, [...caseIds]), isNull(caseDecisionTable.undoneAtMs)),
    )
    .orderBy(asc(caseDecisionTable.decidedAtMs));

/** Decisions of which those by another account of the person who made the last one are theirs, too. */
async function asPersons<D extends StandingDecision>(
  ctx: Ctx,
  last: StandingDecision,
  others: readonly D[],
): Promise<readonly D[]> {
  if (others.every(({ round }) => round === last.round)) return others;
  const [member] = await ctx.db.select().from(staffTable).where(eq(staffTable.id, last.reviewerId));
  if (member === undefined) return others;
  const [found] = await ctx.db.batch(await samePersonIds(ctx, member));
  const ids = new Set(found.map(({ id }) => id));
  return others.map((each) =>
    ids.has(each.reviewerId) ? { ...each, reviewerId: last.reviewerId } : each,
  );
}

/** The job that ends what was sent back and never came, and forgets drafts that nobody touches. */
export async function expireCases(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'review');
  const nowMs = ctx.now();
  return workInSlices(turn, {
    read: async (leftIds) =>
      ctx.db
        .select({ row: caseTable, account: accountRow })
        .from(caseTable)
        .leftJoin(accountTable, eq(accountTable.id, caseTable.accountId))
        .where(and(lte(caseTable.expiresAtMs, nowMs), notInArray(caseTable.id, [...leftIds])))
        .limit(rowsPerSlice),
    idOf: ({ row }) => row.id,
    work: async ({ row, account }) => {
      const state = caseAfter(stateOf(row), { type: 'expire', atMs: nowMs });
      if (typeof state === 'string') return false;
      return unlessStale(
        commit(ctx.db, [
          ...moveCase(ctx, row, state),
          ...(await effects[row.kind](ctx, { row, account, state })),
        ]),
      );
    },
  });
}
