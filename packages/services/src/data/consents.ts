import { commit, consentTable, guard } from '@shiming/db';
import type { WithdrawableConsent } from '@shiming/domain';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { notify } from '../notice/notify.ts';
import type { SignedIn } from '../session/session.ts';
import { hasLiveConsent } from './live-consent.ts';

type Input = { kind: WithdrawableConsent };

/**
 * PIPL 15: takes a consent back. From then on `verify` and the services refuse with `consent.required`; what was done
 * before stays as it is. The holder is told.
 *
 * @throws AppError request.stale where there is none to withdraw
 */
export async function withdrawConsent(
  ctx: Ctx,
  { account }: SignedIn,
  { kind }: Input,
): Promise<void> {
  await commit(ctx.db, [
    guard(ctx.db, hasLiveConsent(account.id, kind), { code: 'request.stale' }),
    ctx.db
      .update(consentTable)
      .set({ withdrawnAtMs: ctx.now() })
      .where(
        and(
          eq(consentTable.accountId, account.id),
          eq(consentTable.kind, kind),
          isNull(consentTable.withdrawnAtMs),
        ),
      ),
    record(ctx, 'consent.withdrawn', account.id, { kind }),
    ...(await notify(ctx, account, 'consent_withdrawn')),
  ]);
}

/**
 * Gives a consent again, to the notice as it is now.
 *
 * @throws AppError request.stale where it is given already
 */
export async function giveConsent(ctx: Ctx, { account }: SignedIn, { kind }: Input): Promise<void> {
  const version = ctx.portal.privacyNoticeVersion;
  await commit(ctx.db, [
    guard(ctx.db, sql`not ${hasLiveConsent(account.id, kind)}`, { code: 'request.stale' }),
    ctx.db.insert(consentTable).values({
      id: ctx.crypto.randomToken(12),
      accountId: account.id,
      kind,
      version,
      givenAtMs: ctx.now(),
    }),
    record(ctx, 'consent.given', account.id, { kind, version }),
  ]);
}
