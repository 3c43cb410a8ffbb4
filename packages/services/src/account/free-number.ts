import { accountTable, cancellationTable, challengeTable, identifierTable } from '@shiming/db';
import { numberFreedMail } from '@shiming/domain';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { deliverWaiting, enqueueMail, newsValidMs } from '../outbox/outbox.ts';
import { type Account, openContact } from './account.ts';
import { revokeAll } from './attestation.ts';

/**
 * Statements that take the number from an account, for the person whose it is (T-REG-16a): nobody signs in to it any
 * longer, and what was attested of it is revoked; its reviews are ended beside them (`endReviews`). The job deletes it once the portal's waiting time is
 * over, which no link of its holder stops. Nothing that refers to it is lost before. A mail tells its holder on whose word
 * (`by`), and what to do against it.
 */
export async function freeNumber(
  ctx: Ctx,
  account: Pick<Account, 'id' | 'identifiers' | 'contactSealed'>,
  by: 'owner' | 'holder' | 'registration',
  facts: { review?: string } = {},
) {
  const { id: accountId } = account;
  const requestedAtMs = ctx.now();
  const dueAtMs = requestedAtMs + ctx.portal.cancellation.waitMs;
  const { email } = await openContact(ctx, account);
  const mail = numberFreedMail({ portal: ctx.portal.name, by, link: `${ctx.address}/tickets` });
  ctx.defer(() => deliverWaiting(ctx));
  return [
    ctx.db
      .insert(cancellationTable)
      .values({ accountId, requestedAtMs, dueAtMs })
      .onConflictDoNothing(),
    ctx.db
      .delete(challengeTable)
      .where(
        and(eq(challengeTable.purpose, 'cancellation.stop'), eq(challengeTable.subject, accountId)),
      ),
    ctx.db
      .update(accountTable)
      .set({ status: 'closed', version: sql`${accountTable.version} + 1` })
      .where(eq(accountTable.id, accountId)),
    ctx.db
      .delete(identifierTable)
      .where(
        and(
          eq(identifierTable.accountId, accountId),
          inArray(identifierTable.kind, ['document_number', 'wechat']),
        ),
      ),
    ...revokeAll(ctx, accountId),
    ...(await enqueueMail(
      ctx,
      { to: email, ...mail },
      { as: 'notice', accountId, expiresAtMs: requestedAtMs + newsValidMs },
    )),
    record(ctx, by === 'registration' ? 'account.replaced' : 'account.freed', accountId, facts),
  ] as const;
}
