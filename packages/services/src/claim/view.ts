import type { Ctx } from '../context.ts';
import { shanghaiDate } from '@shiming/domain';
import type { SignedIn } from '../session/session.ts';
import { claimOf, claimsOn, type FoundClaim } from './claims.ts';

const dateBefore = (endMs: number | null) => (endMs === null ? null : shanghaiDate(endMs - 1));

const stateOf = ({ claim }: FoundClaim) => ({
  status: claim.status,
  createdAtMs: claim.createdAtMs,
  noticedAtMs: claim.noticedAtMs,
  objectUntil: dateBefore(claim.objectUntilMs),
  objectedAtMs: claim.objectedAtMs,
  endedAtMs: claim.endedAtMs,
});

/**
 * S-DUP-03: where the claims on a number stand that an account has to do with: its own, and those on its own number. Neither
 * side reads who the other is.
 */
export async function viewNumberClaims(ctx: Ctx, { account }: SignedIn) {
  const [[own], others] = await ctx.db.batch([
    ...claimOf(ctx, account.id),
    ...claimsOn(ctx, account.id),
  ]);
  return {
    own:
      own === undefined
        ? null
        : {
            ...stateOf(own),
            claimNumber: own.claim.claimNumber,
            isVerified: own.isClaimantVerified,
          },
    onMine: others.map((each) => ({
      ...stateOf(each),
      canObject: each.claim.objectedAtMs === null && isTold(each),
    })),
  };
}

const isTold = ({ claim }: FoundClaim): boolean =>
  claim.status === 'noticed' || claim.status === 'in_review';

export type NumberClaimsView = Awaited<ReturnType<typeof viewNumberClaims>>;
