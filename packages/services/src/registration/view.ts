import { startOfShanghaiDay } from '@shiming/domain';
import type { BatchResponse } from 'drizzle-orm/batch';
import { usedSince } from '../allowance/allowance.ts';
import { type CodeView, codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { subjectHash } from '../vault/vault.ts';
import { newestScene, type SceneView, viewScene } from '../wechat/scene.ts';
import { codeBinding, type Registration, stepOf } from './draft.ts';

/** Statements that read what stands beside a draft, for the batch that changes it. */
export async function besideDraft(ctx: Ctx, { id, draft: { contact } }: Registration) {
  const subject = contact === null ? '' : await subjectHash(ctx, 'mobile', contact.mobile);
  return [
    usedSince(ctx.db, 'sms', subject, startOfShanghaiDay(ctx.now())),
    standingCode(ctx, codeBinding({ id })),
    newestScene(ctx, 'registration', id),
  ] as const;
}

/** What stands beside a draft: how many codes its number can still get today, the code and the QR code on their way. */
type Beside = { remainingToday: number; code: CodeView | null; scene: SceneView | null };

/** What the statements of `besideDraft` have read; nothing for a registration that begins. */
export function besideIn(
  { portal: { codes } }: Ctx,
  [[today], [code], [scene]]: BatchResponse<Awaited<ReturnType<typeof besideDraft>>> = [[], [], []],
): Beside {
  return {
    remainingToday: codesLeft(today, codes.sms),
    code: viewCode(code, codes.sms),
    scene: viewScene(scene),
  };
}

/** Where a registration stands, with what was given so far. The password is never given back. */
export function viewRegistration(ctx: Ctx, registration: Registration, beside: Beside) {
  const { document, contact, channel, guardianConsentId, passwordHash } = registration.draft;
  const step = stepOf(ctx, registration);
  return {
    /** What a page that shows this says with each step. */
    drawnFrom: `${registration.id}.${registration.version}`,
    step,
    identity: document,
    /** Of a child under 14: that a guardian's code was accepted for this number. */
    hasGuardian: Boolean(guardianConsentId),
    hasPassword: passwordHash !== null,
    contact,
    /** How the code was asked for last, and the QR code if by WeChat. */
    channel,
    scene: channel === 'wechat' ? beside.scene : null,
    code: step === 'code' ? beside.code : null,
    remainingToday: beside.remainingToday,
    agreementVersion: ctx.portal.agreementVersion,
  };
}

export type RegistrationView = ReturnType<typeof viewRegistration>;
