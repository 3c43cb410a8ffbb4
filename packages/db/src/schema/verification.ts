import type { VerificationStatus } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One question to the authority: the ledger that the person reads. Never what was asked, only what came of it. */
export const verificationTable = sqliteTable(
  'verification',
  {
    id: text().primaryKey(),
    /** Or of the registration that becomes the account, and keeps its id. */
    accountId: text('account_id').notNull(),
    askedAtMs: integer('asked_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    status: text().$type<VerificationStatus>().notNull(),
    provider: text(),
    /** The vendor's result code and request id, for the help desk. */
    rawCode: text('raw_code'),
    vendorRequestId: text('vendor_request_id'),
  },
  (table) => [
    index('verification_account').on(table.accountId, table.askedAtMs),
    index('verification_status').on(table.status, table.askedAtMs),
  ],
);
