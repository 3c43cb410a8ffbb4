import {
  auditTable,
  casePhotoTable,
  caseTable,
  commit,
  photoCheckTable,
  recordTable,
} from '@shiming/db';
import {
  isEndedCase,
  maskName,
  maskNumber,
  parseTicketText,
  shanghaiDate,
  startOfShanghaiDay,
  writeBase64,
} from '@shiming/domain';
import { and, count, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { auditedCase, record } from '../audit/record.ts';
import { guardConsent } from '../cases/consent.ts';
import { accepted, type Ctx, refuseUnless } from '../context.ts';
import { decide } from '../desk/decide.ts';
import { requireSight } from '../desk/may-see.ts';
import { guardLooked } from '../desk/reveal.ts';
import { answersIn, answersQuery, headOf } from '../desk/screen.ts';
import { isInScope, type Work, workOf, workQueries } from '../desk/work.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { openDispute } from '../photo-check/state.ts';
import { openAnswer } from '../records/ask.ts';
import { photoContext } from '../review/photo-store.ts';
import { openBytes } from '../vault/vault.ts';

type Key = { caseId: string };

/** What an approval rests on: the record with its number, and the photos. */
const evidence = ['number', 'photos'] as const;

async function loadDispute(ctx: Ctx, staff: SignedInStaff, caseId: string) {
  const [found, standing, said, records, [own], [report]] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ...answersQuery(ctx, caseId),
    ctx.db
      .select({ record: recordTable })
      .from(caseTable)
      .innerJoin(
        recordTable,
        and(
          eq(recordTable.accountId, caseTable.accountId),
          eq(recordTable.portal, caseTable.portal),
          eq(recordTable.kind, 'photo_check'),
        ),
      )
      .where(eq(caseTable.id, caseId)),
    ctx.db
      .select({ photoId: casePhotoTable.photoId })
      .from(casePhotoTable)
      .where(eq(casePhotoTable.caseId, caseId)),
    ctx.db
      .select({ status: photoCheckTable.reportStatus })
      .from(photoCheckTable)
      .where(eq(photoCheckTable.caseId, caseId)),
  ]);
  const work = await workOf(ctx, staff, found, standing);
  refuseUnless(work.row.kind === 'record_dispute', { code: 'request.not_found' });
  const sight = await requireSight(ctx, work, staff);
  const dispute = await openDispute(ctx, work.row);
  // What has ended keeps what was said, and no photo.
  const answer =
    records[0] === undefined || isEndedCase(work.row.status)
      ? null
      : await openAnswer(ctx, records[0].record);
  const shown = answer?.records.find(({ id }) => id === dispute.recordId)?.photos;
  /** As the authority gave them last. */
  const photos = shown ?? { admission: null, graduation: null };
  const ownId = isEndedCase(work.row.status) ? null : (own?.photoId ?? null);
  return { work, said, sight, dispute, photos, ownId, report };
}

/** Records looks at a dispute, with the version that was looked at. */
const looked = (ctx: Ctx, { member }: SignedInStaff, { row }: Work, items: readonly string[]) =>
  items.map((item) =>
    record(ctx, 'desk.revealed', row.accountId, {
      case: row.id,
      role: member.role,
      item,
      version: row.version,
    }),
  );

/**
 * S-REC-03: the screen of a dispute. What the record says and what the person says stand side by side; name and number stay
 * masked and the photos away until `revealDispute`. The trail names who did what with this case.
 *
 * @throws AppError request.not_found (also of another school), desk.own_case, desk.consent_withdrawn
 */
