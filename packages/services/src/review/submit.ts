import {
  commit,
  guard,
  isUniqueViolation,
  photoTable,
  casePhotoTable,
  caseTable,
  verificationTable,
} from '@shiming/db';
import {
  activeCaseStatuses,
  AppError,
  checkValidity,
  dueAfterWorkingDays,
  flagsOf,
  flagsWithDoubt,
  isSameCorrection,
  isVerified,
  openCaseStatuses,
  photoSides,
  type CaseEvent,
  type CaseFlag,
  caseAfter,
  type CaseState,
  type ReviewStatement,
} from '@shiming/domain';
import { and, desc, eq, gt, inArray, ne, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isAttestedElsewhere } from '../account/attestation.ts';
import { commitClaims, type Limit, newClaim } from '../allowance/allowance.ts';
import { newCaseNumber } from '../cases/number.ts';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { hasLiveConsent } from '../account/live-consent.ts';
import { guardAccountUnchanged, openIdentity, openProfile } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import { abandonedAfterMs, authorityCheck } from '../verification/ask.ts';
import { blindIndex, blindIndexes } from '../vault/vault.ts';
import { activeOf, missingTasks, openReviews, reviewQueries } from './load.ts';
import { keepPhotos } from './photo-store.ts';
import { type CaseRow, stateOf } from '../cases/state.ts';
import { openAnswers, sealedAnswers } from './answers.ts';

/** T-REV-04: what the person keeps of a submission. `dueDate` is the Shanghai date of the last day. */
export type ReviewReceipt = {
  caseNumber: string;
  submittedAtMs: number;
  dueDate: string;
  isDueProvisional: boolean;
};

/** T-REV-03: the attempts of an account in a period. */
const periodLimit = ({ portal }: Pick<Ctx, 'portal'>): Limit => {
  const limit = portal.review.perPeriod;
  return {
    limit,
    window: 'review_period',
    refusal: (resumesAtMs) => ({ code: 'review.period_limit', limit, resumesAtMs }),
  };
};

export const reviewClaimKind = 'review';

/** What the authority has said last, and whether it has been asked at all and did not confirm. */
export const lastVerifications = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  db
    .select({ status: verificationTable.status })
    .from(verificationTable)
    .where(and(eq(verificationTable.accountId, accountId), ne(verificationTable.status, 'asked')))
    .orderBy(desc(verificationTable.askedAtMs))
    .limit(1);

/**
 * T-REV-01, T-VER-05: a review is for those whom the authority has not confirmed, or cannot: the way to it leads
 * over the page that says so. A verified person asks for one where name or validity have changed (T-VER-03b).
 */
export const isOffered = (
  ctx: Pick<Ctx, 'portal' | 'authority'>,
  account: SignedIn['account'],
  last: string | undefined,
): boolean =>
  account.documentType !== null &&
  (authorityCheck(ctx, account) === 'none' || (last !== undefined && last !== 'matched'));

function moved(state: CaseState, event: CaseEvent): CaseState {
  const next = caseAfter(state, event);
  if (typeof next === 'string') throw new AppError({ code: 'review.open' });
  return next;
}

/**
 * T-REV-03, T-REV-04: sends the request off, in one transaction with the attempt it costs. From then on profile and
 * verification are frozen. What was sent back goes back into the queue at no cost, under its number, with a new due
 * date. However often it is sent at once, it is one request and one attempt.
 *
 * @throws AppError profile.incomplete, review.not_offered, review.open, review.incomplete, review.period_limit,
 * verification.in_progress, consent.required, request.stale
 */
