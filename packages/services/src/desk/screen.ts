import {
  caseDecisionTable,
  casePhotoTable,
  caseReasonTable,
  photoTable,
  staffTable,
} from '@shiming/db';
import { bySlot, type CaseKind, type Slot } from '@shiming/domain';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { CaseRow } from '../cases/state.ts';
import type { Ctx } from '../context.ts';
import { openStaffPerson } from '../staff/person.ts';
import { textOf } from '../ticket/ticket.ts';

/** What the screen of a case of any kind says about the case itself. `isHolder`: whether the member of staff who looks holds it. */
export const headOf = (row: CaseRow, isHolder: boolean) => ({
  caseId: row.id,
  caseNumber: row.caseNumber ?? '',
  version: row.version,
  status: row.status,
  stage: row.stage,
  submittedAtMs: row.submittedAtMs ?? 0,
  dueAtMs: row.dueAtMs ?? 0,
  settlesAtMs: row.settlesAtMs,
  lease: { isOwn: isHolder, endsAtMs: row.leaseEndsAtMs },
});

/** The photos of a case: the statement (in a list of one). */
export const photosQuery = ({ db }: Pick<Ctx, 'db'>, caseId: string) =>
  [
    db
      .select({ slot: casePhotoTable.slot, photo: photoTable })
      .from(casePhotoTable)
      .innerJoin(photoTable, eq(photoTable.id, casePhotoTable.photoId))
      .where(eq(casePhotoTable.caseId, caseId)),
  ] as const;

/** The photos of a case by slot; `null` where one is empty. */
export const photosOf = <K extends CaseKind>(
  kind: K,
  found: readonly { slot: Slot; photo: typeof photoTable.$inferSelect }[],
) =>
  bySlot(kind, (slot) => {
    const photo = found.find((each) => each.slot === slot)?.photo;
    if (photo === undefined) return null;
    const { width, height, orientation, bytes, createdAtMs } = photo;
    return { width, height, orientation, bytes, createdAtMs };
  });

/** The decisions of a case that stand and have an answer in words: the statement (in a list of one). */
export const answersQuery = ({ db }: Pick<Ctx, 'db'>, caseId: string) =>
  [
    db
      .select({ decision: caseDecisionTable, by: staffTable, reason: caseReasonTable })
      .from(caseDecisionTable)
      .innerJoin(caseReasonTable, eq(caseReasonTable.decisionId, caseDecisionTable.id))
      .leftJoin(staffTable, eq(staffTable.id, caseDecisionTable.reviewerId))
      .where(and(eq(caseDecisionTable.caseId, caseId), isNull(caseDecisionTable.undoneAtMs)))
      .orderBy(asc(caseDecisionTable.decidedAtMs)),
  ] as const;

type Answered = Awaited<ReturnType<typeof answersQuery>[0]>;

/** Those decisions, opened. */
export const answersIn = (ctx: Ctx, found: Answered) =>
  Promise.all(
    found.map(async ({ decision, by, reason }) => ({
      stage: decision.stage,
      outcome: decision.outcome,
      byName: by === null ? '' : (await openStaffPerson(ctx, by)).name,
      decidedAtMs: decision.decidedAtMs,
      text: await textOf(ctx, reason),
    })),
  );
