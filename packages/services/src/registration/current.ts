import { startOfShanghaiDay } from '@shiming/domain';
import { challengeTable } from '@shiming/db';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { usedSince } from '../allowance/allowance.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';
import { newestScene, viewScene } from '../wechat/scene.ts';
import { codeBinding } from './send-code.ts';
import { findRegistration, stepOf } from './draft.ts';

/**
 * Where a registration stands, with what was given so far, for the browser that gave it; `null` when none
 * is on its way. The password is never given back.
 */
export async function currentRegistration(ctx: Ctx, token: string | null) {
  const registration = await findRegistration(ctx, token);
  if (registration === null) return null;
  const { document, contact, channel } = registration.draft;
  const rule = ctx.portal.codes.sms;
  const subject = contact === null ? '' : await subjectHash(ctx, 'mobile', contact.mobile);
  const binding = codeBinding(registration);
  const [[today], [code], [scene]] = await ctx.db.batch([
    usedSince(ctx.db, 'sms', subject, startOfShanghaiDay(ctx.now())),
    ctx.db
      .select({
        createdAtMs: challengeTable.createdAtMs,
        expiresAtMs: challengeTable.expiresAtMs,
        triesLeft: challengeTable.triesLeft,
      })
      .from(challengeTable)
      .where(
        and(
          eq(challengeTable.purpose, binding.purpose),
          eq(challengeTable.subject, binding.subject),
          isNull(challengeTable.usedAtMs),
        ),
      )
      .orderBy(desc(challengeTable.createdAtMs))
      .limit(1),
    newestScene(ctx, 'registration', registration.id),
  ]);
  return {
    /** What a page that shows this says with each step. */
    drawnFrom: `${registration.id}.${registration.version}`,
    step: stepOf(registration),
    identity: document,
    /** Of a child under 14: that a guardian's code was accepted for this number. */
    hasGuardian: Boolean(registration.draft.guardianConsentId),
    hasPassword: registration.draft.passwordHash !== null,
    contact,
    /** How the code was asked for last, and the QR code if by WeChat. */
    channel,
    scene: channel === 'wechat' ? viewScene(scene) : null,
    code:
      registration.status === 'code_sent' && code !== undefined
        ? {
            expiresAtMs: code.expiresAtMs,
            nextAtMs: code.createdAtMs + rule.gapMs,
            triesLeft: code.triesLeft,
          }
        : null,
    remainingToday: Math.max(0, rule.perDay - (today?.used ?? 0)),
    agreementVersion: ctx.portal.agreementVersion,
  };
}
