import {
  auditTable,
  consentTable,
  contactChangeTable,
  noticeTable,
  recordTable,
  caseTable,
  sessionTable,
  verificationTable,
} from '@shiming/db';
import { and, count, desc, eq, max } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { identifierOf } from '../account/account.ts';
import type { Ctx, Deps } from '../context.ts';
import { viewProfile } from '../profile/view.ts';
import { isReview } from '../cases/state.ts';
import type { SignedIn } from '../session/session.ts';
import { isLiveConsent } from '../account/live-consent.ts';

const countOf = (
  db: Deps['db'],
  table: SQLiteTable & { accountId: SQLiteColumn },
  accountId: string,
) => db.select({ count: count() }).from(table).where(eq(table.accountId, accountId));

/**
 * X-07, PIPL 45: everything that is held about the person, masked as on the other pages; of what is many, how many.
 * In full it is in the export.
 */
export async function viewData(ctx: Ctx, signedIn: SignedIn) {
  const { account, cancellationDueAtMs } = signedIn;
  const { db } = ctx;
  const [profile, [consents, [reviews], ...counts]] = await Promise.all([
    viewProfile(ctx, signedIn),
    db.batch([
      db
        .select({
          kind: consentTable.kind,
          purpose: consentTable.purpose,
          receiver: consentTable.receiver,
          version: consentTable.version,
          givenAtMs: consentTable.givenAtMs,
          withdrawnAtMs: consentTable.withdrawnAtMs,
          isLive: isLiveConsent(ctx),
        })
        .from(consentTable)
        .where(and(eq(consentTable.accountId, account.id), eq(consentTable.portal, ctx.portal.id)))
        .orderBy(desc(consentTable.givenAtMs), consentTable.kind),
      db
        .select({ count: count(), lastAtMs: max(caseTable.createdAtMs) })
        .from(caseTable)
        .where(and(eq(caseTable.accountId, account.id), isReview)),
      countOf(db, verificationTable, account.id),
      countOf(db, sessionTable, account.id),
      countOf(db, noticeTable, account.id),
      countOf(db, contactChangeTable, account.id),
      countOf(db, auditTable, account.id),
      countOf(db, recordTable, account.id),
    ]),
  ]);
  const [
    verifications = 0,
    sessions = 0,
    notices = 0,
    contactChanges = 0,
    history = 0,
    records = 0,
  ] = counts.map(([row]) => row?.count ?? 0);
  return {
    profile,
    createdAtMs: account.createdAtMs,
    consents,
    /** Manual reviews, drafts too, and when the last one was begun. */
    reviews: { count: reviews?.count ?? 0, lastAtMs: reviews?.lastAtMs ?? null },
    weChatBoundAtMs: identifierOf(account, 'wechat')?.provedAtMs ?? null,
    ministryLinkedAtMs: identifierOf(account, 'ministry')?.provedAtMs ?? null,
    counts: { verifications, sessions, notices, contactChanges, history, records },
    cancellationDueAtMs,
  };
}
