import { accountTable, commit, guard, isUniqueViolation, numberClaimTable } from '@shiming/db';
import { dueAfterWorkingDays, numberClaimStep } from '@shiming/domain';
import { and, eq, isNotNull, isNull, lte, ne, not, notInArray, or, sql } from 'drizzle-orm';
import { type Account, guardAccountUnchanged } from '../account/account.ts';
import { record } from '../audit/record.ts';
import { type Ctx, type Deps, inPortal, systemCtx } from '../context.ts';
import { rowsPerSlice, type Turn, unlessStale, untilDone, workInSlices } from '../jobs/turn.ts';
import {
  changeClaim,
  claimQuery,
  factsOf,
  type FoundClaim,
  isClaimantVerified,
  isHeld,
  isLiveClaim,
  isWon,
} from '../account/number-claims.ts';
import { endClaimCase } from './case.ts';
import { holderOf, moveNumber, ownerOf } from './move.ts';
import { tellOfClaim } from './tell.ts';

/** Which claims have something due; what that is, `numberClaimStep` says. */
function isDue(ctx: Ctx) {
  const { status, objectedAtMs, objectUntilMs, holderId } = numberClaimTable;
  const hasTold = sql`exists (select 1 from ${numberClaimTable} as "told" where "told"."holder_id" = ${holderId} and "told"."status" in ('noticed', 'in_review'))`;
  return and(
    isLiveClaim,
    // A claimant who is suspended waits.
    ne(accountTable.status, 'suspended'),
    or(
      eq(accountTable.status, 'closed'),
      not(isHeld),
      and(eq(status, 'open'), isNull(objectedAtMs), isWon(ctx), not(hasTold)),
      and(
        eq(status, 'noticed'),
        or(sql`not (${isWon(ctx)})`, isNotNull(objectedAtMs), lte(objectUntilMs, ctx.now())),
      ),
    ),
  );
}

/**
 * The job of claims on a number: tells the holder of a claim whose claimant a check or a classmate has confirmed, hands it to reviewers where the
 * holder objects, is verified too or is suspended, and moves the number when nobody has objected in time (T-REG-16a). Returns how many went a
 * step on. A claim on a number that another account has got meanwhile is one against that account. What changes at that moment, on either side, is looked at again in the next run.
 */
export async function settleNumberClaims(deps: Deps, turn: Turn = untilDone): Promise<number> {
  const ctx = systemCtx(deps, 'number_claims');
  return workInSlices(turn, {
    read: async (leftIds) =>
      claimQuery(ctx)
        .where(and(isDue(ctx), notInArray(numberClaimTable.id, [...leftIds])))
        // A number that is free goes to a claimant of whom the holder has a notice, then to one who is verified.
        .orderBy(
          eq(numberClaimTable.status, 'open'),
          not(isClaimantVerified(ctx)),
          numberClaimTable.createdAtMs,
        )
        .limit(rowsPerSlice),
    idOf: ({ claim }) => claim.id,
    work: (found) => unlessStale(takeStep(ctx, found)),
  });
}

async function takeStep(ctx: Ctx, found: FoundClaim): Promise<void> {
  const { claim, claimant } = found;
  switch (numberClaimStep(factsOf(found), ctx.now())) {
    case 'move': {
      const owner = found.isHeld ? null : await ownerOf(ctx, claimant);
      await commit(ctx.db, [
        ...guardWon(ctx, found),
        ...(owner === null ? await moveNumber(ctx, found) : await turnTo(ctx, found, owner)),
        ...endClaimCase(ctx, claimant.id),
      ]);
      return;
    }
    case 'notify':
      await tellHolder(ctx, found);
      return;
    case 'dispute':
      await commit(ctx.db, [
        // What has stopped the claim may end: then the holder gets another notice, with the whole time to object.
        ...changeClaim(ctx, claim, { status: 'open', objectUntilMs: null }),
        ...(await tellOfClaim(ctx, claimant, 'number_claim_disputed')),
        record(ctx, 'number_claim.disputed', claimant.id, { claim: claim.id }),
      ]);
      return;
    case 'withdraw':
      await commit(ctx.db, [
        ...changeClaim(ctx, claim, { status: 'withdrawn', endedAtMs: ctx.now() }),
        ...endClaimCase(ctx, claimant.id),
        record(ctx, 'number_claim.withdrawn', claimant.id, { claim: claim.id }),
      ]);
      return;
    case null:
  }
}

/** The guard that what speaks for the claimant still does, where it takes the number: a classmate can take it back at this moment. */
function guardWon(ctx: Ctx, { claim: { id }, isHeld: takes }: FoundClaim) {
  const won = ctx.db
    .select({ id: numberClaimTable.id })
    .from(numberClaimTable)
    .innerJoin(accountTable, eq(accountTable.id, numberClaimTable.accountId))
    .where(and(eq(numberClaimTable.id, id), takes ? isWon(ctx) : undefined));
  return [guard(ctx.db, sql`exists ${won}`, { code: 'request.stale' })] as const;
}

/** Statements that turn a claim against the account that has got the number meanwhile, by another claim or a registration. */
const turnTo = async (ctx: Ctx, { claim, claimant }: FoundClaim, owner: Account) =>
  [
    ...changeClaim(ctx, claim, {
      holderId: owner.id,
      status: 'open',
      noticedAtMs: null,
      objectUntilMs: null,
      objectedAtMs: null,
    }),
    guardAccountUnchanged(ctx, owner),
    ...(claim.status === 'open' ? [] : await tellOfClaim(ctx, claimant, 'number_claim_disputed')),
    record(ctx, 'number_claim.begun', claimant.id, { claim: claim.id }),
  ] as const;

/** Both accounts have to be as they were read: a holder who is verified at this moment gets no notice of a claim that they have won. */
async function tellHolder(ctx: Ctx, { claim, claimant }: FoundClaim): Promise<void> {
  const holder = await holderOf(ctx, claim);
  if (holder === null) return;
  const nowMs = ctx.now();
  const { objectWorkingDays } = inPortal(ctx, holder.portal).portal.numberClaims;
  const until = dueAfterWorkingDays(nowMs, objectWorkingDays);
  try {
    await commit(ctx.db, [
      ...changeClaim(ctx, claim, {
        status: 'noticed',
        noticedAtMs: nowMs,
        objectUntilMs: until.endMs,
      }),
      guardAccountUnchanged(ctx, claimant),
      guardAccountUnchanged(ctx, holder),
      ...(await tellOfClaim(ctx, holder, 'number_claimed', {
        date: until.date,
      })),
      record(ctx, 'number_claim.noticed', holder.id, { claim: claim.id }),
    ]);
  } catch (error) {
    // Another claim on the same number came first.
    if (!isUniqueViolation(error, 'number_claim.holder_id')) throw error;
  }
}
