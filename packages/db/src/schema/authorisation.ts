import type {
  AuthorisationEnd,
  AuthorisationPurpose,
  MatterProof,
  MatterRole,
  OfficeAlgorithm,
  StoredMatterStatus,
} from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** A window in which an office that asks about a person gets a yes (E-AUT-01). An account has one at a time at a portal. */
export const authorisationTable = sqliteTable(
  'authorisation',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    portal: text().notNull(),
    /** The service, by its id at the portal. */
    service: text().notNull(),
    purposes: text({ mode: 'json' }).$type<readonly AuthorisationPurpose[]>().notNull(),
    /** How many times an office gets a yes; `null`: as often as it asks. */
    usesAllowed: integer('uses_allowed'),
    used: integer().notNull().default(0),
    openedAtMs: integer('opened_at_ms').notNull(),
    /** From then on its last day is over. */
    untilMs: integer('until_ms').notNull(),
    closedAtMs: integer('closed_at_ms'),
    closedBy: text('closed_by').$type<AuthorisationEnd>(),
    /** When the job looks at it next: to tell that it is about to end, or to close it. */
    lookAtMs: integer('look_at_ms'),
  },
  constraints((table) => [
    uniqueIndex('authorisation_open')
      .on(table.accountId, table.portal)
      .where(sql`${table.closedAtMs} is null`),
    index('authorisation_look').on(table.lookAtMs),
    index('authorisation_account').on(table.accountId, table.openedAtMs),
  ]),
);

/** The key by which an office signs. */
export const officeKeyTable = sqliteTable('office_key', {
  /** The `keyid` of its signatures. */
  id: text().primaryKey(),
  office: text().notNull(),
  algorithm: text().$type<OfficeAlgorithm>().notNull().default('ed25519'),
  /** Ed25519 in base64url, or SM2 in hexadecimal; `''` where both sides have a secret. */
  publicKey: text('public_key').notNull(),
  /** That secret, in base64url, sealed. */
  secretSealed: text('secret_sealed'),
  keyId: text('key_id'),
  createdAtMs: integer('created_at_ms').notNull(),
  revokedAtMs: integer('revoked_at_ms'),
});

/** A question of an office and its answer, which the person reads (E-AUT-02). */
export const officeQuestionTable = sqliteTable(
  'office_question',
  {
    /** The receipt. */
    id: text().primaryKey(),
    /** `null`: no account has the number. The number itself is not kept. */
    accountId: text('account_id').references(() => accountTable.id),
    portal: text().notNull(),
    officeKeyId: text('office_key_id').notNull(),
    nonce: text().notNull(),
    requestId: text('request_id').notNull(),
    /** A keyed hash of what was signed: with a hash of the body alone, a reader of the row could try every number. */
    bodyDigest: text('body_digest').notNull(),
    office: text().notNull(),
    purpose: text().$type<AuthorisationPurpose>().notNull(),
    isYes: integer('is_yes', { mode: 'boolean' }).notNull(),
    atMs: integer('at_ms').notNull(),
  },
  constraints((table) => [
    uniqueIndex('office_question_nonce').on(table.officeKeyId, table.nonce),
    index('office_question_account').on(table.accountId, table.atMs),
    index('office_question_at').on(table.atMs),
  ]),
);

/** A matter that an office asks a person to confirm, and the person's answer: one receipt for one matter. */
export const matterTable = sqliteTable(
  'matter',
  {
    id: text().primaryKey(),
    portal: text().notNull(),
    office: text().notNull(),
    /** The office's own name of the question: the same one asks nothing new. */
    requestId: text('request_id').notNull(),
    /** A keyed hash of the question. */
    bodyDigest: text('body_digest').notNull(),
    /** Blind index of the number: the person may register after the office has asked. */
    numberIndex: text('number_index').notNull(),
    /** Sealed JSON: number and company. */
    detailsSealed: text('details_sealed').notNull(),
    role: text().$type<MatterRole>().notNull(),
    purpose: text().$type<AuthorisationPurpose>().notNull(),
    status: text().$type<StoredMatterStatus>().notNull(),
    askedAtMs: integer('asked_at_ms').notNull(),
    /** From then on nobody answers it. */
    expiresAtMs: integer('expires_at_ms').notNull(),
    /** When it was answered or withdrawn. */
    endedAtMs: integer('ended_at_ms'),
    /** The account that answered. */
    accountId: text('account_id').references(() => accountTable.id),
    receipt: text(),
    provedBy: text('proved_by').$type<MatterProof>(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    uniqueIndex('matter_request').on(table.office, table.requestId),
    index('matter_number').on(table.numberIndex, table.askedAtMs),
    index('matter_account').on(table.accountId),
    index('matter_asked').on(table.askedAtMs),
    index('matter_key').on(table.keyId),
  ]),
);
