import { caseNumberOf } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { randomDigits } from '../review/submit.ts';
import type { NumberClaim } from './claims.ts';

/** A claim of an account that is being created on the number that another has. */
export const newNumberClaim = (
  ctx: Ctx,
  { accountId, holderId }: Pick<NumberClaim, 'accountId' | 'holderId'>,
) => ({
  id: ctx.crypto.randomToken(12),
  claimNumber: caseNumberOf(ctx.now(), randomDigits(ctx)),
  accountId,
  holderId,
  portal: ctx.portal.id,
  status: 'open' as const,
  createdAtMs: ctx.now(),
});
