import type { IdentifierKind } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** What an account is found, reached or opened by: its document number, mobile, mail address and WeChat. */
export const identifierTable = sqliteTable(
  'identifier',
  {
    /** `accountId.kind`: an account has one of a kind. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    kind: text().$type<IdentifierKind>().notNull(),
    /** Blind index of the value; `null` where a job has yet to move it out of the account. */
    index: text(),
    /** The sealed value; `null` where a job has yet to move it out of the account. */
    sealed: text(),
    /** When its holder last proved it; `null`: never. */
    provedAtMs: integer('proved_at_ms'),
    /** Whether it opens the account, by sign-in or by reset in the chat: then it belongs to no other account. */
    signsIn: integer('signs_in', { mode: 'boolean' }).notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    uniqueIndex('identifier_signs_in')
      .on(table.kind, table.index)
      .where(sql`signs_in = 1`),
    index('identifier_account').on(table.accountId, table.kind),
    index('identifier_index').on(table.kind, table.index),
    index('identifier_key').on(table.keyId),
    // What the rotation looks for: indexes under another key.
    index('identifier_index_key').on(table.index),
  ]),
);
