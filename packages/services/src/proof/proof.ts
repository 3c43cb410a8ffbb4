import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';

/** A proof is good for this long: enough to read a code, too little for a session that was left open. */
export const proofValidMs = 10 * 60_000;

/**
 * A guard before everything that could take an account away from its holder: the session alone does not do.
 *
 * @throws AppError proof.required
 */
export function requireProof(ctx: Pick<Ctx, 'now'>, { provedAtMs }: SignedIn): void {
  refuseUnless(provedAtMs !== null && provedAtMs > ctx.now() - proofValidMs, {
    code: 'proof.required',
  });
}
