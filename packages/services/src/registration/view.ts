import {
  type ContactKind,
  contactIdentifiers,
  provedKindOf,
  startOfShanghaiDay,
} from '@shiming/domain';
import type { BatchResponse } from 'drizzle-orm/batch';
import { usedSince } from '../allowance/allowance.ts';
import { type CodeView, codesLeft, standingCode, viewCode } from '../challenge/standing.ts';
import type { Ctx } from '../context.ts';
import { contactHash } from '../vault/vault.ts';
import { newestScene, type SceneView, viewScene } from '../wechat/scene.ts';
import { checksQuery, type DraftCheckView, viewChecks } from './checks.ts';
import { codeBinding, type Registration, type RegistrationDraft, stepOf } from './draft.ts';

/** The contact that the code of a draft goes to; one without contacts counts as one with a mobile. */
const provedKind = ({ contact }: RegistrationDraft): ContactKind =>
  contact === null ? 'mobile' : provedKindOf(contact);

/** Statements that read what stands beside a draft, for the batch that changes it. */
export async function besideDraft(ctx: Ctx, { id, draft }: Pick<Registration, 'id' | 'draft'>) {
  const kind = provedKind(draft);
  const subject = draft.contact === null ? '' : await contactHash(ctx, kind, draft.contact[kind]);
  const { claim } = contactIdentifiers[kind];
  return [
    usedSince(ctx.db, claim, subject, startOfShanghaiDay(ctx.now())),
    standingCode(ctx, codeBinding({ id })),
    newestScene(ctx, 'registration', id),
    ...(await checksQuery(ctx, { id, draft })),
  ] as const;
}

/**
 * What stands beside a draft: how many codes its contact can still get today, the code and the QR code on their way, and
 * what came of the check.
 */
type Beside = {
  remainingToday: number;
  code: CodeView | null;
  scene: SceneView | null;
  verification: DraftCheckView | null;
};

/** What the statements of `besideDraft` have read. */
export function besideIn(
  ctx: Ctx,
  { draft }: Registration,
  [[today], [code], [scene], [checked]]: BatchResponse<Awaited<ReturnType<typeof besideDraft>>>,
): Beside {
  const rule = contactIdentifiers[provedKind(draft)].codeRule(ctx.portal);
  return {
    remainingToday: codesLeft(today, rule),
    code: viewCode(code, rule),
    scene: viewScene(scene),
    verification: viewChecks(ctx, checked),
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
    verification: beside.verification,
    agreementVersion: ctx.portal.agreementVersion,
  };
}

export type RegistrationView = ReturnType<typeof viewRegistration>;
