import { AppError, caseSpecs, holderAt, mayStaff } from '@shiming/domain';
import { requireConsent } from '../cases/consent.ts';
import type { Ctx } from '../context.ts';
import { openStaffPerson } from '../staff/person.ts';
import type { SignedInStaff } from '../staff/session.ts';
import { type Work } from './work.ts';

/**
 * Why somebody has a case before them: they hold it (on the screen or loaded ahead), they can still undo what they
 * decided, or they are a senior, who may look at every case; `null` where they may not.
 */
function seesAs(
  { row, state, decisions }: Work,
  { member }: SignedInStaff,
  atMs: number,
): 'holder' | 'decider' | 'senior' | null {
  if (row.status === 'waiting' && holderAt(state, atMs) === member.id) return 'holder';
  if (row.status === 'deciding' && decisions.at(-1)?.reviewerId === member.id) return 'decider';
  return mayStaff(member.role, caseSpecs[row.kind].permissions.senior) ? 'senior' : null;
}

/**
 * @throws AppError desk.consent_withdrawn, desk.held, desk.not_holder, desk.closed
 */
export async function requireSight(ctx: Ctx, work: Work, staff: SignedInStaff) {
  requireConsent(work);
  const sight = seesAs(work, staff, ctx.now());
  if (sight !== null) return sight;
  const { row, state, holder } = work;
  if (row.status !== 'waiting') throw new AppError({ code: 'desk.closed' });
  if (holder === null || holderAt(state, ctx.now()) === null) {
    throw new AppError({ code: 'desk.not_holder' });
  }
  const byName = (await openStaffPerson(ctx, holder)).name;
  throw new AppError({ code: 'desk.held', byName, untilMs: row.leaseEndsAtMs ?? 0 });
}
