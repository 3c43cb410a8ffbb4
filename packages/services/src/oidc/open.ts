import type { Ctx } from '../context.ts';
import { enterService, type ServiceView } from '../entry/services.ts';
import type { SignedIn } from '../session/session.ts';
import { findStartUri } from './clients.ts';

/**
 * T-ENT-04: the gate, and where the service itself signs people in, once it is open; `null` where the service is not connected.
 *
 * @throws AppError as `enterService`
 */
export async function openService(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { serviceId: string },
): Promise<ServiceView & { startUri: string | null }> {
  const service = enterService(ctx, signedIn, input);
  return { ...service, startUri: await findStartUri(ctx, service.id) };
}
