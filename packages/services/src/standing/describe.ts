import { maskName, needsGuardian } from '@shiming/domain';
import { type Ctx, today } from '../context.ts';
import { findIdentity, openProfile } from '../account/account.ts';
import { stopWithoutGuardian } from '../guardian/end.ts';
import { splitToken } from '../session/bearer.ts';
import { missedCookie, openSession } from '../session/session.ts';
import { findStanding, standingOf } from './standing.ts';

/**
 * The person who holds this cookie, until when, what was proved and what comes next; `null` for nobody. `sessionToken` is the
 * session's new cookie where its answer did not reach the browser, as when the page was loaded again meanwhile. A child
 * under 14 for whom no guardian has consented is asked from here on.
 */
export async function describeSession(ctx: Ctx, token: string | null) {
  const split = splitToken(token);
  if (split === null) return null;
  const [found] = await findStanding(ctx, split.id);
  const signedIn = await openSession(ctx, found, split.secret);
  if (found === undefined || signedIn === null) return null;
  const sessionToken = signedIn.isFormer ? await missedCookie(ctx, signedIn) : null;
  const { account, endsAtMs, cancellationDueAtMs, hasAgreed } = signedIn;
  const identity = await findIdentity(ctx, account);
  const birthDate = identity?.birthDate ?? (await openProfile(ctx, account))?.birthDate ?? null;
  const isStopped =
    signedIn.hasConsented &&
    found.hasGuardian === 0 &&
    needsGuardian(ctx.portal, birthDate, today(ctx));
  if (isStopped) await stopWithoutGuardian(ctx, account);
  const hasConsented = signedIn.hasConsented && !isStopped;
  const session = {
    /** What a page that shows this says with each request. */
    drawnFrom: account.id,
    maskedName: maskName(identity?.name ?? ''),
    level: signedIn.level,
    ...standingOf(ctx, { ...signedIn, hasConsented }, found),
    unread: found.unread,
    /** Requests in the inbox that were not seen. */
    unseen: found.unseen,
    cancellationDueAtMs,
    hasConsented,
    hasAgreed,
    endsAtMs,
  };
  return { session, sessionToken };
}
