import type { NoticeKind } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/**
 * A secret that was given out and can come back once: a code, a ticket, a link.
 * Only a keyed hash is stored, bound to what it is for and to whom it was given.
 */
export const challengeTable = sqliteTable(
  'challenge',
  {
    id: text().primaryKey(),
    purpose: text().notNull(),
    /** What the secret is bound to: a registration, a device, an account. Ids and hashes, nothing personal. */
    subject: text().notNull(),
    secretHash: text('secret_hash').notNull(),
    triesLeft: integer('tries_left').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    usedAtMs: integer('used_at_ms'),
  },
  constraints((table) => [
    index('challenge_subject').on(table.purpose, table.subject),
    index('challenge_expiry').on(table.expiresAtMs),
  ]),
);

/**
 * The ledger of everything that is limited, and its counter at once: a claim is a row, and a rule counts
 * the rows that count. A claim that is given back stays as a row with the reason.
 */
export const allowanceTable = sqliteTable(
  'allowance',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    /** Whose allowance: an account id, or a keyed hash of a number or an address. */
    subject: text().notNull(),
    atMs: integer('at_ms').notNull(),
    isCounted: integer('is_counted', { mode: 'boolean' }).notNull(),
    /** Why it was given back. */
    reason: text(),
  },
  constraints((table) => [
    index('allowance_subject').on(table.kind, table.subject, table.atMs),
    index('allowance_at').on(table.atMs),
    // What was spent on text messages.
    index('allowance_sms')
      .on(table.atMs)
      .where(sql`kind = 'sms'`),
    // Digests of faces are deleted sooner than the rest.
    index('allowance_face_frame')
      .on(table.atMs)
      .where(sql`kind = 'face.frame'`),
  ]),
);

/**
 * `waiting`: due, or to be tried again. `taken`: a sender holds it and has not given it away; it waits again when the
 * lease ends. `handing_over`: the vendor may have it from now on. `unclear`: it may have been taken, so it is never sent
 * again. `failed`: it was refused for good.
 */
export type OutboxStatus = 'waiting' | 'taken' | 'handing_over' | 'sent' | 'failed' | 'unclear';

/** The order in which messages go out: what somebody waits for at the page, what was decided, what is only to be known. */
export const messagePriority = { code: 0, decision: 1, notice: 2 } as const;
export type MessageClass = keyof typeof messagePriority;

/** Every message to a person, written with the change that causes it and sent afterwards. */
export const outboxTable = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    channel: text().$type<'sms' | 'mail'>().notNull(),
    /** Who speaks: whose signature and sender it goes out with. */
    portal: text().notNull(),
    /** Sealed JSON of the message: recipient and contents. */
    messageSealed: text('message_sealed').notNull(),
    status: text().$type<OutboxStatus>().notNull(),
    priority: integer().notNull().default(messagePriority.notice),
    /** Whose it is: who gets a notice when it is refused. `null`: nobody’s, or nobody can get one. */
    accountId: text('account_id'),
    /** Of notices: its kind, by which those of an hour become one mail. */
    noticeKind: text('notice_kind').$type<NoticeKind>(),
    attempts: integer().notNull().default(0),
    /** When it may be tried (next), or until when a sender holds it. */
    dueAtMs: integer('due_at_ms').notNull(),
    /** After this there is no sense in sending. */
    expiresAtMs: integer('expires_at_ms').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    sentAtMs: integer('sent_at_ms'),
    vendor: text(),
    vendorCode: text('vendor_code'),
    vendorMessageId: text('vendor_message_id'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('outbox_due').on(table.status, table.dueAtMs),
    index('outbox_next')
      .on(table.channel, table.priority, table.dueAtMs)
      .where(sql`status = 'waiting'`),
    index('outbox_account')
      .on(table.accountId, table.noticeKind, table.createdAtMs)
      .where(sql`account_id is not null`),
    index('outbox_expiry').on(table.expiresAtMs),
    index('outbox_key').on(table.keyId),
  ]),
);

/**
 * A channel that takes no messages now, no matter who they are for: its row stands until a message has gone through. When
 * `probeAtMs` comes, one message tries.
 */
export const channelStopTable = sqliteTable('channel_stop', {
  channel: text().$type<'sms' | 'mail'>().primaryKey(),
  sinceMs: integer('since_ms').notNull(),
  probeAtMs: integer('probe_at_ms').notNull(),
  failures: integer().notNull(),
  vendor: text().notNull(),
  vendorCode: text('vendor_code').notNull(),
});

/** A signed-in browser. The cookie is `id.secret`; only the secret's hash is here. */
export const sessionTable = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    secretHash: text('secret_hash').notNull(),
    /** The secret before this one, good until this one is used, or that instant. */
    formerSecretHash: text('former_secret_hash'),
    formerUntilMs: integer('former_until_ms'),
    accountId: text('account_id').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastSeenAtMs: integer('last_seen_at_ms').notNull(),
    /** When the holder last proved who they are, beyond having the cookie: risky changes ask for it. */
    provedAtMs: integer('proved_at_ms'),
    endedAtMs: integer('ended_at_ms'),
    /** Browser and system in a word each, for the list of sessions. */
    label: text().notNull(),
  },
  constraints((table) => [
    index('session_account').on(table.accountId, table.createdAtMs),
    index('session_seen').on(table.lastSeenAtMs),
  ]),
);

/** A slider puzzle that was drawn: its answer comes back with the first attempt and then is gone. */
export const puzzleTable = sqliteTable(
  'puzzle',
  {
    id: text().primaryKey(),
    purpose: text().notNull(),
    /** The browser it was drawn for. */
    deviceId: text('device_id').notNull(),
    x: integer().notNull(),
    width: integer().notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  constraints((table) => [index('puzzle_expiry').on(table.expiresAtMs)]),
);

/** Who did what to whose account, when. Sealed into blocks by a job; never changed. */
export const auditTable = sqliteTable(
  'audit',
  {
    id: text().primaryKey(),
    atMs: integer('at_ms').notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    accountId: text('account_id'),
    requestId: text('request_id').notNull(),
    /** JSON of facts that name nobody. */
    facts: text().notNull(),
    /** The block that seals it, `null` until the job has run. */
    block: integer(),
  },
  constraints((table) => [
    index('audit_sealing').on(table.block, table.atMs),
    index('audit_account').on(table.accountId, table.atMs),
    index('audit_at').on(table.atMs),
  ]),
);

/** A link of the audit chain: a keyed hash over the previous link and the rows it seals. */
export const auditBlockTable = sqliteTable('audit_block', {
  block: integer().primaryKey(),
  sealedAtMs: integer('sealed_at_ms').notNull(),
  rows: integer().notNull(),
  hash: text().notNull(),
  /** The key that keyed the hash. Blocks from before keys had ids are under what was the only one. */
  keyId: text('key_id').notNull().default('k1'),
  /**
   * Of a block that hands the chain over to another key, and has no rows: the former key and its word, `id.hash`.
   * `null` for every other.
   */
  handOver: text('hand_over'),
});

/**
 * Holds no row, ever: an insert violates its check and so takes back the whole batch it stands in.
 * This is how a guard speaks (see `guard` in unit-of-work.ts).
 */
export const refusalTable = sqliteTable(
  'refusal',
  { code: text() },
  constraints((table) => [
    check('refused', sql`${table.code} is null and ${table.code} is not null`),
  ]),
);
