import { challengeTable, recoveryTable, sessionTable, wechatSceneTable } from '@shiming/db';
import { and, eq, gt, inArray, or, sql } from 'drizzle-orm';
import { voidGiven } from '../challenge/challenge.ts';
import { contactCode, voidPendingChanges } from '../contact/change.ts';
import type { Ctx } from '../context.ts';
import { proofCode } from '../proof/proof.ts';
import { recoveryCode, recoveryLink } from '../recovery/begun.ts';
import { bindingCode } from '../wechat/binding.ts';
import { endScenes } from '../wechat/scene.ts';

/**
 * Statements that end everything that is on its way into an account: recoveries with their codes, links and QR codes;
 * the change of a contact that waits for its code; the WeChat that is being bound; codes that prove who is at a
 * session. They stand in each batch that secures an account. What takes something back stays: the code that undoes a
 * change of contact, and the link that stops a deletion.
 */
export function endPending(ctx: Ctx, accountId: string) {
  const nowMs = ctx.now();
  const recoveries = ctx.db
    .select({ id: recoveryTable.id })
    .from(recoveryTable)
    .where(eq(recoveryTable.accountId, accountId));
  const sessions = ctx.db
    .select({ id: sessionTable.id })
    .from(sessionTable)
    .where(eq(sessionTable.accountId, accountId));
  const { purpose, subject } = challengeTable;
  const link = recoveryLink(accountId);
  return [
    ctx.db
      .delete(challengeTable)
      .where(
        or(
          and(eq(purpose, recoveryCode('').purpose), inArray(subject, recoveries)),
          and(eq(purpose, proofCode({ sessionId: '' }).purpose), inArray(subject, sessions)),
        ),
      ),
    // A link that is spent stays for its day, to say that it was used.
    ctx.db
      .update(challengeTable)
      .set({ usedAtMs: sql`coalesce(${challengeTable.usedAtMs}, ${nowMs})` })
      .where(and(eq(purpose, link.purpose), eq(subject, link.subject))),
    ctx.db
      .update(wechatSceneTable)
      .set({ expiresAtMs: nowMs })
      .where(
        and(
          eq(wechatSceneTable.purpose, 'recovery'),
          inArray(wechatSceneTable.subject, recoveries),
          gt(wechatSceneTable.expiresAtMs, nowMs),
        ),
      ),
    ctx.db.delete(recoveryTable).where(eq(recoveryTable.accountId, accountId)),
    ...voidPendingChanges(ctx, accountId),
    ...voidGiven(ctx.db, contactCode(accountId)),
    endScenes(ctx, 'binding', accountId),
    ...voidGiven(ctx.db, bindingCode(accountId)),
  ] as const;
}
