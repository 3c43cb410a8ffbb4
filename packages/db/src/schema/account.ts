import type {
  AccountStatus,
  CheckKind,
  ConsentKind,
  ConsentPurpose,
  DocumentType,
  GuardianEnding,
  GuardianChannel,
  GuardianRelation,
  Level,
  NumberClaimStatus,
  ServiceField,
  WithdrawableConsent,
} from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/**
 * One person's account. Everything personal is sealed by the vault; what must be found or be unique has a
 * blind index beside it. The index names its key (`kid.hash`), so keys can change.
 */
export const accountTable = sqliteTable(
  'account',
  {
    id: text().primaryKey(),
    /** Where it was registered: what the staff and the jobs say of it is said there. */
    portal: text().notNull(),
    status: text().$type<AccountStatus>().notNull().default('active'),
    /** Until when a closed account can be restored by its holder. */
    restorableUntilMs: integer('restorable_until_ms'),
    documentType: text('document_type').$type<DocumentType>(),
    /** Sealed JSON: number, name, validity; `null`: the account says of nobody whose it is. */
    identitySealed: text('identity_sealed'),
    /** Sealed JSON of mobile and email as they were once kept; a job moves them to the identifiers. */
    contactSealed: text('contact_sealed'),
    /** The same of the WeChat's identifier. */
    weChatSealed: text('wechat_sealed'),
    /** Raised by every change of name or validity: what was attested of an older one no longer stands. */
    identityVersion: integer('identity_version').notNull().default(1),
    /** Sealed JSON: sex, birth date, ethnicity, other numbers; `null` until the profile is complete (T-LOG-03). */
    profileSealed: text('profile_sealed'),
    /** `null`: none has been chosen, or it was made void. */
    passwordHash: text('password_hash'),
    /** The hashes of the passwords before, newest first: a person who had to give one up may not take it again. */
    formerPasswordHashes: text('former_password_hashes', { mode: 'json' })
      .$type<readonly string[]>()
      .notNull()
      .default([]),
    createdAtMs: integer('created_at_ms').notNull(),
    /** Raised by every change; a writer that read an older one is refused. */
    version: integer().notNull().default(1),
    /** The vault key that sealed this row: what the rotation job looks for. */
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('account_key').on(table.keyId),
    index('account_unmoved')
      .on(table.id)
      .where(sql`contact_sealed is not null`),
  ]),
);

/**
 * What came of a check. It stands until `untilMs`, unless it was revoked, or is about an older version of the identity. The
 * level of an account is that of the highest that stands.
 */
export const attestationTable = sqliteTable(
  'attestation',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    kind: text().$type<CheckKind | 'binding'>().notNull(),
    level: integer().$type<Level>().notNull(),
    /** The version of the identity that it is about; `null`: it is about the person, whatever the document says. */
    about: integer(),
    /** What it came of: a question to the authority, or a case. */
    sourceId: text('source_id').notNull(),
    /** The number that was checked, where that is not the account's own, sealed; its blind index stands for one account. */
    numberSealed: text('number_sealed'),
    numberIndex: text('number_index'),
    atMs: integer('at_ms').notNull(),
    /** The end of the document's last day; `null`: it has none, or the job has yet to read it. */
    untilMs: integer('until_ms'),
    revokedAtMs: integer('revoked_at_ms'),
    /** When the job looks at it next, to tell the holder of its end. */
    lookAtMs: integer('look_at_ms'),
    keyId: text('key_id'),
  },
  constraints((table) => [
    index('attestation_account').on(table.accountId, table.revokedAtMs),
    index('attestation_source').on(table.sourceId),
    index('attestation_number').on(table.numberIndex),
    index('attestation_look').on(table.lookAtMs),
    index('attestation_key').on(table.keyId),
  ]),
);

/**
 * A claim of an account on the number with which another signs in; its states are in `domain/number-claims.ts`. The
 * claimant's own identifier of the number does not sign in meanwhile.
 */
export const numberClaimTable = sqliteTable(
  'number_claim',
  {
    id: text().primaryKey(),
    /** What its claimant signs in with, instead of the number. */
    claimNumber: text('claim_number').notNull().unique(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    /** The account that has the number, or had it last. */
    holderId: text('holder_id').notNull(),
    portal: text().notNull(),
    status: text().$type<NumberClaimStatus>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    noticedAtMs: integer('noticed_at_ms'),
    objectUntilMs: integer('object_until_ms'),
    objectedAtMs: integer('objected_at_ms'),
    endedAtMs: integer('ended_at_ms'),
    version: integer().notNull().default(1),
  },
  constraints((table) => [
    // One claim of an account, and one of which its holder has a notice, however many come at once.
    uniqueIndex('number_claim_live')
      .on(table.accountId)
      .where(sql`status in ('open', 'noticed', 'in_review')`),
    uniqueIndex('number_claim_told')
      .on(table.holderId)
      .where(sql`status in ('noticed', 'in_review')`),
    index('number_claim_account').on(table.accountId),
    index('number_claim_holder').on(table.holderId),
    index('number_claim_status').on(table.status),
  ]),
);

/** A consent or agreement: at which portal, for what, to whom, with the version of the text and the time (PIPL 14, 29). */
export const consentTable = sqliteTable(
  'consent',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    kind: text().$type<ConsentKind>().notNull(),
    portal: text().notNull(),
    purpose: text().$type<ConsentPurpose>().notNull(),
    /** The id of a service where it is to enter one. */
    receiver: text().notNull(),
    version: text().notNull(),
    givenAtMs: integer('given_at_ms').notNull(),
    withdrawnAtMs: integer('withdrawn_at_ms'),
    /** What of the person that service is told; `null` where it is no consent to enter one. */
    fields: text({ mode: 'json' }).$type<readonly ServiceField[]>(),
  },
  constraints((table) => [index('consent_account').on(table.accountId)]),
);

/**
 * A guardian's consent for a child under 14 (PIPL 31). It is given for a number, under which the child then has an
 * account; the challenge of the same id holds the code.
 */
export const guardianConsentTable = sqliteTable(
  'guardian_consent',
  {
    id: text().primaryKey(),
    /** The guardian's. */
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    /** The child's account, once it has used the consent. */
    childId: text('child_id').references(() => accountTable.id),
    /** Sealed JSON: the child's document type, number and name. */
    childSealed: text('child_sealed').notNull(),
    relation: text().$type<GuardianRelation>().notNull(),
    scope: text().$type<WithdrawableConsent>().notNull(),
    /** Of the notice for children. */
    version: text().notNull(),
    /** How it was given or refused. */
    channel: text().$type<GuardianChannel>().notNull().default('own_account'),
    /** SHA-256 of what was declared, which the audit has too; `null` in rows of before it was kept. */
    evidenceHash: text('evidence_hash'),
    givenAtMs: integer('given_at_ms').notNull(),
    /** Until when it can be used. */
    expiresAtMs: integer('expires_at_ms').notNull(),
    usedAtMs: integer('used_at_ms'),
    endedAtMs: integer('ended_at_ms'),
    ending: text().$type<GuardianEnding>(),
    /** When the job looks at it next: whether it was used in time, and whether the child is 14. `null`: it has ended. */
    lookAtMs: integer('look_at_ms'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('guardian_consent_account').on(table.accountId),
    index('guardian_consent_child').on(table.childId),
    index('guardian_consent_look').on(table.lookAtMs),
    index('guardian_consent_key').on(table.keyId),
  ]),
);
