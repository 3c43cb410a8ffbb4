import { commit } from '@shiming/db';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { endSessions, liveSessions, type SignedIn } from '../session/session.ts';

/** Ends the session that asks. */
export async function signOut(ctx: Ctx, { account, sessionId }: SignedIn): Promise<void> {
  await commit(ctx.db, [
    ...endSessions(ctx, account.id, { only: sessionId }),
    record(ctx, 'session.ended', account.id),
  ]);
}

/** Ends one session of one's own, for instance on a phone that is lost. One that is not there is no error. */
export async function endSession(
  ctx: Ctx,
  { account }: SignedIn,
  input: { sessionId: string },
): Promise<void> {
  await commit(ctx.db, [
    ...endSessions(ctx, account.id, { only: input.sessionId }),
    record(ctx, 'session.ended', account.id),
  ]);
}

/** Ends every session of one's own, this one too, and everything that was on its way into the account. */
export async function endAllSessions(ctx: Ctx, { account }: SignedIn): Promise<void> {
  await commit(ctx.db, [
    ...endSessions(ctx, account.id),
    ...endPending(ctx, account.id),
    record(ctx, 'session.all_ended', account.id),
  ]);
}

/** One's own sessions that live now. `isCurrent` marks the one that asks. */
export async function listSessions(ctx: Ctx, { account, sessionId }: SignedIn) {
  const sessions = await liveSessions(ctx, account.id);
  return sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
}
