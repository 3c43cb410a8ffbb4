import type { WeChatScenePurpose } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** A QR code that was drawn for one person at one page. It is about the first person who scans it. */
export const wechatSceneTable = sqliteTable(
  'wechat_scene',
  {
    /** The scene itself: random, in the code. */
    id: text().primaryKey(),
    purpose: text().$type<WeChatScenePurpose>().notNull(),
    /** The registration, recovery or account that it was drawn for. */
    subject: text().notNull(),
    /** What the QR code says. */
    url: text().notNull(),
    /** Who scanned it: keyed hash, and sealed for the binding that may come of it. */
    openIdIndex: text('open_id_index'),
    openIdSealed: text('open_id_sealed'),
    scannedAtMs: integer('scanned_at_ms'),
    /** When a code or link was given for it in the chat. */
    answeredAtMs: integer('answered_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('wechat_scene_subject').on(table.purpose, table.subject, table.createdAtMs),
    index('wechat_scene_open_id').on(table.openIdIndex, table.createdAtMs),
    index('wechat_scene_expiry').on(table.expiresAtMs),
  ]),
);

/** A push that has been answered: the platform repeats it when the answer was late, and then gets the same one. */
export const wechatPushTable = sqliteTable(
  'wechat_push',
  {
    /** Keyed hash of the event's id. */
    id: text().primaryKey(),
    answerSealed: text('answer_sealed').notNull(),
    atMs: integer('at_ms').notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [index('wechat_push_at').on(table.atMs)]),
);
