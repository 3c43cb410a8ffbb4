import type { RegistrationStatus } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** A registration on its way: what was typed so far, kept here so that nothing is lost in a trip to the SMS app. */
export const registrationTable = sqliteTable(
  'registration',
  {
    id: text().primaryKey(),
    portal: text().notNull(),
    secretHash: text('secret_hash').notNull(),
    status: text().$type<RegistrationStatus>().notNull(),
    /** Sealed JSON of the answers. */
    draftSealed: text('draft_sealed').notNull(),
    version: integer().notNull().default(1),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('registration_expiry').on(table.expiresAtMs),
    index('registration_key').on(table.keyId),
  ]),
);
