import { commit, numberClaimTable } from '@shiming/db';
import { and, eq, inArray } from 'drizzle-orm';
import { toldClaimStatuses } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';
import { changeClaim, claimQuery } from '../account/number-claims.ts';
import { tellOfClaim } from './tell.ts';

/**
 * The holder of a number says that it is theirs: from then on reviewers decide. Once is enough, and it cannot be taken back.
 *
 * @throws AppError number_claim.none, session.required, request.stale
 */
export async function objectToClaim(ctx: Ctx, signedIn: SignedIn): Promise<void> {
  const { account } = signedIn;
  const [found] = await claimQuery(ctx).where(
    and(
      eq(numberClaimTable.holderId, account.id),
      inArray(numberClaimTable.status, [...toldClaimStatuses]),
    ),
  );
  refuseUnless(found !== undefined && found.claim.objectedAtMs === null, {
    code: 'number_claim.none',
  });
  const { claim, claimant } = found;
  const isNoticed = claim.status === 'noticed';
  await commit(ctx.db, [
    guardSignedIn(ctx, signedIn),
    ...changeClaim(ctx, claim, {
      status: isNoticed ? 'open' : claim.status,
      objectedAtMs: ctx.now(),
    }),
    ...(isNoticed ? await tellOfClaim(ctx, claimant, 'number_claim_disputed') : []),
    record(ctx, 'number_claim.objected', account.id, { claim: claim.id }),
  ]);
}
