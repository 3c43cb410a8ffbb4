import { maskEmail, maskMobile, startOfShanghaiDay } from '@shiming/domain';
import type { BatchResponse } from 'drizzle-orm/batch';
import { identifierQuery } from '../account/identifiers.ts';
import { isProvedOf, openContact } from '../account/account.ts';
import { usedSince } from '../allowance/allowance.ts';
import { type CodeView, codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';
import { newestScene, viewScene } from '../wechat/scene.ts';
import { type Recovery, recoveryCode } from './begun.ts';

/** Statements that read what stands beside a recovery, for the batch that changes it. */
export async function besideRecovery(ctx: Ctx, { id, account }: Recovery) {
  const { mobile } = await openContact(ctx, account);
  const subject = await subjectHash(ctx, 'mobile', mobile);
  return [
    usedSince(ctx.db, 'sms', subject, startOfShanghaiDay(ctx.now())),
    standingCode(ctx, recoveryCode(id)),
    identifierQuery(ctx, account.id, 'wechat'),
    newestScene(ctx, 'recovery', id),
  ] as const;
}

type Rows = BatchResponse<Awaited<ReturnType<typeof besideRecovery>>>;

/**
 * T-PWD-03, T-PWD-04: where a recovery stands, with the masked contacts, whether there is a WeChat, and what is on its
 * way. `sent` is what the sending of a code has come to, which the rows were read before.
 */
export async function viewRecovery(
  ctx: Ctx,
  { id, account }: Recovery,
  [[today], [code], [bound], [scene]]: Rows,
  sent?: { code: CodeView | null; remainingToday: number },
) {
  const { mobile, email } = await openContact(ctx, account);
  const rule = ctx.portal.codes.sms;
  return {
    /** What a page that shows this says with each step. */
    drawnFrom: id,
    maskedMobile: maskMobile(mobile),
    maskedEmail: maskEmail(email),
    /** A number that nobody has proved gets no code (T-REG-13a). */
    isMobileProved: isProvedOf(account).mobile,
    hasWeChat: bound !== undefined,
    scene: viewScene(scene),
    code: viewCode(code, rule),
    remainingToday: codesLeft(today, rule),
    ...sent,
  };
}

export type RecoveryView = Awaited<ReturnType<typeof viewRecovery>>;
