import { commit } from '@shiming/db';
import { caseAfter } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { guardConsent, requireConsent } from '../cases/consent.ts';
import type { Ctx } from '../context.ts';
import { moveCase } from '../cases/state.ts';
import { guardActing } from '../staff/guards.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { guardHeld } from './lease.ts';
import { againIfStale, loadWork, moved, reviewerOf } from './work.ts';

/** What a reviewer who has taken a case needs to go on: until when it is theirs, and the version they decide on. */
export type Lease = { caseId: string; version: number; leaseEndsAtMs: number };

/**
 * T-CON-02: takes a case onto the screen, for ten minutes without a sign of life. One that was reserved, or is held
 * already, stays held.
 *
 * @throws AppError request.not_found, desk.held, desk.own_case, desk.consent_withdrawn, desk.same_person, desk.closed, desk.too_many,
 * staff.forbidden
 */
export const takeCase = (
  ctx: Ctx,
  staff: SignedInStaff,
  { caseId }: { caseId: string },
): Promise<Lease> =>
  againIfStale(async () => {
    const work = await loadWork(ctx, staff, caseId);
    requireConsent(work);
    const { row } = work;
    const event = { type: 'take', by: reviewerOf(staff), atMs: ctx.now() } as const;
    const state = await moved(ctx, work, caseAfter(work.state, event));
    await commit(ctx.db, [
      guardActing(ctx),
      guardConsent(ctx, row),
      ...moveCase(ctx, row, state),
      guardHeld(ctx, staff),
      record(ctx, 'desk.taken', row.accountId, {
        case: row.id,
        stage: row.stage,
        role: staff.member.role,
      }),
    ]);
    return { caseId, version: row.version + 1, leaseEndsAtMs: state.leaseEndsAtMs ?? 0 };
  });
