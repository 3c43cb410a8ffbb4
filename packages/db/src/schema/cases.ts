import type {
  CaseKind,
  DocumentType,
  PhotoMark,
  ReasonCode,
  CaseChannel,
  CaseFlag,
  CaseItem,
  CaseOutcome,
  CaseStage,
  CaseStatus,
  SecondCause,
  Slot,
} from '@shiming/domain';
import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/**
 * A case: the draft, what is in the queue, and what came of it; what it is about is its kind. Transitions are the table in
 * `domain/cases/case.ts`; every one raises `version`, and a writer that read an older one is refused.
 */
export const caseTable = sqliteTable(
  'case',
  {
    id: text().primaryKey(),
    kind: text().$type<CaseKind>().notNull().default('manual_review'),
    /** `null` for a ticket of somebody who is not signed in. */
    accountId: text('account_id'),
    /** Blind index of the document number that a ticket is about; `null` where none was given. */
    numberIndex: text('number_index'),
    /** Whose rules it follows, and where its person reads of it. */
    portal: text().notNull(),
    /** What people read out and type; `null` while a draft. */
    caseNumber: text('case_number').unique(),
    status: text().$type<CaseStatus>().notNull(),
    /** Whose turn it is while `waiting`, whose decision it is while `deciding`. */
    stage: text().$type<CaseStage>().notNull(),
    /** Raised when what was sent back is answered: decisions of earlier rounds no longer count. */
    round: integer().notNull().default(1),
    /** The code of the school whose staff alone see it; `null` where it is everybody's. */
    scope: text(),
    documentType: text('document_type').$type<DocumentType>(),
    /** Sealed JSON: what the person states; `null` until it was given. */
    answersSealed: text('answers_sealed'),
    /** Sealed JSON: name and validity of the account before this request was approved, for taking that back. */
    formerIdentitySealed: text('former_identity_sealed'),
    /** Who of the staff decides a case that nobody else may, as a senior has put on record. */
    assignedToId: text('assigned_to_id'),
    /** How the person wants to be told, beside the page 通知. */
    channel: text().$type<CaseChannel>().notNull(),
    /** Blind index of the name as it was submitted, for the search of the console; `null` while a draft. */
    nameIndex: text('name_index'),
    /** Where something disagrees, as found at submission. */
    flags: text({ mode: 'json' }).$type<readonly CaseFlag[]>().notNull(),
    /** How many requests of this person had been rejected before this one. */
    rejectionsBefore: integer('rejections_before').notNull().default(0),
    /** Why a second person had to decide; `null` where none had. */
    secondCauses: text('second_causes', { mode: 'json' }).$type<readonly SecondCause[]>(),
    /** The rejected request that this one corrects. */
    correctsId: text('corrects_id'),
    /** The ledger row of the attempt it cost. */
    attemptId: text('attempt_id'),
    /** Who has it on the screen, and until when unless they show signs of life. */
    holderId: text('holder_id'),
    leaseEndsAtMs: integer('lease_ends_at_ms'),
    takenAtMs: integer('taken_at_ms'),
    createdAtMs: integer('created_at_ms').notNull(),
    submittedAtMs: integer('submitted_at_ms'),
    /** The end of the 7th working day (T-REV-04). */
    dueAtMs: integer('due_at_ms'),
    /** Whether the calendar it was worked out by was not published yet. */
    isDueProvisional: integer('is_due_provisional', { mode: 'boolean' }).notNull().default(false),
    /** When somebody first opened it: from then on it cannot be withdrawn at no cost. */
    openedAtMs: integer('opened_at_ms'),
    /** While `deciding`: until when the decision can be undone. */
    settlesAtMs: integer('settles_at_ms'),
    /** When it ended, whatever the end. */
    endedAtMs: integer('ended_at_ms'),
    /** A draft or what was sent back is given up then. */
    expiresAtMs: integer('expires_at_ms'),
    version: integer().notNull().default(1),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    // One draft and one open review for an account, however many are sent at once.
    uniqueIndex('case_draft')
      .on(table.accountId)
      .where(sql`${table.kind} = 'manual_review' and ${table.status} = 'draft'`),
    uniqueIndex('case_open')
      .on(table.accountId)
      .where(
        sql`${table.kind} = 'manual_review' and ${table.status} in ('waiting', 'deciding', 'returned')`,
      ),
    index('case_account').on(table.accountId, table.createdAtMs),
    // The queue, due first: taking the next case reads from its top.
    index('case_queue').on(
      table.kind,
      table.status,
      table.stage,
      table.dueAtMs,
      table.submittedAtMs,
    ),
    // The queue of a school.
    index('case_scope')
      .on(table.scope, table.kind, table.status, table.stage, table.dueAtMs)
      .where(sql`scope is not null`),
    index('case_holder').on(table.holderId, table.leaseEndsAtMs),
    // The few that a senior has given to somebody.
    index('case_assigned')
      .on(table.assignedToId)
      .where(sql`assigned_to_id is not null`),
    index('case_name').on(table.nameIndex),
    index('case_number').on(table.numberIndex),
    index('case_submitted').on(table.submittedAtMs),
    index('case_ended').on(table.endedAtMs),
    index('case_expiry').on(table.expiresAtMs),
    index('case_key').on(table.keyId),
  ]),
);

