import type { VouchStatus } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** A request to a classmate to confirm who somebody is (S-BND-02, S-DUP-05), and what became of it. */
export const vouchTable = sqliteTable(
  'vouch',
  {
    id: text().primaryKey(),
    askerId: text('asker_id')
      .notNull()
      .references(() => accountTable.id),
    /** `null`: what was typed is nobody's, which the asker does not learn. */
    helperId: text('helper_id').references(() => accountTable.id),
    /** The claim on a number that it is for; `null`: it is for a binding. */
    claimId: text('claim_id'),
    portal: text().notNull(),
    /** What was typed, sealed. */
    answersSealed: text('answers_sealed').notNull(),
    /** Of a request for a claim that waits: the studies by which a classmate is known, sealed. */
    studiesSealed: text('studies_sealed'),
    status: text().$type<VouchStatus>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    /** When the helper first saw it. */
    seenAtMs: integer('seen_at_ms'),
    decidedAtMs: integer('decided_at_ms'),
    /** When it proved false: the helper has no say any longer. */
    falseAtMs: integer('false_at_ms'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('vouch_asker').on(table.askerId, table.createdAtMs),
    index('vouch_helper').on(table.helperId, table.status),
    index('vouch_claim').on(table.claimId),
    index('vouch_key').on(table.keyId),
  ]),
);
