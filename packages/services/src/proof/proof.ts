import { guard, sessionTable } from '@shiming/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Binding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { rotateSession, type SignedIn } from '../session/session.ts';

/** What a proof was given by. */
export type ProofWay = 'password' | 'code' | 'authority';

/** A code that proves who is at a session: it belongs to that session, and so to its account. */
export const proofCode = ({ sessionId }: SignedIn): Binding => ({
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
 * Statements that mark a session as proved, under a new secret. Of several proofs at once one wins, so the browser
 * holds the cookie that is good; a session that was ended meanwhile stays ended.
 */
export async function giveProof(
  ctx: Ctx,
  { account, sessionId, provedAtMs }: SignedIn,
  by: ProofWay,
) {
  const session = await rotateSession(ctx, sessionId);
  const asRead = ctx.db
    .select({ id: sessionTable.id })
    .from(sessionTable)
    .where(
      and(
        eq(sessionTable.id, sessionId),
        isNull(sessionTable.endedAtMs),
        sql`${sessionTable.provedAtMs} is ${provedAtMs}`,
      ),
    );
  return {
    token: session.token,
    statements: [
      guard(ctx.db, sql`exists ${asRead}`, { code: 'request.stale' }),
      session.statement,
      ctx.db
        .update(sessionTable)
        .set({ provedAtMs: ctx.now() })
        .where(eq(sessionTable.id, sessionId)),
      record(ctx, 'proof.given', account.id, { by }),
    ],
  } as const;
}
