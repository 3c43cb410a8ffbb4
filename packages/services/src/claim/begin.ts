import { numberClaimTable } from '@shiming/db';
import type { SQL } from 'drizzle-orm';
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

/** Statements that begin a claim, once its account is there. */
export const beginClaim = (ctx: Ctx, claim: NewNumberClaim) =>
  [
    ctx.db.insert(numberClaimTable).values(claim),
    record(ctx, 'number_claim.begun', claim.accountId, { claim: claim.id }),
  ] as const;
