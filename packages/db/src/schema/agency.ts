import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** S-REG-09: a first password that an agency has handed over to a person without a mobile number. */
export const handoverTable = sqliteTable(
  'handover',
  {
    id: text().primaryKey(),
    portal: text().notNull(),
    /** The code of the agency, to whose staff alone it is shown. */
    scope: text().notNull(),
    staffId: text('staff_id').notNull(),
    /** Blind indexes of the person's number and name. */
    numberIndex: text('number_index').notNull(),
    nameIndex: text('name_index').notNull(),
    /** Sealed JSON: name, number and its type, as the member entered them. */
    personSealed: text('person_sealed').notNull(),
    /** Keyed hash of the first password. */
    secretHash: text('secret_hash').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    /** Until when it works; `null` once it was used. */
    endsAtMs: integer('ends_at_ms'),
    usedAtMs: integer('used_at_ms'),
    revokedAtMs: integer('revoked_at_ms'),
    /** The account that it has opened. */
    accountId: text('account_id').references(() => accountTable.id),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('handover_number').on(table.numberIndex),
    index('handover_name').on(table.nameIndex),
    index('handover_scope').on(table.scope, table.createdAtMs),
    index('handover_ends').on(table.endsAtMs),
    index('handover_account').on(table.accountId),
    index('handover_key').on(table.keyId),
  ]),
);