/**
 * A photo in the store, under its id. The row is written before the photo and outlives it, so that no photo is
 * without a row; what no request refers to is removed after `remove_after_ms`.
 */
export const photoTable = sqliteTable(
  'photo',
  {
    id: text().primaryKey(),
    /** `null` where its case has no account. */
    accountId: text('account_id'),
    /** Blind index of the clean bytes: tells the same picture, and nobody what it shows. */
    contentHash: text('content_hash').notNull(),
    /** Size of the clean picture, in bytes and pixels as stored. */
    bytes: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    /** EXIF orientation, 1 to 8, which the stored bytes no longer carry. */
    orientation: integer().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    /** `null` while an open request or a draft has it. */
    removeAfterMs: integer('remove_after_ms'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('photo_account').on(table.accountId),
    index('photo_removal').on(table.removeAfterMs),
    index('photo_key').on(table.keyId),
    // The same picture in other people's requests.
    index('photo_content').on(table.contentHash),
  ]),
);

/** Which photo a case has in a slot. A corrected request shares the good ones with the one it corrects. */
export const casePhotoTable = sqliteTable(
  'case_photo',
  {
    caseId: text('case_id').notNull(),
    slot: text().$type<Slot>().notNull(),
    photoId: text('photo_id').notNull(),
  },
  constraints((table) => [
    primaryKey({ columns: [table.caseId, table.slot] }),
    index('case_photo_photo').on(table.photoId),
  ]),
);

/** What a reviewer decided. It takes effect when it can no longer be undone. */
export const caseDecisionTable = sqliteTable(
  'case_decision',
  {
    id: text().primaryKey(),
    caseId: text('case_id').notNull(),
    round: integer().notNull(),
    stage: text().$type<CaseStage>().notNull(),
    reviewerId: text('reviewer_id').notNull(),
    outcome: text().$type<CaseOutcome>().notNull(),
    /** The version of the request that was looked at. */
    caseVersion: integer('case_version').notNull(),
    /** When the reviewer had taken the case: with the time of the decision, the handling time. */
    takenAtMs: integer('taken_at_ms').notNull(),
    decidedAtMs: integer('decided_at_ms').notNull(),
    undoneAtMs: integer('undone_at_ms'),
    /** When it took effect; whether it was the last word is for the request's status to say. */
    settledAtMs: integer('settled_at_ms'),
  },
  constraints((table) => [
    // One decision a stage: a second one in the same round is refused no matter who sends it.
    uniqueIndex('case_decision_once')
      .on(table.caseId, table.round, table.stage)
      .where(sql`${table.undoneAtMs} is null`),
    index('case_decision_case').on(table.caseId),
    index('case_decision_decided').on(table.decidedAtMs),
  ]),
);

/** A reason of a decision: coded, on an item, perhaps with a region of the photo and a sentence. */
export const caseReasonTable = sqliteTable(
  'case_reason',
  {
    id: text().primaryKey(),
    decisionId: text('decision_id').notNull(),
    /** The order in which they were given. */
    place: integer().notNull(),
    /** Of a ticket `ticket_answer`, whose note is the answer. */
    code: text().$type<ReasonCode | 'ticket_answer'>().notNull(),
    item: text().$type<CaseItem | 'answer'>().notNull(),
    mark: text({ mode: 'json' }).$type<PhotoMark>(),
    /** Sealed text of the reviewer's sentence for the applicant. */
    noteSealed: text('note_sealed'),
    atMs: integer('at_ms').notNull(),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('case_reason_decision').on(table.decisionId, table.place),
    index('case_reason_key').on(table.keyId),
  ]),
);
