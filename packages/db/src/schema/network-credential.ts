import type { CredentialGuide } from '@shiming/domain';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** What pages say of 网证, version by version: the highest is shown. Nothing in it is about people. */
export const networkCredentialTable = sqliteTable('network_credential', {
  version: integer().primaryKey(),
  guide: text({ mode: 'json' }).$type<CredentialGuide>().notNull(),
  changedAtMs: integer('changed_at_ms').notNull(),
  changedById: text('changed_by_id').notNull(),
});
