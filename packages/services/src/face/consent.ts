import { guard } from '@shiming/db';
import { agreeTo, hasLiveConsent } from '../account/live-consent.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';

/**
 * The tick for faces alone.
 *
 * @throws AppError input.invalid
 */
export const requireTick = (hasAgreed: boolean): void =>
  refuseUnless(hasAgreed, { code: 'input.invalid', fields: { hasAgreed: 'consent.missing' } });

/** That the person consents to comparing faces. */
export const guardFaceConsent = (ctx: Ctx, accountId: string) =>
  guard(ctx.db, hasLiveConsent(ctx, accountId, 'face'), { code: 'consent.required' });

/** The statements that keep the consent to comparing faces, with the impact assessment that it rests on. */
export const agreeToFace = (ctx: Ctx, accountId: string) => [
  agreeTo(ctx, accountId, 'face'),
  record(ctx, 'consent.given', accountId, {
    kind: 'face',
    version: ctx.portal.privacyNoticeVersion,
    assessment: ctx.faces?.assessment ?? null,
  }),
];