export async function submitReview(ctx: Ctx, signedIn: SignedIn): Promise<ReviewReceipt> {
  const { account } = signedIn;
  refuseUnless(account.profileSealed !== null || !ctx.portal.needs.includes('profile'), {
    code: 'profile.incomplete',
  });
  const [[last], ...found] = await ctx.db.batch([
    lastVerifications(ctx, account.id),
    ...reviewQueries(ctx, account.id),
  ]);
  refuseUnless(isOffered(ctx, account, last?.status), { code: 'review.not_offered' });
  const reviews = await openReviews(ctx, found);
  const review = activeOf(reviews);
  refuseUnless(review !== null, {
    code: 'review.incomplete',
    missing: [...photoSides, 'answers'],
  });
  const { row } = review;
  refuseUnless(row.status === 'draft' || row.status === 'returned', { code: 'review.open' });
  const identity = await openIdentity(ctx, account);
  const statement = await openAnswers(ctx, row);
  const missing = missingTasks(review);
  // A document can run out while the draft lies about.
  if (statement !== null && !isStillValid(ctx, statement, identity)) {
    missing.push('answers');
  }
  refuseUnless(missing.length === 0 && statement !== null, { code: 'review.incomplete', missing });
  refuseUnless(!isVerified(signedIn) || !isSameCorrection(statement, identity), {
    code: 'review.not_offered',
  });

  const nowMs = ctx.now();
  const due = dueAfterWorkingDays(nowMs, ctx.portal.review.workingDays);
  const authority =
    last?.status === 'mismatched' || last?.status === 'no_record' ? last.status : null;
  const permit = (await openProfile(ctx, account))?.travelPermitNumber ?? null;
  const submitted = {
    // Where its consents are asked for.
    portal: ctx.portal.id,
    nameIndex: await blindIndex(ctx, 'name', statement.name),
    submittedAtMs: nowMs,
    isDueProvisional: due.isProvisional,
    // Sealed beside the answers, from which the index is moved to another key.
    ...(permit === null
      ? {}
      : {
          ...(await sealedAnswers(ctx, row.id, { ...statement, number: permit })),
          numberIndex: await blindIndex(ctx, 'number', permit),
        }),
  };
  const flags = flagsOf(statement, identity, authority, today(ctx));
  const ofPermit =
    permit === null
      ? undefined
      : {
          isAttested: await isAttestedElsewhere(ctx, account.id, permit),
          others: othersWithPermit(ctx, account.id, await blindIndexes(ctx, 'number', permit)),
        };
  const receipt = (caseNumber: string): ReviewReceipt => ({
    caseNumber,
    submittedAtMs: nowMs,
    dueDate: due.date,
    isDueProvisional: due.isProvisional,
  });
  const guards = [
    guard(ctx.db, hasLiveConsent(ctx, account.id, 'document_number'), { code: 'consent.required' }),
    guard(ctx.db, hasLiveConsent(ctx, account.id, 'photos'), { code: 'consent.required' }),
    guard(ctx.db, sql`not ${isAsking(ctx, account.id)}`, { code: 'verification.in_progress' }),
    // Confirmed meanwhile, or changed: the flags and the level are those of the account that was read.
    guardAccountUnchanged(ctx, account),
  ] as const;

  if (row.status === 'returned' && row.caseNumber !== null) {
    const state = moved(stateOf(row), { type: 'answer', flags, dueAtMs: due.endMs, atMs: nowMs });
    await commit(ctx.db, [
      ...guards,
      ...sendOff(ctx, account.id, ofPermit, row, state, submitted),
      keepPhotos(ctx, row),
      record(ctx, 'review.answered', account.id, { case: row.id }),
    ]);
    return receipt(row.caseNumber);
  }

  const unproved = reviews.filter((each) => each.row.status !== 'approved');
  const state = moved(stateOf(row), {
    type: 'submit',
    flags: flagsWithDoubt(
      flags,
      unproved.flatMap((each) => each.row.flags),
    ),
    rejectionsBefore: reviews.filter((each) => each.row.status === 'rejected').length,
    dueAtMs: due.endMs,
    atMs: nowMs,
  });
  const claim = newClaim(ctx, reviewClaimKind, account.id, [periodLimit(ctx)]);
  for (;;) {
    const caseNumber = newCaseNumber(ctx, nowMs);
    try {
      await commitClaims(
        ctx,
        [claim],
        [
          ...guards,
          ...sendOff(ctx, account.id, ofPermit, row, state, {
            ...submitted,
            caseNumber,
            attemptId: claim.id,
          }),
          keepPhotos(ctx, row),
          record(ctx, 'review.submitted', account.id, { case: row.id }),
        ],
      );
      return receipt(caseNumber);
    } catch (error) {
      if (!isUniqueViolation(error, 'case.case_number')) throw error;
    }
  }
}

/**
 * The requests of other people with a photo that is in the one that this person is about to send off, as its clean
 * bytes tell; also one that was removed since, for its row stays.
 */
