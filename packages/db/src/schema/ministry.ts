import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/**
 * A browser that has gone to the ministry to sign in, from there until its person has an account that is linked. One
 * whose ministry account is linked already is signed in when it comes back, and ends here.
 */
export const ministryVisitTable = sqliteTable(
  'ministry_visit',
  {
    id: text().primaryKey(),
    /** Where it began. */
    portal: text().notNull(),
    secretHash: text('secret_hash').notNull(),
    purpose: text().$type<'sign_in' | 'link'>().notNull(),
    /** What comes back is looked at once: of two that bring it, one finds it `spent`. */
    status: text().$type<'begun' | 'spent' | 'arrived'>().notNull(),
    /** State, nonce and PKCE's verifier, sealed. */
    requestSealed: text('request_sealed').notNull(),
    /** Who arrived and what the ministry said of them, sealed. */
    arrivalSealed: text('arrival_sealed'),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  constraints((table) => [index('ministry_visit_expiry').on(table.expiresAtMs)]),
);
