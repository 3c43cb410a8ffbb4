import { commit, caseDecisionTable, caseReasonTable } from '@shiming/db';
import {
  AppError,
  canNeedSecond,
  causesOf,
  type DecisionAnswers,
  parseDecision,
  caseAfter,
  type CaseFlag,
  type CaseOutcome,
  type SecondCause,
} from '@shiming/domain';
import { and, eq, isNull } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { record } from '../audit/record.ts';
import { guardConsent, requireConsent } from '../cases/consent.ts';
import type { Ctx } from '../context.ts';
import { moveCase } from '../cases/state.ts';
import { guardActing } from '../staff/guards.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { currentKeyId, seal, placeOf } from '../vault/vault.ts';
import { guardHeld } from './lease.ts';
import { guardLooked } from './reveal.ts';
import type { Lease } from './take.ts';
import {
  againIfStale,
  changesSince,
  loadWork,
  moved,
  reviewerOf,
  reviewIn,
  type Work,
} from './work.ts';

/** A reason as it is kept: of a review, or the answer to a ticket. */
type KeptReason = Pick<typeof caseReasonTable.$inferInsert, 'code' | 'item' | 'mark'> & {
  note: string | null;
};

/** A decision as a verb of the desk has parsed it. `check` refuses, or answers further guards. */
type Decided = {
  caseId: string;
  version: number;
  outcome: CaseOutcome;
  found: readonly CaseFlag[];
  reasons: readonly KeptReason[];
  check: (work: Work) => Promise<readonly BatchItem<'sqlite'>[]>;
};

/** Decides a case of any kind that one has on the screen, as it is there: `version` is the one that was looked at. */
export const decide = (
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId, version, outcome, found, reasons, check }: Decided,
): Promise<{ settlesAtMs: number; needsSecond: readonly SecondCause[] }> =>
  againIfStale(async () => {
    const work = await loadWork(ctx, staff, caseId);
    requireConsent(work);
    const { row } = work;
    const guards = await check(work);
    const atMs = ctx.now();
    const by = reviewerOf(staff);
    const event = { type: 'decide', by, outcome, found, atMs } as const;
    const state = await moved(ctx, work, caseAfter(work.state, event));
    if (row.version !== version) {
      const changes = await changesSince(ctx, row, version);
      throw new AppError({ code: 'request.stale', changes });
    }
    const decisionId = ctx.crypto.randomToken(12);
    await commit(ctx.db, [
      guardActing(ctx),
      ...moveCase(ctx, row, state),
      guardConsent(ctx, row),
      ...guards,
      ctx.db.insert(caseDecisionTable).values({
        id: decisionId,
        caseId,
        round: row.round,
        stage: row.stage,
        reviewerId: staff.member.id,
        outcome,
        caseVersion: version,
        takenAtMs: state.takenAtMs ?? atMs,
        decidedAtMs: atMs,
      }),
      ...(await reasonStatements(ctx, decisionId, reasons)),
      record(ctx, 'desk.decided', row.accountId, { case: row.id, stage: row.stage, outcome }),
    ]);
    return {
      settlesAtMs: state.settlesAtMs ?? atMs,
      // The blind sample is nobody's to know.
      needsSecond: !canNeedSecond(work.state)
        ? []
        : causesOf(state, { reviewerId: by.id, outcome }, false),
    };
  });

/**
 * T-CON-04: decides a manual review. For ten seconds it can be undone; then it takes effect, and the person gets a notice
 * (`settleCases`). An approval asks for this member's recorded look at all that it is about.
 *
 * @throws AppError input.invalid, request.not_found, desk.own_case, desk.closed, desk.not_holder,
 * desk.consent_withdrawn, desk.look_required, staff.forbidden, request.stale
 */
export async function decideCase(
  ctx: Ctx,
  staff: SignedInStaff,
  input: DecisionAnswers & { caseId: string; version: number; isFaceDoubtful: boolean },
): Promise<{ settlesAtMs: number; needsSecond: readonly SecondCause[] }> {
  const reasons = parseDecision(input);
  if (!reasons.ok) throw new AppError({ code: 'input.invalid', fields: reasons.fields });
  const { caseId, version, outcome, isFaceDoubtful } = input;
  return decide(ctx, staff, {
    caseId,
    version,
    outcome,
    found: isFaceDoubtful ? ['face_doubtful'] : [],
    reasons: reasons.value,
    async check(work) {
      const { row, account } = reviewIn(work);
      return outcome === 'approve' ? [guardLooked(ctx, account.id, row)] : [];
    },
  });
}

async function reasonStatements(ctx: Ctx, decisionId: string, reasons: readonly KeptReason[]) {
  if (reasons.length === 0) return [];
  const values = await Promise.all(
    reasons.map(async ({ note, ...reason }, place) => {
      const id = ctx.crypto.randomToken(12);
      return {
        ...reason,
        id,
        decisionId,
        place,
        noteSealed:
          note === null ? null : await seal(ctx, placeOf(caseReasonTable.noteSealed, id), note),
        atMs: ctx.now(),
        keyId: currentKeyId(ctx),
      };
    }),
  );
  return [ctx.db.insert(caseReasonTable).values(values)];
}

/**
 * UX-36: takes one's decision back before it takes effect; the case is on the screen again.
 *
 * @throws AppError request.not_found, desk.own_case, desk.closed, desk.not_holder, desk.too_many,
 * staff.forbidden
 */
export const undoDecision = (
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId }: { caseId: string },
): Promise<Lease> =>
  againIfStale(async () => {
    const work = await loadWork(ctx, staff, caseId);
    const { row } = work;
    const event = { type: 'undo', by: reviewerOf(staff), atMs: ctx.now() } as const;
    const state = await moved(ctx, work, caseAfter(work.state, event));
    const stands = and(
      eq(caseDecisionTable.caseId, row.id),
      eq(caseDecisionTable.round, row.round),
      eq(caseDecisionTable.stage, row.stage),
      isNull(caseDecisionTable.undoneAtMs),
    );
    await commit(ctx.db, [
      guardActing(ctx),
      ...moveCase(ctx, row, state),
      guardHeld(ctx, staff),
      ctx.db.update(caseDecisionTable).set({ undoneAtMs: ctx.now() }).where(stands),
      record(ctx, 'desk.undone', row.accountId, { case: row.id, stage: row.stage }),
    ]);
    return { caseId, version: row.version + 1, leaseEndsAtMs: state.leaseEndsAtMs ?? 0 };
  });
