import { auditTable, caseTable } from '@shiming/db';
import {
  bySlot,
  isEndedCase,
  isQueued,
  maskEmail,
  maskMobile,
  type PhotoSide,
  queueBand,
  queueCountLimit,
  caseAfter,
  type CaseChannel,
  type CaseItem,
  reviewPeriod,
  type CaseReason,
  caseStages,
  type ReviewStatement,
  type CaseStatus,
  type CaseTask,
  shanghaiDate,
  timelineActions,
  type TimelineEvent,
  timelineOf,
} from '@shiming/domain';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { usedSince } from '../allowance/allowance.ts';
import { auditedCase } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { isProvedOf, openContact } from '../account/account.ts';
import type { SignedIn } from '../session/session.ts';
import {
  activeOf,
  consentQuery,
  missingTasks,
  openReviews,
  type Photos,
  returnedOf,
  type Review,
  reviewQueries,
} from './load.ts';
import type { PhotoView } from './save-photo.ts';
import { isOverdue, isReview, stateOf } from '../cases/state.ts';
import { openAnswers } from './answers.ts';
import { isOffered, lastVerifications, reviewClaimKind } from './submit.ts';

/** A request as its person sees it. Who decides, and how often, is not told; nor a decision that can be undone. */
export type ReviewView = {
  status: Exclude<CaseStatus, 'deciding'>;
  /** `null` while a draft. */
  caseNumber: string | null;
  answers: ReviewStatement | null;
  channel: CaseChannel;
  photos: Record<PhotoSide, PhotoView | null>;
  /** What a draft, or what was sent back, still lacks. */
  missing: readonly CaseTask[];
  /** Why it was rejected or sent back; of a draft, why the request was that it corrects. */
  reasons: readonly CaseReason[];
  /** What was sent back; nothing else can be changed. */
  returned: readonly CaseItem[] | null;
  submittedAtMs: number | null;
  dueDate: string | null;
  isDueProvisional: boolean;
  /** Its whole way, oldest first. */
  events: readonly TimelineEvent[];
  endedAtMs: number | null;
  /** When a draft, or what was sent back, is given up. */
  expiresAtMs: number | null;
};

/** As many actions of the audit as the requests of years leave. */
const auditedShown = 500;

/** T-REV-01 to 06: everything the pages of a manual review show, in one round trip. */
export async function currentReview(ctx: Ctx, { account, level }: SignedIn) {
  const { perPeriod } = ctx.portal.review;
  const { fromMs, untilMs } = reviewPeriod(ctx.now());
  const [[last], [ledger], queue, audited, [consent], ...found] = await ctx.db.batch([
    lastVerifications(ctx, account.id),
    usedSince(ctx.db, reviewClaimKind, account.id, fromMs),
    beforeInQueue(ctx, account.id),
    auditedActions(ctx, account.id),
    consentQuery(ctx, account.id),
    ...reviewQueries(ctx, account.id),
  ]);
  const [reviews, { mobile, email }] = await Promise.all([
    openReviews(ctx, found),
    openContact(ctx, account),
  ]);
  const view = (review: Review) =>
    viewOf(ctx, review, reviews, eventsOf(review, audited.toReversed()));
  const active = activeOf(reviews);
  const ended = reviews.find(({ row }) => isEndedCase(row.status)) ?? null;
  const request = active && (await view(active));
  const hasConsent = consent?.isLive ?? false;
  const canWithdraw =
    active !== null &&
    typeof caseAfter(stateOf(active.row), { type: 'withdraw', hasConsent, atMs: ctx.now() }) !==
      'string';
  return {
    level,
    isProfileComplete: account.profileSealed !== null,
    documentType: account.documentType,
    isOffered: isOffered(ctx, account, last?.status),
    perPeriod,
    remaining: Math.max(0, perPeriod - (ledger?.used ?? 0)),
    resumesAtMs: untilMs,
    /** The draft, or the request that is open. */
    request,
    canWithdraw,
    /** Whether photos may be taken: without it none is uploaded or submitted. */
    mayTakePhotos: consent?.hasPhotos ?? false,
    /** It waits for a decision, and for the consent that was withdrawn. */
    isPaused: active?.row.status === 'waiting' && !hasConsent,
    /** It waits for a decision, and its last day is over. */
    isOverdue: active !== null && isOverdue(active.row, ctx.now()),
    /** Where the request stands in the queue, about; `null` while it does not, and once somebody has opened it there. */
    place:
      request?.status === 'waiting' && isQueued(request.events)
        ? queueBand(queue[0]?.before ?? 0)
        : null,
    /** The request that ended last. */
    last: ended && (await view(ended)),
    /** Where the outcome can be told, masked; `null` where the contact was never proved. */
    tellsAt: {
      sms: isProvedOf(account).mobile ? maskMobile(mobile) : null,
      mail: isProvedOf(account).email ? maskEmail(email) : null,
    },
  };
}