export async function viewDispute(ctx: Ctx, staff: SignedInStaff, { caseId }: Key) {
  const { work, said, sight, dispute, photos, ownId, report } = await loadDispute(
    ctx,
    staff,
    caseId,
  );
  const { row } = work;
  const trail = await ctx.db
    .select({ action: auditTable.action, actor: auditTable.actor, atMs: auditTable.atMs })
    .from(auditTable)
    .where(and(eq(auditTable.accountId, row.accountId ?? ''), eq(auditedCase, row.id)))
    .orderBy(desc(auditTable.atMs))
    .limit(50);
  // Its holder was recorded when they took it.
  if (sight === 'senior') {
    await commit(ctx.db, [
      record(ctx, 'desk.viewed', row.accountId, { case: row.id, role: staff.member.role }),
    ]);
  }
  const { statement, before } = dispute;
  const isNumber = statement.field === 'documentNumber';
  return {
    ...headOf(row, sight === 'holder'),
    school: dispute.school,
    before: {
      studentNumber: before.studentNumber,
      maskedName: maskName(before.name),
      maskedNumber: maskNumber(before.documentNumber),
    },
    statement: {
      ...statement,
      value: isNumber && statement.value !== null ? maskNumber(statement.value) : statement.value,
    },
    hasPhotos: {
      admission: photos.admission !== null,
      graduation: photos.graduation !== null,
      own: ownId !== null,
    },
    decisions: await answersIn(ctx, said),
    /** How far the answer is on its way to the authority; `null`: there is none to send. */
    report: report?.status ?? null,
    trail: trail.map(({ action, actor, atMs }) => ({
      action,
      by: actor.split(':')[0] ?? '',
      isOwn: actor === `staff:${staff.member.id}`,
      atMs,
    })),
  };
}

/**
 * What of a dispute is masked, in full, and its photos, once the looks are on record.
 *
 * @throws AppError request.not_found, desk.own_case, desk.consent_withdrawn, service.unavailable
 */
export async function revealDispute(ctx: Ctx, staff: SignedInStaff, { caseId }: Key) {
  const { work, dispute, photos, ownId } = await loadDispute(ctx, staff, caseId);
  const { before, statement } = dispute;
  const sealed = ownId === null ? null : await ctx.photos.get(ownId);
  const own =
    ownId === null || sealed === null
      ? null
      : writeBase64(await openBytes(ctx, photoContext(ownId), sealed));
  await commit(ctx.db, [guardConsent(ctx, work.row), ...looked(ctx, staff, work, evidence)]);
  const { name, documentNumber } = before;
  return {
    name,
    documentNumber,
    value: statement.value,
    photos: { ...photos, own },
    version: work.row.version,
  };
}

/**
 * S-REC-03: the school answers: the record is corrected (`approve`), or right as it is (`reject`). Each has a text for the
 * person, who can then answer the check again. A correction takes this member's recorded look.
 *
 * @throws AppError input.invalid, request.not_found, desk.own_case, desk.closed, desk.not_holder, desk.consent_withdrawn,
 * desk.look_required, staff.forbidden, request.stale
 */
export async function decideDispute(
  ctx: Ctx,
  staff: SignedInStaff,
  input: Key & { version: number; outcome: 'approve' | 'reject'; text: string },
) {
  const text = accepted(parseTicketText(input.text), 'text');
  const { caseId, version, outcome } = input;
  return decide(ctx, staff, {
    caseId,
    version,
    outcome,
    found: [],
    reasons: [{ code: 'ticket_answer', item: 'answer', mark: null, note: text }],
    async check({ row }: Work) {
      refuseUnless(row.kind === 'record_dispute', { code: 'request.not_found' });
      return outcome === 'approve' ? [guardLooked(ctx, row.accountId, row, evidence)] : [];
    },
  });
}

const dayMs = 24 * 3_600_000;
const shownDays = 30;

/** T-CON-07: how many disputes of the own school wait, are overdue, and were answered in the last thirty days, and how. */
export async function viewDisputeStatistics(ctx: Ctx, { member }: SignedInStaff) {
  const nowMs = ctx.now();
  const sinceMs = startOfShanghaiDay(nowMs) - (shownDays - 1) * dayMs;
  const isOne = and(eq(caseTable.kind, 'record_dispute'), isInScope(member));
  const [waiting, ended] = await ctx.db.batch([
    ctx.db
      .select({
        waiting: count(),
        overdue: sql<number>`coalesce(sum(${caseTable.dueAtMs} <= ${nowMs}), 0)`,
      })
      .from(caseTable)
      .where(and(isOne, inArray(caseTable.status, ['waiting', 'deciding']))),
    ctx.db
      .select({ status: caseTable.status, count: count() })
      .from(caseTable)
      .where(and(isOne, gte(caseTable.endedAtMs, sinceMs)))
      .groupBy(caseTable.status),
  ]);
  const endedAs = (status: string) => ended.find((each) => each.status === status)?.count ?? 0;
  return {
    waiting: waiting[0]?.waiting ?? 0,
    overdue: waiting[0]?.overdue ?? 0,
    since: shanghaiDate(sinceMs),
    approved: endedAs('approved'),
    rejected: endedAs('rejected'),
    withdrawn: endedAs('withdrawn'),
  };
}
