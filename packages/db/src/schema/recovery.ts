import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accountTable } from './account.ts';

/** Somebody who has told document, number and name of an account and now has to prove to hold its contact. */
export const recoveryTable = sqliteTable(
  'recovery',
  {
    id: text().primaryKey(),
    secretHash: text('secret_hash').notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  (table) => [
    index('recovery_account').on(table.accountId),
    index('recovery_expiry').on(table.expiresAtMs),
  ],
);
