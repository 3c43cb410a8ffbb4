import type { RecordKind, RecordOutcome } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accountTable } from './account.ts';

/** What an authority last said of a person's records of one kind, and the question that is under way. */
export const recordTable = sqliteTable(
  'record',
  {
    /** `account.portal.kind`. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    portal: text().notNull(),
    kind: text().$type<RecordKind>().notNull(),
    /** The claim that pays for the question under way; `null`: none is. */
    askId: text('ask_id'),
    askedAtMs: integer('asked_at_ms').notNull(),
    /** What came of the last question. Where nobody was reached, the answer before it stays. */
    outcome: text().$type<RecordOutcome>(),
    /** The last answer, sealed: what was found, or from when on; with the version of the identity that it is about. */
    answerSealed: text('answer_sealed'),
    answerOutcome: text('answer_outcome').$type<RecordOutcome>(),
    answeredAtMs: integer('answered_at_ms'),
    about: integer(),
    keyId: text('key_id').notNull(),
  },
  (table) => [
    index('record_account').on(table.accountId),
    index('record_asked').on(table.askedAtMs),
    index('record_key').on(table.keyId),
  ],
);
