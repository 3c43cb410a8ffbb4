import { challengeTable, recoveryTable } from '@shiming/db';
import { and, eq, inArray } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { recoveryCode, recoveryLink } from './begun.ts';

/** Statements that void every recovery of an account that is on its way, with its codes and links. */
export function voidRecoveries(ctx: Pick<Ctx, 'db' | 'now'>, accountId: string) {
  const ofAccount = ctx.db
    .select({ id: recoveryTable.id })
    .from(recoveryTable)
    .where(eq(recoveryTable.accountId, accountId));
  const link = recoveryLink(accountId);
  return [
    ctx.db
      .delete(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, recoveryCode('').purpose),
          inArray(challengeTable.subject, ofAccount),
        ),
      ),
    // A link that is spent stays for its day, to say that it was used.
    ctx.db
      .update(challengeTable)
      .set({ usedAtMs: ctx.now() })
      .where(
        and(eq(challengeTable.purpose, link.purpose), eq(challengeTable.subject, link.subject)),
      ),
    ctx.db.delete(recoveryTable).where(eq(recoveryTable.accountId, accountId)),
  ] as const;
}
