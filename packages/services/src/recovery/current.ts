import { challengeTable } from '@shiming/db';
import { maskEmail, maskMobile, startOfShanghaiDay } from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
import { usedSince } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import { openContact } from '../account/account.ts';
import { subjectHash } from '../vault/vault.ts';
import { bindingOf } from '../wechat/binding.ts';
import { newestScene, viewScene } from '../wechat/scene.ts';
import { findRecovery, recoveryCode } from './begun.ts';

/** T-PWD-03, T-PWD-04: where a recovery stands, with the masked number the code goes to and whether there is a WeChat; `null` when none is on its way. */
export async function currentRecovery(ctx: Ctx, token: string | null) {
  const recovery = await findRecovery(ctx, token);
  if (recovery === null) return null;
  const { mobile, email } = await openContact(ctx, recovery.account);
  const rule = ctx.portal.codes.sms;
  const { purpose, subject } = recoveryCode(recovery.id);
  const [[today], [code], [bound], [scene]] = await ctx.db.batch([
    usedSince(
      ctx.db,
      'sms',
      await subjectHash(ctx, 'mobile', mobile),
      startOfShanghaiDay(ctx.now()),
    ),
    ctx.db
      .select({
        createdAtMs: challengeTable.createdAtMs,
        expiresAtMs: challengeTable.expiresAtMs,
        triesLeft: challengeTable.triesLeft,
      })
      .from(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, purpose),
          eq(challengeTable.subject, subject),
          isNull(challengeTable.usedAtMs),
        ),
      ),
    bindingOf(ctx, recovery.account.id),
    newestScene(ctx, 'recovery', recovery.id),
  ]);
  return {
    /** What a page that shows this says with each step. */
    drawnFrom: recovery.id,
    maskedMobile: maskMobile(mobile),
    maskedEmail: maskEmail(email),
    hasWeChat: bound !== undefined,
    scene: viewScene(scene),
    code:
      code === undefined
        ? null
        : {
            expiresAtMs: code.expiresAtMs,
            nextAtMs: code.createdAtMs + rule.gapMs,
            triesLeft: code.triesLeft,
          },
    remainingToday: Math.max(0, rule.perDay - (today?.used ?? 0)),
  };
}
