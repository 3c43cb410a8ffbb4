import type { RecordKind, RecordOutcome, ReportStatus } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';
import { accountTable } from './account.ts';

/** What an authority last said of a person's records of one kind, and the question that is under way. */
export const recordTable = sqliteTable(
  'record',
  {
    /** `account.portal.kind`. */
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    portal: text().notNull(),
    kind: text().$type<RecordKind>().notNull(),
    /** The claim that pays for the question under way; `null`: none is. */
    askId: text('ask_id'),
    askedAtMs: integer('asked_at_ms').notNull(),
    /** What came of the last question. Where nobody was reached, the answer before it stays. */
    outcome: text().$type<RecordOutcome>(),
    /** The last answer, sealed: what was found, or from when on; with the version of the identity that it is about. */
    answerSealed: text('answer_sealed'),
    answerOutcome: text('answer_outcome').$type<RecordOutcome>(),
    answeredAtMs: integer('answered_at_ms'),
    about: integer(),
    /** Sealed JSON, of 学籍 alone: which qualifications its holder has bound to which enrolment. */
    boundSealed: text('bound_sealed'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    index('record_account').on(table.accountId),
    index('record_asked').on(table.askedAtMs),
    // The few that are being asked, which a job looks for every minute.
    index('record_asking')
      .on(table.askedAtMs)
      .where(sql`${table.askId} is not null`),
    index('record_key').on(table.keyId),
  ]),
);

/** A person's answer to a photo check (S-REC-02). It is final until the school opens the check again. */
export const photoCheckTable = sqliteTable(
  'photo_check',
  {
    id: text().primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => accountTable.id),
    portal: text().notNull(),
    /** Sealed JSON: the id of the record at the authority. */
    recordSealed: text('record_sealed').notNull(),
    recordIndex: text('record_index').notNull(),
    /** The school whose staff may open the check again, by its code. */
    scope: text(),
    answer: text().$type<'correct' | 'disputed'>().notNull(),
    /** The dispute, where the answer is one. */
    caseId: text('case_id'),
    /** 满意度, one to five; `null` until it was given. */
    stars: integer(),
    answeredAtMs: integer('answered_at_ms').notNull(),
    reopenedAtMs: integer('reopened_at_ms'),
    /** How far the school's answer to a dispute is on its way to the authority; `null`: there is none to send. */
    reportStatus: text('report_status').$type<ReportStatus>(),
    reportTries: integer('report_tries').notNull().default(0),
    /** When it is sent next; while it is being sent, when its sender counts as dead. `null`: no more. */
    reportNextAtMs: integer('report_next_at_ms'),
    /** The authority's last reply, for the help desk. */
    reportCode: text('report_code'),
    keyId: text('key_id').notNull(),
  },
  constraints((table) => [
    uniqueIndex('photo_check_answer')
      .on(table.accountId, table.recordIndex)
      .where(sql`${table.reopenedAtMs} is null`),
    index('photo_check_account').on(table.accountId, table.answeredAtMs),
    // For the job that changes keys, which asks every minute.
    index('photo_check_record').on(table.recordIndex),
    index('photo_check_case').on(table.caseId),
    index('photo_check_report')
      .on(table.reportNextAtMs)
      .where(sql`${table.reportNextAtMs} is not null`),
    index('photo_check_key').on(table.keyId),
  ]),
);
