import type { AccountClosedBy, ContactKind, NoticeFacts, NoticeKind } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** 通知: a notice of the account, as it stands on the page of that name. */
export const noticeTable = sqliteTable(
  'notice',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    kind: text().$type<NoticeKind>().notNull(),
    /** What the sentence names; masked, where it is somebody's. */
    facts: text({ mode: 'json' }).$type<NoticeFacts>().notNull(),
    atMs: integer('at_ms').notNull(),
    readAtMs: integer('read_at_ms'),
  },
  constraints((table) => [
    index('notice_account').on(table.accountId, table.atMs),
    index('notice_at').on(table.atMs),
  ]),
);

/**
 * A change of mobile or mail. It waits for the code sent to the new one, and can be taken back by the holder of the
 * old one for a while after that.
 */
export const contactChangeTable = sqliteTable(
  'contact_change',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    kind: text().$type<ContactKind>().notNull(),
    /** Sealed JSON: the contact before and after. */
    changeSealed: text('change_sealed').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    doneAtMs: integer('done_at_ms'),
    /** When the holder of the old contact said that it was not them. */
    undoneAtMs: integer('undone_at_ms'),
    /** After this it is forgotten. */
    expiresAtMs: integer('expires_at_ms').notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('contact_change_account').on(table.accountId, table.createdAtMs),
    index('contact_change_expiry').on(table.expiresAtMs),
    index('contact_change_key').on(table.keyId),
  ]),
);

/** 注销: an account that its holder wants to be deleted, and when it will be. */
export const cancellationTable = sqliteTable(
  'cancellation',
  {
    accountId: text('account_id')
      .primaryKey()
      .references(() => accountTable.id),
    requestedAtMs: integer('requested_at_ms').notNull(),
    dueAtMs: integer('due_at_ms').notNull(),
    /** On whose word the account was closed; `null`: its holder may still sign in and stop the deletion. */
    closedBy: text('closed_by').$type<AccountClosedBy>(),
    /** Whether the account was suspended when it was closed: restored, it is suspended again. */
    wasSuspended: integer('was_suspended', { mode: 'boolean' }).notNull().default(false),
  },
  constraints((table) => [index('cancellation_due').on(table.dueAtMs)]),
);

/** What the retention job deleted, kind by kind: the receipt. */
export const retentionReceiptTable = sqliteTable(
  'retention_receipt',
  {
    id: text().primaryKey(),
    atMs: integer('at_ms').notNull(),
    /** A row of the retention table in `domain`. */
    kind: text().notNull(),
    /** Everything older than this was deleted. */
    beforeMs: integer('before_ms').notNull(),
    rows: integer().notNull(),
  },
  constraints((table) => [index('retention_receipt_at').on(table.atMs)]),
);
