import type { Ctx } from '../context.ts';
import { findRecovery } from './begun.ts';
import { besideRecovery, type RecoveryView, viewRecovery } from './view.ts';

/** Where the recovery of a browser stands; `null` when none is on its way. */
export async function currentRecovery(
  ctx: Ctx,
  token: string | null,
): Promise<RecoveryView | null> {
  const recovery = await findRecovery(ctx, token);
  if (recovery === null) return null;
  return viewRecovery(ctx, recovery, await ctx.db.batch(await besideRecovery(ctx, recovery)));
}
