import { sessionTable } from '@shiming/db';
import { eq } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Binding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { advanceSession, type SignedIn } from '../session/session.ts';

/** What a proof was given by. */
export type ProofWay = 'password' | 'code' | 'authority';

/** A code that proves who is at a session: it belongs to that session, and so to its account. */
export const proofCode = ({ sessionId }: Pick<SignedIn, 'sessionId'>): Binding => ({
  purpose: 'proof.code',
  subject: sessionId,
});

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

/**
 * Statements that mark a session as proved, under a new secret. Of several proofs at once all give the same cookie; a
 * session that was ended meanwhile stays ended.
 */
export async function giveProof(ctx: Ctx, signedIn: SignedIn, by: ProofWay) {
  const session = await advanceSession(ctx, signedIn);
  return {
    token: session.token,
    statements: [
      ...session.statements,
      ctx.db
        .update(sessionTable)
        .set({ provedAtMs: ctx.now() })
        .where(eq(sessionTable.id, signedIn.sessionId)),
      record(ctx, 'proof.given', signedIn.account.id, { by }),
    ],
  } as const;
}
