import {
  commit,
  caseDecisionTable,
  caseReasonTable,
  caseTable,
  staffTable,
  verificationTable,
} from '@shiming/db';
import {
  ageOn,
  canNeedSecond,
  causesOf,
  type DocumentNumber,
  flagsFor,
  isEndedCase,
  maskNumber,
  maskProfile,
  provedOf,
  provinceOf,
  type CaseOutcome,
  type CaseReason,
  type CaseStage,
  termsOffered,
  type ValidityTerm,
} from '@shiming/domain';
import { and, asc, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless, today } from '../context.ts';
import { documentTypeOf, levelOfAccount, openIdentity, openProfile } from '../account/account.ts';
import { openReason } from '../review/load.ts';
import { isReview } from '../cases/state.ts';
import { openAnswers } from '../review/answers.ts';
import { openStaffPerson } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { requireSight } from './may-see.ts';
import { headOf, photosOf, photosQuery } from './screen.ts';
import { reviewIn, workOf, workQueries } from './work.ts';

/** How many earlier requests, and answers of the authority, a case shows. */
const shown = 20;

/** A decision as colleagues see it. */
export type DecisionView = {
  round: number;
  stage: CaseStage;
  outcome: CaseOutcome;
  byName: string;
  isOwn: boolean;
  decidedAtMs: number;
  reasons: readonly CaseReason[];
};

/** Statements that read what belongs to a case beside the request itself. */
function caseQueries({ db }: Pick<Ctx, 'db'>, caseId: string) {
  const accountId = sql`(select ${caseTable.accountId} from ${caseTable} where ${caseTable.id} = ${caseId})`;
  return [
    ...photosQuery({ db }, caseId),
    db
      .select()
      .from(caseTable)
      .where(
        and(
          eq(caseTable.accountId, accountId),
          isReview,
          ne(caseTable.id, caseId),
          isNotNull(caseTable.caseNumber),
        ),
      )
      .orderBy(desc(caseTable.createdAtMs))
      .limit(shown),
    db
      .select({
        decision: caseDecisionTable,
        by: staffTable,
        reason: caseReasonTable,
      })
      .from(caseTable)
      .innerJoin(caseDecisionTable, eq(caseDecisionTable.caseId, caseTable.id))
      .leftJoin(staffTable, eq(staffTable.id, caseDecisionTable.reviewerId))
      .leftJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
      .where(
        and(eq(caseTable.accountId, accountId), isReview, isNull(caseDecisionTable.undoneAtMs)),
      )
      .orderBy(asc(caseDecisionTable.decidedAtMs), asc(caseReasonTable.place)),
    db
      .select()
      .from(verificationTable)
      .where(eq(verificationTable.accountId, accountId))
      .orderBy(desc(verificationTable.askedAtMs))
      .limit(shown),
  ] as const;
}

/**
 * T-CON-03: everything the screen of a case shows. The number stays masked, and the photos are fetched by themselves,
 * each look on record. What colleagues decided in this round is for the senior whom they disagree before, and for
 * nobody else until the case has ended.
 *
 * @throws AppError request.not_found, desk.own_case, desk.consent_withdrawn, desk.held, desk.not_holder, desk.closed
 */
