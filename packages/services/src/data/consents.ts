import { commit, consentTable, guard } from '@shiming/db';
import type { WithdrawableConsent } from '@shiming/domain';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { birthDateOf } from '../guardian/child.ts';
import { guardianStatements } from '../guardian/use.ts';
import { notify } from '../notice/notify.ts';
import { openIdentity } from '../account/account.ts';
import { pauseReview } from '../review/pause.ts';
import type { SignedIn } from '../session/session.ts';
import { hasLiveConsent } from './live-consent.ts';

/** Giving is limited, taking back never: whoever has given may always withdraw (PIPL 15). */
const perDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

type Input = { kind: WithdrawableConsent };

/**
 * PIPL 15: takes a consent back. From then on `verify` and the services refuse with `consent.required`, and a review
 * that waits is looked at and decided by nobody; what was done before stays as it is. The holder is told.
 *
 * @throws AppError request.stale where there is none to withdraw
 */
export async function withdrawConsent(
  ctx: Ctx,
  { account }: SignedIn,
  { kind }: Input,
): Promise<void> {
  await commit(ctx.db, [
    guard(ctx.db, hasLiveConsent(ctx, account.id, kind), { code: 'request.stale' }),
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
    ...pauseReview(ctx, account.id),
    record(ctx, 'consent.withdrawn', account.id, { kind }),
    ...(await notify(ctx, account, 'consent_withdrawn')),
  ]);
}

/**
 * Gives a consent, again or for the first time, to the notice as it is now. Whoever has not agreed to the agreement
 * yet (T-REG-14), because the account came from an older system, does so here: without it nothing is opened to them.
 *
 * For somebody under 14 it takes a guardian's consent that stands, or a guardian's code (PIPL 31).
 *
 * @throws AppError input.invalid (the agreement), guardian.required, guardian.code_refused, request.too_many, request.stale where the consent is given already
 */
export async function giveConsent(
  ctx: Ctx,
  { account, hasAgreed }: SignedIn,
  input: Input & { hasAgreed: boolean; guardianCode?: string | undefined },
): Promise<void> {
  const { kind } = input;
  refuseUnless(hasAgreed || input.hasAgreed, {
    code: 'input.invalid',
    fields: { hasAgreed: 'agreement.missing' },
  });
  const { agreementVersion, privacyNoticeVersion } = ctx.portal;
  const agreement = { kind: 'agreement', version: agreementVersion } as const;
  const given = [{ kind, version: privacyNoticeVersion }, ...(hasAgreed ? [] : [agreement])];
  const { number } = await openIdentity(ctx, account);
  const birthDate = await birthDateOf(ctx, account);
  const child = { accountId: account.id, number, birthDate };
  const guardian = await guardianStatements(ctx, child, input.guardianCode);
  const claim = newClaim(ctx, 'consent', account.id, [perDay]);
  await commitClaims(
    ctx,
    [claim],
    [
      guard(ctx.db, sql`not ${hasLiveConsent(ctx, account.id, kind)}`, { code: 'request.stale' }),
      ...guardian,
      ctx.db.insert(consentTable).values(
        given.map((each) => ({
          id: ctx.crypto.randomToken(12),
          accountId: account.id,
          ...each,
          givenAtMs: ctx.now(),
        })),
      ),
      ...given.map((each) => record(ctx, 'consent.given', account.id, each)),
    ],
  );
}
