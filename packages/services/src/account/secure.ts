import {
  authorisationTable,
  challengeTable,
  contactChangeTable,
  recoveryTable,
  serviceTokenTable,
  sessionTable,
  wechatSceneTable,
} from '@shiming/db';
import type { ChallengePurpose } from '@shiming/domain';
import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/**
 * Statements that end everything that is on its way into an account: recoveries with their codes, links and QR codes;
 * the change of a contact that waits for its code; the WeChat that is being bound; codes that prove who is at a
 * session. An authorisation that is open is closed, since somebody else may have opened it, and so ends what services were
 * given by a sign-in. They stand in each batch that secures an account. What takes something back stays: the code that
 * undoes a change of contact, and the link that stops a deletion.
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
  const { purpose, subject, usedAtMs } = challengeTable;
  const isFor = (of: ChallengePurpose) => eq(purpose, of);
  const isUnused = and(eq(subject, accountId), isNull(usedAtMs));
  const scene = wechatSceneTable;
  return [
    ctx.db
      .delete(challengeTable)
      .where(
        or(
          and(isFor('recovery.code'), inArray(subject, recoveries)),
          and(isFor('proof.code'), inArray(subject, sessions)),
          and(isFor('contact.code'), isUnused),
          and(isFor('wechat.binding'), isUnused),
        ),
      ),
    // A link that is spent stays for its day, to say that it was used.
    ctx.db
      .update(challengeTable)
      .set({ usedAtMs: sql`coalesce(${usedAtMs}, ${nowMs})` })
      .where(and(isFor('recovery.link'), eq(subject, accountId))),
    ctx.db
      .update(scene)
      .set({ expiresAtMs: nowMs })
      .where(
        and(
          gt(scene.expiresAtMs, nowMs),
          or(
            and(eq(scene.purpose, 'recovery'), inArray(scene.subject, recoveries)),
            and(eq(scene.purpose, 'binding'), eq(scene.subject, accountId)),
          ),
        ),
      ),
    ctx.db.delete(recoveryTable).where(eq(recoveryTable.accountId, accountId)),
    ctx.db.delete(serviceTokenTable).where(eq(serviceTokenTable.accountId, accountId)),
    ctx.db
      .delete(contactChangeTable)
      .where(and(eq(contactChangeTable.accountId, accountId), isNull(contactChangeTable.doneAtMs))),
    ctx.db
      .update(authorisationTable)
      .set({ closedAtMs: nowMs, closedBy: 'secured', lookAtMs: null })
      .where(
        and(eq(authorisationTable.accountId, accountId), isNull(authorisationTable.closedAtMs)),
      ),
  ] as const;
}
