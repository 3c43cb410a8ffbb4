import type { CorrectionKind, CorrectionStatus, StaffRole, StaffStatus } from '@shiming/domain';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** A member of staff. Links of invitations and recoveries are challenges whose subject is the id. */
export const staffTable = sqliteTable(
  'staff',
  {
    id: text().primaryKey(),
    /** What is typed at the console's sign-in: a work number or the like. */
    loginName: text('login_name').notNull().unique(),
    /** Sealed JSON: the name colleagues and the watermark show, and the work mail address. */
    personSealed: text('person_sealed').notNull(),
    /**
     * Blind index of the own document number: which person this is, and whose case they never get. `null`: none was
     * given, as before it was required; such a member decides nothing.
     */
    numberIndex: text('number_index'),
    /** Blind index of the work mail address in its canonical form; `null` until the rotation job has come by. */
    emailIndex: text('email_index'),
    /** Which member gave the work address, at the invitation or later. `null`: a command, or unknown. */
    emailGivenById: text('email_given_by_id'),
    /** When the work address was last changed after the invitation. */
    emailChangedAtMs: integer('email_changed_at_ms'),
    role: text().$type<StaffRole>().notNull(),
    /** The code of the school within which the role counts; `null` where it has no scope. */
    scope: text(),
    status: text().$type<StaffStatus>().notNull(),
    /** `null` for who signs in by passkey only. */
    passwordHash: text('password_hash'),
    /** The hashes of the passwords before, newest first: none of them is taken again. */
    formerPasswordHashes: text('former_password_hashes', { mode: 'json' })
      .$type<readonly string[]>()
      .notNull()
      .default([]),
    /** Sealed secret of the codes (RFC 6238) that go with the password. */
    totpSealed: text('totp_sealed'),
    /** The time step of the last code that was taken: no code counts twice. */
    totpLastStep: integer('totp_last_step'),
    createdAtMs: integer('created_at_ms').notNull(),
    /** When a link was last given out by the command beside the console, which needs no other administrator. */
    recoveredAtMs: integer('recovered_at_ms'),
    version: integer().notNull().default(1),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('staff_key').on(table.keyId),
    index('staff_role').on(table.role, table.status),
    index('staff_number').on(table.numberIndex),
    index('staff_email').on(table.emailIndex),
  ]),
);

/** A passkey (WebAuthn credential) of a member of staff. */
export const staffPasskeyTable = sqliteTable(
  'staff_passkey',
  {
    /** Credential id, base64url. */
    id: text().primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staffTable.id),
    /** COSE public key, base64url. */
    publicKey: text('public_key').notNull(),
    /** Signature counter: one that does not rise tells of a copy. */
    counter: integer().notNull(),
    transports: text({ mode: 'json' }).$type<readonly string[]>().notNull(),
    label: text().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastUsedAtMs: integer('last_used_at_ms'),
  },
  constraints((table) => [index('staff_passkey_staff').on(table.staffId)]),
);

/** A browser signed in to the console. The cookie is `id.secret`; only the secret's hash is here. */
export const staffSessionTable = sqliteTable(
  'staff_session',
  {
    id: text().primaryKey(),
    secretHash: text('secret_hash').notNull(),
    /** The secret before this one, good until this one is used, or that instant. */
    formerSecretHash: text('former_secret_hash'),
    formerUntilMs: integer('former_until_ms'),
    staffId: text('staff_id').notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    lastSeenAtMs: integer('last_seen_at_ms').notNull(),
    /** When the holder last signed in or proved again who they are: risky acts ask for it. */
    provedAtMs: integer('proved_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    label: text().notNull(),
  },
  constraints((table) => [
    index('staff_session_staff').on(table.staffId, table.createdAtMs),
    index('staff_session_seen').on(table.lastSeenAtMs),
  ]),
);

/** T-CON-08: a correction of an account that the help desk asks for, and a second person where it takes one. */
export const correctionTable = sqliteTable(
  'correction',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    kind: text().$type<CorrectionKind>().notNull(),
    status: text().$type<CorrectionStatus>().notNull(),
    /** Sealed JSON: before, after, and the evidence that was seen. */
    changeSealed: text('change_sealed').notNull(),
    requestedById: text('requested_by_id').notNull(),
    requestedAtMs: integer('requested_at_ms').notNull(),
    decidedById: text('decided_by_id'),
    decidedAtMs: integer('decided_at_ms'),
    expiresAtMs: integer('expires_at_ms').notNull(),
    version: integer().notNull().default(1),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('correction_status').on(table.status, table.requestedAtMs),
    index('correction_account').on(table.accountId, table.requestedAtMs),
    index('correction_key').on(table.keyId),
  ]),
);
