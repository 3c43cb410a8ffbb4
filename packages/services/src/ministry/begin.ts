import { commit } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { commitClaims, newClaim, release } from '../allowance/allowance.ts';
import { perAddress } from '../allowance/per-address.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';
import { endVisit, ministryOf, newVisit, type VisitPurpose } from './visit.ts';

/**
 * T-REG-15: the address at the ministry to which this browser goes, to sign in or to link the account that is signed in, and the
 * cookie by which it is known when it comes back. Where the ministry is away, nothing is kept or counted.
 *
 * @throws AppError ministry.unavailable, request.too_many, request.not_found
 */
export async function beginVisit(
  ctx: Ctx,
  { purpose }: { purpose: VisitPurpose },
): Promise<{ token: string; url: string }> {
  const ministry = ministryOf(ctx);
  const request = {
    redirectUri: `${ctx.address}/login/ministry`,
    state: ctx.crypto.randomToken(32),
    nonce: ctx.crypto.randomToken(32),
    verifier: ctx.crypto.randomToken(32),
  };
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const { id, token, statement } = await newVisit(ctx, purpose, request);
  const claim = newClaim(ctx, 'ministry.begin', address, [perAddress]);
  await commitClaims(ctx, [claim], [statement]);
  const begun = await ministry.begin(request);
  if (begun.outcome !== 'begun') {
    await commit(ctx.db, [release(ctx.db, claim.id, 'ministry_unavailable'), ...endVisit(ctx, id)]);
    throw new AppError({ code: 'ministry.unavailable' }, `ministry ${begun.code}`);
  }
  return { token, url: begun.url };
}