async function viewOf(
  ctx: Ctx,
  review: Review,
  reviews: readonly Review[],
  events: readonly TimelineEvent[],
): Promise<ReviewView> {
  const { row, reasons } = review;
  const corrected = reviews.find((each) => each.row.id === row.correctsId);
  const isEditable = row.status === 'draft' || row.status === 'returned';
  const isTold = row.status === 'rejected' || row.status === 'returned';
  return {
    status: row.status === 'deciding' ? 'waiting' : row.status,
    caseNumber: row.caseNumber,
    answers: await openAnswers(ctx, row),
    channel: row.channel,
    photos: photoViews(review.photos),
    missing: isEditable ? missingTasks(review) : [],
    reasons: row.status === 'draft' ? (corrected?.reasons ?? []) : isTold ? reasons : [],
    returned: returnedOf(review),
    submittedAtMs: row.submittedAtMs,
    dueDate: row.dueAtMs === null ? null : shanghaiDate(row.dueAtMs - 1),
    isDueProvisional: row.isDueProvisional,
    events,
    endedAtMs: row.endedAtMs,
    expiresAtMs: row.expiresAtMs,
  };
}

const photoView = (photo: Photos[PhotoSide]): PhotoView | null =>
  photo && {
    photoId: photo.id,
    width: photo.width,
    height: photo.height,
    orientation: photo.orientation,
  };

const photoViews = (photos: Photos): Record<PhotoSide, PhotoView | null> =>
  bySlot('manual_review', (side) => photoView(photos[side]));

/** What the audit has of the reviews of an account, newest first. */
const auditedActions = ({ db }: Pick<Ctx, 'db'>, accountId: string) =>
  db
    .select({
      caseId: auditedCase,
      action: auditTable.action,
      atMs: auditTable.atMs,
    })
    .from(auditTable)
    .where(
      and(eq(auditTable.accountId, accountId), inArray(auditTable.action, [...timelineActions])),
    )
    .orderBy(desc(auditTable.atMs), desc(sql`rowid`))
    .limit(auditedShown);

/** Of an old request whose rows of the audit have been deleted, the row itself still has the beginning and the end. */
function eventsOf(
  { row, returns }: Review,
  audited: readonly { caseId: string | null; action: string; atMs: number }[],
): TimelineEvent[] {
  const own = audited.filter(({ caseId }) => caseId === row.id);
  const { submittedAtMs, endedAtMs, status } = row;
  const kept = [
    ...(submittedAtMs === null ? [] : [{ action: 'review.submitted', atMs: submittedAtMs }]),
    ...(endedAtMs === null ? [] : [{ action: `review.${status}`, atMs: endedAtMs }]),
  ];
  return timelineOf(own.length > 0 ? own : kept, returns);
}

/** How many requests of the queue come before the person's own: counted along its index, and not to its end. */
function beforeInQueue({ db }: Pick<Ctx, 'db'>, accountId: string) {
  const { accountId: account, kind, status, stage, dueAtMs, submittedAtMs } = caseTable;
  const mine = (column: SQLiteColumn) =>
    sql`(select ${column} from ${caseTable} where ${account} = ${accountId} and ${isReview} and ${status} = 'waiting')`;
  const ahead = caseStages.map(
    (each) =>
      sql`select 1 from ${caseTable} where ${kind} = 'manual_review' and ${status} = 'waiting' and ${stage} = ${each} and (${dueAtMs}, ${submittedAtMs}) < (${mine(dueAtMs)}, ${mine(submittedAtMs)})`,
  );
  return db.all<{ before: number }>(
    sql`select count(*) as "before" from (${sql.join(ahead, sql` union all `)} limit ${queueCountLimit})`,
  );
}
