import {
  casePhotoTable,
  caseTable,
  commit,
  guard,
  hasWritten,
  isUniqueViolation,
  photoCheckTable,
  recordTable,
} from '@shiming/db';
import {
  AppError,
  caseAfter,
  diplomaPhoto,
  type DisputeAnswers,
  dueAfterWorkingDays,
  newCase,
  parseDispute,
  readBase64,
} from '@shiming/domain';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { hasLiveConsent } from '../account/live-consent.ts';
import { type Limit, commitClaims, newClaim } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { hasRecordConsent } from '../records/ask.ts';
import { type CaseRow, moveCase, stateOf } from '../cases/state.ts';
import { cleanPhoto, keepPhotos, storePhoto } from '../review/photo-store.ts';
import { newCaseNumber } from '../cases/number.ts';
import type { SignedIn } from '../session/session.ts';
import { blindIndex, blindIndexes, currentKeyId, placeOf, seal } from '../vault/vault.ts';
import { type Check, openCheck } from './load.ts';
import { sealedDispute } from './state.ts';

/** Far more than anybody has records. */
const perDay: Limit = {
  limit: 10,
  window: 'shanghai_day',
  refusal: (retryAtMs) => ({ code: 'request.too_many', retryAtMs }),
};

/** As many photos as it takes to find a good one. */
const photosPerDay: Limit = { ...perDay, limit: 20 };

const answered = { code: 'photo_check.answered' } as const;

/** What has to hold for an answer, and the answer: one stands for a record until the school opens the check again. */
async function answerStatements(
  ctx: Ctx,
  accountId: string,
  { row, check }: { row: typeof recordTable.$inferSelect; check: Check },
  answer: { answer: 'correct' | 'disputed'; caseId: string | null },
) {
  const id = ctx.crypto.randomToken(12);
  const indexes = await blindIndexes(ctx, 'record', check.recordId);
  const standing = ctx.db
    .select({ id: photoCheckTable.id })
    .from(photoCheckTable)
    .where(
      and(
        eq(photoCheckTable.accountId, accountId),
        inArray(photoCheckTable.recordIndex, indexes),
        isNull(photoCheckTable.reopenedAtMs),
      ),
    );
  const same = ctx.db
    .select({ id: recordTable.id })
    .from(recordTable)
    .where(
      and(eq(recordTable.id, row.id), sql`${recordTable.answeredAtMs} is ${row.answeredAtMs}`),
    );
  return [
    guard(ctx.db, hasRecordConsent(ctx, accountId), { code: 'consent.required' }),
    // What is answered is what was on the page.
    guard(ctx.db, sql`exists ${same}`, { code: 'request.stale' }),
    guard(ctx.db, sql`not exists ${standing}`, answered),
    ctx.db.insert(photoCheckTable).values({
      id,
      accountId,
      portal: ctx.portal.id,
      recordSealed: await seal(ctx, placeOf(photoCheckTable.recordSealed, id), check.recordId),
      recordIndex: await blindIndex(ctx, 'record', check.recordId),
      scope: check.fields.schoolCode ?? null,
      ...answer,
      answeredAtMs: ctx.now(),
      keyId: currentKeyId(ctx),
    }),
  ] as const;
}

/**
 * S-REC-02: 【正确】. The record and its photo are right; that is final until the school opens the check again.
 *
 * @throws AppError request.not_found, photo_check.closed, photo_check.answered, consent.required, request.stale
 */
export async function confirmPhotoCheck(
  ctx: Ctx,
  signedIn: SignedIn,
  { recordId }: { recordId: string },
): Promise<void> {
  const found = await openCheck(ctx, signedIn, recordId);
  const { id } = signedIn.account;
  // There is nothing to find right in a photo that is not there.
  refuseUnless(found.check.photos.graduation !== null, { code: 'request.not_found' });
  await commit(ctx.db, [
    ...(await answerStatements(ctx, id, found, { answer: 'correct', caseId: null })),
    record(ctx, 'photo_check.confirmed', id),
  ]);
}

/**
 * S-REC-02a: 满意度, once after 【正确】.
 *
 * @throws AppError request.stale where there is no such answer, or it has its stars
 */
export async function ratePhotoCheck(
  ctx: Ctx,
  { account }: SignedIn,
  { recordId, stars }: { recordId: string; stars: number },
): Promise<void> {
  await commit(ctx.db, [
    ctx.db
      .update(photoCheckTable)
      .set({ stars })
      .where(
        and(
          eq(photoCheckTable.accountId, account.id),
          inArray(photoCheckTable.recordIndex, await blindIndexes(ctx, 'record', recordId)),
          eq(photoCheckTable.answer, 'correct'),
          isNull(photoCheckTable.stars),
          isNull(photoCheckTable.reopenedAtMs),
        ),
      ),
    guard(ctx.db, hasWritten, { code: 'request.stale' }),
    record(ctx, 'photo_check.rated', account.id),
  ]);
}

/** The person's own photo, cleaned: a JPEG of the pixels and the size of a diploma's. */
async function ownPhotoIn(ctx: Ctx, base64: string) {
  const file = readBase64(base64);
  if (file === null) throw new AppError({ code: 'photo.refused', reason: 'broken' });
  const { width, height, minBytes, maxBytes } = diplomaPhoto;
  const photo = await cleanPhoto(ctx, file, { underBytes: maxBytes + 1 });
  if (photo.width !== width || photo.height !== height || file.length < minBytes) {
    throw new AppError({ code: 'photo.refused', reason: 'unsupported' });
  }
  return photo;
}

