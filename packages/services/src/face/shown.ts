import { faceCheckTable, guard, hasWritten } from '@shiming/db';
import { type FacePurpose, shownFaceMs } from '@shiming/domain';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/** That an account has shown its face for something within ten minutes, and did not use that. */
export const isShown = (
  { now }: Pick<Ctx, 'now'>,
  { accountId, about, purpose }: { accountId: string; about: string; purpose: FacePurpose },
) =>
  and(
    eq(faceCheckTable.accountId, accountId),
    eq(faceCheckTable.purpose, purpose),
    eq(faceCheckTable.about, about),
    // By the index of the account.
    sql`+${faceCheckTable.status} = 'matched'`,
    gt(faceCheckTable.endedAtMs, now() - shownFaceMs),
    isNull(faceCheckTable.spentAtMs),
  );

/**
 * Statements that use, once, that an account has shown its face for something within ten minutes: for the batch of what it
 * allows. `about` is what the challenge was begun for. Refused with `proof.required`.
 */
export function spendShownFace(
  ctx: Pick<Ctx, 'db' | 'now'>,
  accountId: string,
  about: string,
  purpose: FacePurpose = 'authorise',
) {
  return [
    ctx.db
      .update(faceCheckTable)
      .set({ spentAtMs: ctx.now() })
      .where(isShown(ctx, { accountId, about, purpose })),
    guard(ctx.db, hasWritten, { code: 'proof.required' }),
  ] as const;
}
