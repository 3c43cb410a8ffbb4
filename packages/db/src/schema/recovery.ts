import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import type { ContactKind } from '@shiming/domain';
import { accountTable } from './account.ts';

/**
 * Somebody who has told document, number and name of an account, or a contact as its user name, and now has to prove to
 * hold its contact. By a contact that no account has a recovery begins, too, so nobody learns that there is none.
 */
export const recoveryTable = sqliteTable(
  'recovery',
  {
    id: text().primaryKey(),
    secretHash: text('secret_hash').notNull(),
    accountId: text('account_id').references(() => accountTable.id),
    /** The contact that was typed as the user name, sealed; `null` where it began with a document. */
    contactKind: text('contact_kind').$type<ContactKind>(),
    contactSealed: text('contact_sealed'),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  constraints((table) => [
    index('recovery_account').on(table.accountId),
    index('recovery_expiry').on(table.expiresAtMs),
  ]),
);