/**
 * S-REC-02, S-REC-03: 【有误】. The school gets a case with what the record says and what the person says instead; nobody
 * else sees it. Until the school has answered, the check has its answer.
 *
 * @throws AppError input.invalid, photo.refused, request.not_found, photo_check.closed, photo_check.answered,
 * consent.required, request.too_many, request.stale
 */
export async function disputeRecord(
  ctx: Ctx,
  signedIn: SignedIn,
  input: DisputeAnswers & { recordId: string; photo: string | null },
): Promise<{ caseNumber: string; dueDate: string }> {
  const parsed = accepted(parseDispute(input));
  const ownPhoto = input.photo === null ? null : await ownPhotoIn(ctx, input.photo);
  const found = await openCheck(ctx, signedIn, input.recordId);
  const { fields } = found.check;
  const { id: accountId } = signedIn.account;
  const caseId = ctx.crypto.randomToken(12);
  const atMs = ctx.now();
  const due = dueAfterWorkingDays(atMs, ctx.portal.records?.photoCheck?.workingDays ?? 0);
  const state = caseAfter(newCase('record_dispute', atMs), {
    type: 'submit',
    flags: [],
    rejectionsBefore: 0,
    dueAtMs: due.endMs,
    atMs,
  });
  if (typeof state === 'string') throw new AppError({ code: 'request.stale' });
  const { decisions: _decisions, earlier: _earlier, ...columns } = state;
  const name = fields.name ?? '';
  const values = {
    ...columns,
    id: caseId,
    accountId,
    portal: ctx.portal.id,
    scope: fields.schoolCode ?? '',
    channel: 'inbox' as const,
    nameIndex: await blindIndex(ctx, 'name', name),
    createdAtMs: atMs,
    submittedAtMs: atMs,
    isDueProvisional: due.isProvisional,
    ...(await sealedDispute(ctx, caseId, {
      name,
      recordId: found.check.recordId,
      school: fields.school ?? '',
      before: {
        studentNumber: fields.studentNumber ?? '',
        name,
        documentNumber: fields.documentNumber ?? '',
      },
      statement: parsed,
      answer: null,
    })),
  };
  // X-06a: the school sees the photo, so nothing of it is kept without the consent to that.
  const ownPhotoConsent = [
    guard(ctx.db, hasLiveConsent(ctx, accountId, 'own_photo'), { code: 'consent.required' }),
  ];
  const photoId =
    ownPhoto === null
      ? null
      : await storePhoto(
          ctx,
          [newClaim(ctx, 'photo_check.photo', accountId, [photosPerDay])],
          accountId,
          ownPhoto,
          ownPhotoConsent,
        );
  for (;;) {
    const caseNumber = newCaseNumber(ctx, atMs);
    try {
      await commitClaims(
        ctx,
        [newClaim(ctx, 'photo_check', accountId, [perDay])],
        [
          ...(await answerStatements(ctx, accountId, found, { answer: 'disputed', caseId })),
          ...(photoId === null ? [] : ownPhotoConsent),
          ctx.db.insert(caseTable).values({ ...values, caseNumber }),
          ...(photoId === null
            ? []
            : [ctx.db.insert(casePhotoTable).values({ caseId, slot: 'own', photoId })]),
          keepPhotos(ctx, { id: caseId, accountId }),
          record(ctx, 'photo_check.disputed', accountId, { case: caseId }),
        ],
      );
      return { caseNumber, dueDate: due.date };
    } catch (error) {
      if (!isUniqueViolation(error, 'case.case_number')) throw error;
    }
  }
}

/**
 * Takes a dispute back, however far it is; the check can be answered again.
 *
 * @throws AppError request.not_found, request.stale
 */
export async function withdrawDispute(
  ctx: Ctx,
  { account }: SignedIn,
  { caseNumber }: { caseNumber: string },
): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(caseTable)
    .where(
      and(
        eq(caseTable.caseNumber, caseNumber),
        eq(caseTable.accountId, account.id),
        eq(caseTable.kind, 'record_dispute'),
      ),
    );
  refuseUnless(row !== undefined, { code: 'request.not_found' });
  const event = { type: 'withdraw', hasConsent: true, atMs: ctx.now() } as const;
  const state = caseAfter(stateOf(row), event);
  if (typeof state === 'string') throw new AppError({ code: 'request.stale' });
  await commit(ctx.db, [
    ...moveCase(ctx, row, state),
    ...endDispute(ctx, row),
    ...dropPhoto(ctx, row),
    record(ctx, 'dispute.withdrawn', account.id, { case: row.id }),
  ]);
}

/** Statements that take the photo out of a dispute: it is not needed any longer. */
export const dropPhoto = (ctx: Ctx, row: Pick<CaseRow, 'id' | 'accountId'>) =>
  [
    ctx.db.delete(casePhotoTable).where(eq(casePhotoTable.caseId, row.id)),
    keepPhotos(ctx, row),
  ] as const;

/** Statements that open a check again whose answer was a dispute. */
export const endDispute = (ctx: Ctx, row: CaseRow) =>
  [
    ctx.db
      .update(photoCheckTable)
      .set({ reopenedAtMs: ctx.now() })
      .where(and(eq(photoCheckTable.caseId, row.id), isNull(photoCheckTable.reopenedAtMs))),
  ] as const;
