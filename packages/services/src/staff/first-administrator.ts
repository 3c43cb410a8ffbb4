import { challengeTable, commit, guard, staffTable } from '@shiming/db';
import { parseStaffAnswers, type StaffAnswers } from '@shiming/domain';
import { and, eq, gt, isNull, notExists, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { accepted, type Ctx, today } from '../context.ts';
import { guardOnlyAccount } from './guards.ts';
import { invitedMember, personTaken } from './invite.ts';
import { giveStaffLink, staffLink } from './link.ts';

/**
 * T-CON-01: the first administrator, whom nobody can invite. Answers the link to set up the sign-in with: it is shown
 * to the person who runs the command and goes nowhere else. One whose link has run out unused makes room for another.
 *
 * @throws AppError input.invalid; staff.forbidden when there is an administrator, or one with a live link
 */
export async function createFirstAdministrator(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys' | 'actor' | 'requestId' | 'publicOrigin'>,
  input: Omit<StaffAnswers, 'role'>,
): Promise<{ link: string }> {
  const parsed = accepted(parseStaffAnswers({ ...input, role: 'administrator' }, today(ctx)));
  const { db } = ctx;
  const member = await invitedMember(ctx, parsed, 'administrator');
  const { link, statements } = await giveStaffLink(ctx, member.id);
  const isAdministrator = eq(staffTable.role, 'administrator');
  const liveLink = db
    .select({ id: challengeTable.id })
    .from(challengeTable)
    .where(
      and(
        eq(challengeTable.purpose, staffLink('').purpose),
        eq(challengeTable.subject, staffTable.id),
        isNull(challengeTable.usedAtMs),
        gt(challengeTable.expiresAtMs, ctx.now()),
      ),
    );
  const administrator = db.select({ id: staffTable.id }).from(staffTable).where(isAdministrator);
  await commit(db, [
    db
      .delete(staffTable)
      .where(and(isAdministrator, eq(staffTable.status, 'invited'), notExists(liveLink))),
    guard(db, sql`not exists ${administrator}`, { code: 'staff.forbidden' }),
    ...(await guardOnlyAccount(ctx, member.id, parsed, personTaken)),
    db.insert(staffTable).values(member),
    ...statements,
    record(ctx, 'staff.first_administrator', null, { staffId: member.id }),
  ]);
  return { link };
}
