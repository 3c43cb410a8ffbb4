import type { Level, ServiceClient, ServiceEventKind, ServiceField } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** A service's registration at the OpenID provider. */
export const serviceClientTable = sqliteTable(
  'service_client',
  {
    /** The `client_id`. */
    id: text().primaryKey(),
    portal: text().notNull(),
    /** The service, by its id at the portal. */
    service: text().notNull(),
    /** What is in force; `null`: nothing yet, or nothing any longer. */
    registration: text({ mode: 'json' }).$type<ServiceClient>(),
    suspendedAtMs: integer('suspended_at_ms'),
    /** What takes its place once a second person confirms it, and who has proposed it. */
    proposal: text({ mode: 'json' }).$type<ServiceClient>(),
    proposedById: text('proposed_by_id'),
    proposedAtMs: integer('proposed_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    version: integer().notNull().default(0),
  },
  constraints((table) => [uniqueIndex('service_client_service').on(table.portal, table.service)]),
);

/** By which name a service knows a person: a random one, which says nothing to another service. */
export const serviceSubjectTable = sqliteTable(
  'service_subject',
  {
    /** The `sub`. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    clientId: text('client_id').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    /** The level that the service knows the person to have. */
    toldLevel: integer('told_level').$type<Level>(),
  },
  constraints((table) => [
    uniqueIndex('service_subject_account').on(table.accountId, table.clientId),
  ]),
);

/** What the OpenID provider has given out or waits for: requests, codes, tokens, and what may be used once. */
export const serviceTokenTable = sqliteTable(
  'service_token',
  {
    /** A keyed hash of what was given out. */
    id: text().primaryKey(),
    accountId: text('account_id').references(() => accountTable.id),
    /** What was given out for one sign-in has one group, and ends together. Of an interaction, the row of its request. */
    groupId: text('group_id'),
    payloadSealed: text('payload_sealed').notNull(),
    keyId: text('key_id').notNull(),
    consumedAtMs: integer('consumed_at_ms'),
    expiresAtMs: integer('expires_at_ms').notNull(),
  },
  constraints((table) => [
    index('service_token_group').on(table.groupId),
    index('service_token_account').on(table.accountId),
    index('service_token_expires').on(table.expiresAtMs),
    index('service_token_key').on(table.keyId),
  ]),
);

/** What a service was told of a person, and at which level. */
export const serviceDisclosureTable = sqliteTable(
  'service_disclosure',
  {
    /** The row of the access token by which the service asked. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    portal: text().notNull(),
    service: text().notNull(),
    fields: text({ mode: 'json' }).$type<readonly ServiceField[]>().notNull(),
    level: integer().$type<Level>().notNull(),
    atMs: integer('at_ms').notNull(),
  },
  constraints((table) => [
    index('service_disclosure_account').on(table.accountId, table.atMs),
    index('service_disclosure_at').on(table.atMs),
  ]),
);

/** Which services a session has signed in to, each by its own name for the session. */
export const serviceSessionTable = sqliteTable(
  'service_session',
  {
    /** The `sid`. */
    id: text().primaryKey(),
    sessionId: text('session_id').notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    clientId: text('client_id').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
  },
  constraints((table) => [
    index('service_session_account').on(table.accountId),
    index('service_session_created').on(table.createdAtMs),
  ]),
);

/** What a service is to learn of an account, written with the change itself and sent by a job. */
export const serviceEventTable = sqliteTable(
  'service_event',
  {
    /** The `jti`. */
    id: text().primaryKey(),
    clientId: text('client_id').notNull(),
    /** `null` where the account is deleted. */
    accountId: text('account_id').references(() => accountTable.id),
    /** By which name the service knows the person. */
    subject: text().notNull(),
    kind: text().$type<ServiceEventKind>().notNull(),
    /** What of the kind: which claims, which change, which session; empty where there is no more to say. */
    detail: text().notNull(),
    /** The request that made the change. */
    txn: text().notNull(),
    atMs: integer('at_ms').notNull(),
    /** Before then nobody sends it: it waits for its next try, or somebody is sending it. */
    dueAtMs: integer('due_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    status: text({ enum: ['waiting', 'sent', 'refused', 'expired'] }).notNull(),
    attempts: integer().notNull(),
    /** What the service answered last. */
    answer: text(),
  },
  constraints((table) => [
    uniqueIndex('service_event_once').on(
      table.txn,
      table.clientId,
      table.subject,
      table.kind,
      table.detail,
    ),
    index('service_event_waiting')
      .on(table.clientId, table.atMs)
      .where(sql`${table.status} = 'waiting'`),
    index('service_event_account').on(table.accountId),
    index('service_event_at').on(table.atMs),
  ]),
);