function othersWithSamePhoto({ db }: Pick<Ctx, 'db'>, accountId: string) {
  const [own, ownPhoto] = [alias(casePhotoTable, 'own'), alias(photoTable, 'own_photo')];
  const ownRequest = alias(caseTable, 'own_request');
  return db
    .selectDistinct({ id: casePhotoTable.caseId })
    .from(ownRequest)
    .innerJoin(own, eq(own.caseId, ownRequest.id))
    .innerJoin(ownPhoto, eq(ownPhoto.id, own.photoId))
    .innerJoin(photoTable, eq(photoTable.contentHash, ownPhoto.contentHash))
    .innerJoin(casePhotoTable, eq(casePhotoTable.photoId, photoTable.id))
    .where(
      and(
        eq(ownRequest.accountId, accountId),
        inArray(ownRequest.status, [...activeCaseStatuses]),
        ne(photoTable.accountId, accountId),
      ),
    );
}

/** The open requests of other accounts with the same 通行证号码. */
function othersWithPermit({ db }: Pick<Ctx, 'db'>, accountId: string, indexes: string[]) {
  const other = alias(caseTable, 'other_request');
  return db
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        inArray(other.numberIndex, indexes),
        eq(other.kind, 'manual_review'),
        inArray(other.status, [...openCaseStatuses]),
        ne(other.accountId, accountId),
      ),
    );
}

/**
 * Statements that send a request off as it was checked: not sent off by now, with the same answers and three photos. A
 * photo that arrives at this moment from another page is one of them, or comes too late; neither keeps the other from
 * being done. Where the 通行证 has verified another account it is flagged. Where somebody else asks with the same 通行证 or
 * has the same picture both are flagged, theirs while it is open: the reviewer who has it on the screen reads that it changed.
 */
function sendOff(
  ctx: Ctx,
  accountId: string,
  ofPermit: { isAttested: SQL; others: SQLWrapper } | undefined,
  { id, status, round, answersSealed }: CaseRow,
  { decisions: _decisions, earlier: _earlier, ...columns }: CaseState,
  also: Partial<typeof caseTable.$inferInsert>,
) {
  const request = caseTable;
  const version = sql`${request.version} + 1`;
  const photos = sql`(select count(*) from ${casePhotoTable} where ${casePhotoTable.caseId} = ${id})`;
  const same = ctx.db
    .select({ id: request.id })
    .from(request)
    .where(
      and(
        eq(request.id, id),
        eq(request.status, status),
        eq(request.round, round),
        eq(request.answersSealed, answersSealed ?? ''),
        sql`${photos} = ${photoSides.length}`,
      ),
    );
  const others = othersWithSamePhoto(ctx, accountId);
  const flag = (reused: CaseFlag, where: SQL | undefined) =>
    ctx.db
      .update(request)
      .set({ flags: sql`json_insert(${request.flags}, '$[#]', ${reused})`, version })
      .where(
        and(
          where,
          sql`not exists (select 1 from json_each(${request.flags}) where value = ${reused})`,
        ),
      );
  return [
    guard(ctx.db, sql`exists ${same}`, { code: 'request.stale' }),
    ctx.db
      .update(request)
      .set({ ...columns, ...also, version })
      .where(eq(request.id, id)),
    ...(ofPermit === undefined
      ? []
      : [
          flag(
            'permit_reused',
            and(eq(request.id, id), or(ofPermit.isAttested, sql`exists ${ofPermit.others}`)),
          ),
          flag('permit_reused', sql`${request.id} in ${ofPermit.others}`),
        ]),
    flag('photo_reused', and(eq(request.id, id), sql`exists ${others}`)),
    flag(
      'photo_reused',
      and(inArray(request.status, [...openCaseStatuses]), inArray(request.id, others)),
    ),
  ] as const;
}

function isStillValid(
  ctx: Ctx,
  { validity }: ReviewStatement,
  { type, birthDate }: Parameters<typeof flagsOf>[1],
): boolean {
  return validity === null || checkValidity({ type, birthDate, today: today(ctx), ...validity }).ok;
}

/** That the authority is being asked about this account now: its answer would come into a frozen account. */
function isAsking({ db, now }: Pick<Ctx, 'db' | 'now'>, accountId: string) {
  const asked = db
    .select({ id: verificationTable.id })
    .from(verificationTable)
    .where(
      and(
        eq(verificationTable.accountId, accountId),
        eq(verificationTable.status, 'asked'),
        gt(verificationTable.askedAtMs, now() - abandonedAfterMs),
      ),
    );
  return sql`exists ${asked}`;
}