export async function viewCase(ctx: Ctx, staff: SignedInStaff, { caseId }: { caseId: string }) {
  const [found, standing, photos, others, decided, asked] = await ctx.db.batch([
    ...(await workQueries(ctx, staff, caseId)),
    ...caseQueries(ctx, caseId),
  ]);
  const work = await workOf(ctx, staff, found, standing);
  const { state } = work;
  const { row, account } = reviewIn(work);
  const sight = await requireSight(ctx, work, staff);
  const [stated, identity, profile, decisions] = await Promise.all([
    openAnswers(ctx, row),
    openIdentity(ctx, account),
    openProfile(ctx, account),
    decisionViews(ctx, staff, decided),
  ]);
  refuseUnless(stated !== null, { code: 'request.not_found' });
  // Its holder was recorded when they took it.
  if (sight === 'senior') {
    await commit(ctx.db, [
      record(ctx, 'desk.viewed', account.id, { case: row.id, role: staff.member.role }),
    ]);
  }
  const isOpenTo = row.stage === 'senior' || isEndedCase(row.status);
  const isTold = ({ round, isOwn }: DecisionView) => round < row.round || isOpenTo || isOwn;
  const { reason, ...typed } = stated;
  const head = headOf(row, sight === 'holder');
  return {
    ...head,
    kind: row.kind,
    round: row.round,
    endedAtMs: row.endedAtMs,
    lease: {
      ...head.lease,
      /** Loaded ahead, and not on the screen yet. */
      isReserved: sight === 'holder' && state.takenAtMs === null,
    },
    /** What the person states now. */
    stated: typed,
    reason,
    channel: row.channel,
    /** What the account says, where it was not confirmed. */
    account: {
      documentType: documentTypeOf(account),
      maskedNumber: maskNumber(identity.number),
      name: identity.name,
      validity: identity.validity,
      level: levelOfAccount(account, work.attested),
      proved: provedOf(work.attested),
      createdAtMs: account.createdAtMs,
    },
    /** What follows from the number, and from birth and start together. */
    derived: derivedFrom(ctx, identity, profile?.birthDate ?? null, typed.validity?.start ?? null),
    profile: profile && maskProfile(profile),
    flags: flagsFor(row),
    /** Nobody may decide it: a senior can give it to somebody (`assignCase`). */
    isStuck: work.isStuck,
    /** Why an approval here takes a second person; the blind sample is nobody's to know. */
    needsSecond:
      row.status === 'waiting' && canNeedSecond(state)
        ? causesOf(state, { reviewerId: staff.member.id, outcome: 'approve' }, false)
        : [],
    attempts: row.rejectionsBefore + 1,
    photos: photosOf('manual_review', photos),
    decisions: (decisions.get(row.id) ?? []).filter(isTold),
    previous: others.map((each) => ({
      caseId: each.id,
      caseNumber: each.caseNumber ?? '',
      status: each.status,
      submittedAtMs: each.submittedAtMs,
      endedAtMs: each.endedAtMs,
      decisions: decisions.get(each.id) ?? [],
    })),
    authority: asked.map(({ askedAtMs, status, provider, rawCode }) => ({
      askedAtMs,
      status,
      provider,
      rawCode,
    })),
  };
}

export type CaseView = Awaited<ReturnType<typeof viewCase>>;

function derivedFrom(
  ctx: Ctx,
  { type, number, birthDate: printed, sex, region }: DocumentNumber,
  typed: string | null,
  start: string | null,
) {
  const birthDate = printed ?? typed;
  const usual: ValidityTerm[] =
    birthDate === null || start === null
      ? []
      : termsOffered(type, birthDate, start)
          .filter(({ isUsual, isOffered }) => isUsual && isOffered)
          .map(({ term }) => term);
  return {
    birthDate: printed,
    sex,
    region,
    province: provinceOf(number),
    age: birthDate === null ? null : ageOn(birthDate, today(ctx)),
    ageAtStart: birthDate === null || start === null ? null : ageOn(birthDate, start),
    /** The terms that a document issued at that age usually has. */
    usualTerms: usual,
  };
}

/** The decisions of all requests of a person that stand, by request, each with its reasons. */
async function decisionViews(
  ctx: Ctx,
  { member }: SignedInStaff,
  rows: readonly {
    decision: typeof caseDecisionTable.$inferSelect;
    by: typeof staffTable.$inferSelect | null;
    reason: typeof caseReasonTable.$inferSelect | null;
  }[],
): Promise<ReadonlyMap<string, DecisionView[]>> {
  const views = new Map<string, DecisionView[]>();
  for (const { decision, by } of new Map(rows.map((row) => [row.decision.id, row])).values()) {
    const { id, caseId, round, stage, outcome, reviewerId, decidedAtMs } = decision;
    const reasons = rows.flatMap(({ decision: { id: of }, reason }) =>
      of === id && reason !== null ? [reason] : [],
    );
    const view = {
      round,
      stage,
      outcome,
      byName: by === null ? '' : (await openStaffPerson(ctx, by)).name,
      isOwn: reviewerId === member.id,
      decidedAtMs,
      reasons: await Promise.all(reasons.map((reason) => openReason(ctx, reason))),
    };
    views.set(caseId, [...(views.get(caseId) ?? []), view]);
  }
  return views;
}
