import { maskName } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { countUnread } from '../notice/list.ts';
import { openIdentity } from '../account/account.ts';
import { splitSessionToken } from './kind.ts';
import { missedCookie, openSession, sessionById } from './session.ts';
import { standingOf, standingQuery } from './standing.ts';

/**
 * Who holds this cookie and until when, what was proved and what comes next; `null` for nobody. `sessionToken` is the
 * session's new cookie where its answer did not reach the browser, as when the page was loaded again meanwhile.
 */
export async function describeSession(ctx: Ctx, token: string | null) {
  const split = splitSessionToken(token);
  if (split === null) return null;
  const [found, [notices], [standing]] = await ctx.db.batch([
    sessionById(ctx, split.id),
    countUnread(ctx, split.id),
    standingQuery(ctx, split.id),
  ]);
  const signedIn = await openSession(ctx, found, split.secret);
  if (signedIn === null || standing === undefined) return null;
  const sessionToken = signedIn.isFormer ? await missedCookie(ctx, signedIn) : null;
  const { account, endsAtMs, cancellationDueAtMs, hasConsented, hasAgreed } = signedIn;
  const identity = await openIdentity(ctx, account);
  const session = {
    /** What a page that shows this says with each request. */
    drawnFrom: account.id,
    maskedName: maskName(identity.name),
    level: account.level,
    ...standingOf(ctx, signedIn, standing),
    isProfileComplete: account.profileSealed !== null,
    unread: notices?.unread ?? 0,
    cancellationDueAtMs,
    hasConsented,
    hasAgreed,
    endsAtMs,
  };
  return { session, sessionToken };
}
