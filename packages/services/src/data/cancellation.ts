import { accountTable, cancellationTable, challengeTable, commit, guard } from '@shiming/db';
import { cancellationMail } from '@shiming/domain';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { findAccountLink } from '../account/account-link.ts';
import { type LinkBinding, giveOnly, spend } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { endPending } from '../account/secure.ts';
import { notice, notify, shanghaiInstant } from '../notice/notify.ts';
import { deliverWaiting, enqueueMail } from '../outbox/outbox.ts';
import type { Account } from '../account/account.ts';
import { contactsForMessages } from '../account/recipients.ts';
import { requireProof } from '../proof/proof.ts';
import { guardSignedIn, type SignedIn } from '../session/session.ts';

/** Asking is limited, stopping never. */
const perDay: Limit = {
  limit: 5,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

const stopLink = (accountId: string): LinkBinding => ({
  purpose: 'cancellation.stop',
  subject: accountId,
});

/** That the account has not been deleted meanwhile. */
const isThere = (accountId: string) =>
  sql`exists (select 1 from ${accountTable} where ${accountTable.id} = ${accountId})`;

/** That an account waits to be deleted. */
const isClosing = (accountId: string) =>
  sql`exists (select 1 from ${cancellationTable} where ${cancellationTable.accountId} = ${accountId})`;

/**
 * 注销 (X-07, PIPL 47): the account is deleted when the portal's waiting time is over, unless its holder stops that,
 * signed in or by the link in the mail. Until then one can sign in, but enter no service.
 *
 * @throws AppError proof.required, account.closing, request.too_many
 */
export async function requestCancellation(
  ctx: Ctx,
  signedIn: SignedIn,
): Promise<{ dueAtMs: number }> {
  requireProof(ctx, signedIn);
  const { account } = signedIn;
  const { email } = await contactsForMessages(ctx, account);
  const nowMs = ctx.now();
  const { waitMs } = ctx.portal.cancellation;
  const dueAtMs = nowMs + waitMs;
  const secret = ctx.crypto.randomToken(32);
  const mail = cancellationMail({
    portal: ctx.portal.name,
    due: shanghaiInstant(dueAtMs),
    link: `${ctx.address}/cancellation#${account.id}.${secret}`,
  });
  const claim = newClaim(ctx, 'cancellation', account.id, [perDay]);
  await commitClaims(
    ctx,
    [claim],
    [
      guardSignedIn(ctx, signedIn),
      guard(ctx.db, sql`${isThere(account.id)} and not ${isClosing(account.id)}`, {
        code: 'account.closing',
      }),
      ctx.db
        .insert(cancellationTable)
        .values({ accountId: account.id, requestedAtMs: nowMs, dueAtMs }),
      ...endPending(ctx, account.id),
      ...(await giveOnly(ctx, stopLink(account.id), secret, { validMs: waitMs, tries: 1 })),
      ...(await enqueueMail(
        ctx,
        { to: email, ...mail },
        { as: 'code', accountId: account.id, expiresAtMs: dueAtMs },
      )),
      ...notice(ctx, account.id, 'cancellation_requested', { dueAtMs: String(dueAtMs) }),
      record(ctx, 'cancellation.requested', account.id, { dueAtMs }),
    ],
  );
  ctx.defer(() => deliverWaiting(ctx));
  return { dueAtMs };
}

/** That its holder can stop that: not where the account was closed at once (T-REG-16a). */
const isStoppable = (accountId: string) =>
  sql`${isClosing(accountId)} and exists (select 1 from ${accountTable} where ${accountTable.id} = ${accountId} and ${accountTable.status} <> 'closed')`;

/** Statements that keep the account: of a stop and the job at the same moment, one finds nothing left to do. */
async function stopStatements(ctx: Ctx, account: Account) {
  return [
    guard(ctx.db, isStoppable(account.id), { code: 'request.stale' }),
    ctx.db.delete(cancellationTable).where(eq(cancellationTable.accountId, account.id)),
    // The link stays for a day, to say that it was used.
    ctx.db
      .update(challengeTable)
      .set({ usedAtMs: ctx.now() })
      .where(
        and(
          eq(challengeTable.purpose, stopLink(account.id).purpose),
          eq(challengeTable.subject, account.id),
          isNull(challengeTable.usedAtMs),
        ),
      ),
    ...endPending(ctx, account.id),
    record(ctx, 'cancellation.stopped', account.id),
    ...(await notify(ctx, account, 'cancellation_stopped')),
  ] as const;
}

/** @throws AppError request.stale where the account is not waiting to be deleted */
export async function stopCancellation(ctx: Ctx, { account }: SignedIn): Promise<void> {
  await commit(ctx.db, await stopStatements(ctx, account));
}

/** The same by the link in the mail, once. @throws AppError link.used, link.expired */
export async function stopCancellationByLink(ctx: Ctx, input: { link: string }): Promise<void> {
  const { challengeId, account } = await findAccountLink(ctx, stopLink, input.link);
  await commit(ctx.db, [
    guard(ctx.db, isThere(account.id), { code: 'link.expired' }),
    ...spend(ctx.db, challengeId, ctx.now(), { code: 'link.used', for: 'cancellation.stop' }),
    ...(await stopStatements(ctx, account)),
  ]);
}
