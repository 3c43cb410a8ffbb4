import {
  type AppErrorCode,
  type Bilingual,
  type Level,
  meetsLevel,
  type Need,
} from '@shiming/domain';
import { missingOf } from '../account/account.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

/** With what the gate answers where something is missing. */
const lacking = {
  identity: 'identity.required',
  profile: 'profile.incomplete',
  binding: 'binding.required',
} as const satisfies Record<Need, AppErrorCode>;

export type ServiceView = {
  id: string;
  name: Bilingual;
  summary: Bilingual;
  level: Level;
  /** Whether this person may go in, once they have agreed to it; `null` for somebody who is not signed in. */
  isOpen: boolean | null;
};

/** T-ENT-01: 网上办事, for everybody. */
export function listServices(ctx: Ctx, signedIn: SignedIn | null): ServiceView[] {
  return ctx.portal.services.map((service) => ({
    ...service,
    isOpen:
      signedIn === null
        ? null
        : meetsLevel(signedIn.level, service.level) &&
          signedIn.hasConsented &&
          signedIn.cancellationDueAtMs === null,
  }));
}

/**
 * T-ENT-03: the gate. Only somebody verified to the level that the service asks for gets through, who lets us process
 * the document number and has agreed to enter this service, and whose account is to stay.
 *
 * @throws AppError request.not_found, identity.required, profile.incomplete, binding.required,
 * account.closing, consent.required, service.not_verified
 */
export function enterService(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { serviceId: string },
): ServiceView {
  const service = ctx.portal.services.find(({ id }) => id === input.serviceId);
  refuseUnless(service !== undefined, { code: 'request.not_found' });
  const { level, hasConsented, services, cancellationDueAtMs } = signedIn;
  const [missing] = missingOf(ctx, signedIn);
  refuseUnless(missing === undefined, { code: lacking[missing ?? 'identity'] });
  refuseUnless(cancellationDueAtMs === null, { code: 'account.closing' });
  refuseUnless(hasConsented, { code: 'consent.required' });
  refuseUnless(meetsLevel(level, service.level), { code: 'service.not_verified' });
  refuseUnless(services.includes(service.id), { code: 'consent.required' });
  return { ...service, isOpen: true };
}
