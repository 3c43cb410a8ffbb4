import type { FaceStatus, FacePurpose, PictureFault, VerificationStatus } from '@shiming/domain';
import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** One question to the authority: the ledger that the person reads. Never what was asked, only what came of it. */
export const verificationTable = sqliteTable(
  'verification',
  {
    id: text().primaryKey(),
    /** Or of the registration that becomes the account, and keeps its id. */
    accountId: text('account_id').notNull(),
    askedAtMs: integer('asked_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    status: text().$type<VerificationStatus>().notNull(),
    provider: text(),
    /** The vendor's result code and request id, for the help desk. */
    rawCode: text('raw_code'),
    vendorRequestId: text('vendor_request_id'),
  },
  constraints((table) => [
    index('verification_account').on(table.accountId, table.askedAtMs),
    index('verification_status').on(table.status, table.askedAtMs),
  ]),
);

/** One comparison of a face: what came of it, and never a picture. */
export const faceCheckTable = sqliteTable(
  'face_check',
  {
    id: text().primaryKey(),
    /** Or of the registration whose number is that of an account. */
    accountId: text('account_id').notNull(),
    purpose: text().$type<FacePurpose>().notNull(),
    /** What it was shown for, where there are several of a purpose. */
    about: text(),
    /** A keyed hash of number and name: an answer that stands is the person's, and not an account's. */
    person: text().notNull(),
    askedAtMs: integer('asked_at_ms').notNull(),
    endedAtMs: integer('ended_at_ms'),
    status: text().$type<FaceStatus>().notNull(),
    pictureFault: text('picture_fault').$type<PictureFault>(),
    provider: text(),
    rawCode: text('raw_code'),
    vendorRequestId: text('vendor_request_id'),
    /** 0 to 100. */
    score: real(),
    model: text(),
    /** When what it proved was used, where it can be used once. */
    spentAtMs: integer('spent_at_ms'),
  },
  constraints((table) => [
    index('face_check_account').on(table.accountId, table.askedAtMs),
    index('face_check_person').on(table.person, table.askedAtMs),
    index('face_check_status').on(table.status, table.askedAtMs),
  ]),
);
