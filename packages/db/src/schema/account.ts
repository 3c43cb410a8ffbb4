import type { ConsentKind, DocumentType, Level } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * One person's account. Everything personal is sealed by the vault; what must be found or be unique has a
 * blind index beside it. The index names its key (`kid.hash`), so keys can change.
 */
export const accountTable = sqliteTable(
  'account',
  {
    id: text().primaryKey(),
    documentType: text('document_type').$type<DocumentType>().notNull(),
    /** Blind index of the document number: the account name, unique for ever (T-REG-16). */
    numberIndex: text('number_index').notNull().unique(),
    /** Sealed JSON: number, name, validity. */
    identitySealed: text('identity_sealed').notNull(),
    /** Sealed JSON: mobile, email. */
    contactSealed: text('contact_sealed').notNull(),
    /** Sealed JSON: sex, birth date, ethnicity, other numbers; `null` until the profile is complete (T-LOG-03). */
    profileSealed: text('profile_sealed'),
    passwordHash: text('password_hash').notNull(),
    /** The hashes of the passwords before, newest first: whoever had to give one up may not take it again. */
    formerPasswordHashes: text('former_password_hashes', { mode: 'json' })
      .$type<readonly string[]>()
      .notNull()
      .default([]),
    level: integer().$type<Level>().notNull(),
    /** When the level was last raised by the authority or a reviewer. */
    verifiedAtMs: integer('verified_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    /** Raised by every change; a writer that read an older one is refused. */
    version: integer().notNull().default(1),
    /** The vault key that sealed this row: what the rotation job looks for. */
    keyId: text('key_id').notNull(),
  },
  (table) => [index('account_key').on(table.keyId)],
);

/** A consent or agreement, with the version of the text and the time (PIPL 14, 29). */
export const consentTable = sqliteTable(
  'consent',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    kind: text().$type<ConsentKind>().notNull(),
    version: text().notNull(),
    givenAtMs: integer('given_at_ms').notNull(),
    withdrawnAtMs: integer('withdrawn_at_ms'),
  },
  (table) => [index('consent_account').on(table.accountId)],
);
