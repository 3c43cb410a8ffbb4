import { guard, numberClaimTable } from '@shiming/db';
import { toldClaimStatuses } from '@shiming/domain';
import { and, inArray, type SQL, sql } from 'drizzle-orm';
import { numberTaken } from '../account/create.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { newCaseNumber } from '../cases/number.ts';

/** A claim of an account that gives the number which another account has; `holderId` may be a query for that account. */
export const newNumberClaim = (
  ctx: Ctx,
  { accountId, holderId }: { accountId: string; holderId: string | SQL },
) => ({
  id: ctx.crypto.randomToken(12),
  claimNumber: newCaseNumber(ctx, ctx.now()),
  accountId,
  holderId,
  portal: ctx.portal.id,
  status: 'open' as const,
  createdAtMs: ctx.now(),
});

type NewNumberClaim = ReturnType<typeof newNumberClaim>;

/** The guard that no claim on the number of a holder is decided: until then nobody else claims it (S-DUP-01). */
export function guardNoneDecided({ db }: Pick<Ctx, 'db'>, holderId: string | SQL) {
  const told = db
    .select({ id: numberClaimTable.id })
    .from(numberClaimTable)
    .where(
      and(
        sql`${numberClaimTable.holderId} = ${holderId}`,
        inArray(numberClaimTable.status, [...toldClaimStatuses]),
      ),
    );
  return guard(db, sql`not exists ${told}`, { ...numberTaken, isInReview: true });
}

/** Statements that begin a claim, once its account is there. */
export const beginClaim = (ctx: Ctx, claim: NewNumberClaim) =>
  [
    ctx.db.insert(numberClaimTable).values(claim),
    record(ctx, 'number_claim.begun', claim.accountId, { claim: claim.id }),
  ] as const;
