import { accountTable, cancellationTable, challengeTable, identifierTable } from '@shiming/db';
import { numberFreedMail } from '@shiming/domain';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { enqueueMail } from '../outbox/outbox.ts';
import { type Account, openContact } from './account.ts';

const messageValidMs = 7 * 24 * 3_600_000;

/**
 * Statements that take the number from accounts, for the person whose it is (T-REG-16a): nobody signs in to them any
 * longer, and the job deletes them once the portal's waiting time is over, which no link of theirs stops. Nothing that
 * refers to them is lost before.
 */
export function freeNumber({ db, now, portal }: Pick<Ctx, 'db' | 'now' | 'portal'>, where: SQL) {
  const nowMs = now();
  const dueAtMs = nowMs + portal.cancellation.waitMs;
  const ids = db.select({ id: accountTable.id }).from(accountTable).where(where);
  return [
    db
      .insert(cancellationTable)
      .select(
        sql`select ${accountTable.id}, ${nowMs}, ${dueAtMs} from ${accountTable} where ${where}`,
      )
      .onConflictDoNothing(),
    db
      .delete(challengeTable)
      .where(
        and(eq(challengeTable.purpose, 'cancellation.stop'), inArray(challengeTable.subject, ids)),
      ),
    db
      .update(accountTable)
      .set({ status: 'closed', version: sql`${accountTable.version} + 1` })
      .where(where),
    // Last, because `where` may find the accounts by their number.
    db
      .delete(identifierTable)
      .where(
        and(
          inArray(identifierTable.accountId, ids),
          inArray(identifierTable.kind, ['document_number', 'wechat']),
        ),
      ),
  ] as const;
}

/** The same for one account, with the mail that tells its holder whose doing it was, and what to do against it. */
export async function freeNumberOf(
  ctx: Ctx,
  account: Pick<Account, 'id' | 'identifiers' | 'contactSealed'>,
  by: 'owner' | 'holder',
  facts: { review?: string } = {},
) {
  const { email } = await openContact(ctx, account);
  const mail = numberFreedMail({
    portal: ctx.portal.name,
    by,
    link: `${ctx.address}/tickets`,
  });
  const waits = {
    as: 'notice',
    accountId: account.id,
    expiresAtMs: ctx.now() + messageValidMs,
  } as const;
  return [
    ...freeNumber(ctx, eq(accountTable.id, account.id)),
    ...(await enqueueMail(ctx, { to: email, ...mail }, waits)),
    record(ctx, 'account.freed', account.id, facts),
  ] as const;
}
