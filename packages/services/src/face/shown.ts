import { faceCheckTable, guard, hasWritten } from '@shiming/db';
import { shownFaceMs } from '@shiming/domain';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/**
 * Statements that use, once, that an account has shown its face for something within ten minutes: for the batch of what it
 * allows. `about` is what the challenge was begun for. Refused with `proof.required`.
 */
export function spendShownFace(ctx: Pick<Ctx, 'db' | 'now'>, accountId: string, about: string) {
  return [
    ctx.db
      .update(faceCheckTable)
      .set({ spentAtMs: ctx.now() })
      .where(
        and(
          eq(faceCheckTable.accountId, accountId),
          eq(faceCheckTable.purpose, 'authorise'),
          eq(faceCheckTable.about, about),
          eq(faceCheckTable.status, 'matched'),
          gt(faceCheckTable.endedAtMs, ctx.now() - shownFaceMs),
          isNull(faceCheckTable.spentAtMs),
        ),
      ),
    guard(ctx.db, hasWritten, { code: 'proof.required' }),
  ] as const;
}
