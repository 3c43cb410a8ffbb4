import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** S-USR-03: an organisation whose letter was approved. It is no account of a person, and has no rights of one. */
export const organisationTable = sqliteTable(
  'organisation',
  {
    id: text().primaryKey(),
    portal: text().notNull(),
    /** 统一社会信用代码, which is public. */
    code: text().notNull().unique(),
    name: text().notNull(),
    /** Sealed JSON: who is to be reached there, with mobile and mail. */
    contactSealed: text('contact_sealed').notNull(),
    /** `null` until the first one is set. */
    passwordHash: text('password_hash'),
    /** The approved letter by which a password can be set, once, until that instant. */
    letterId: text('letter_id'),
    letterUntilMs: integer('letter_until_ms'),
    /** The letters that were approved, as long as each is kept. */
    letters: text({ mode: 'json' }).$type<readonly string[]>().notNull().default([]),
    /** When it is deleted, where it wants to be closed. */
    closesAtMs: integer('closes_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    version: integer().notNull().default(1),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('organisation_letter').on(table.letterId),
    index('organisation_key').on(table.keyId),
  ]),
);

/** A session of an organisation: as those of people, under a name of its own. */
export const organisationSessionTable = sqliteTable(
  'organisation_session',
  {
    id: text().primaryKey(),
    secretHash: text('secret_hash').notNull(),
    formerSecretHash: text('former_secret_hash'),
    formerUntilMs: integer('former_until_ms'),
    organisationId: text('organisation_id').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastSeenAtMs: integer('last_seen_at_ms').notNull(),
    provedAtMs: integer('proved_at_ms'),
    endedAtMs: integer('ended_at_ms'),
    label: text().notNull(),
  },
  constraints((table) => [
    index('organisation_session_organisation').on(table.organisationId, table.createdAtMs),
    index('organisation_session_seen').on(table.lastSeenAtMs),
  ]),
);
