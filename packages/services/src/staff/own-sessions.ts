import { commit, staffPasskeyTable } from '@shiming/db';
import { needsNumber, type StaffRole } from '@shiming/domain';
import { count, eq } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { openStaffPerson } from './person.ts';
import {
  authenticateStaff,
  endStaffSessions,
  liveStaffSessions,
  missedStaffCookie,
  provedUntilMs,
  type SignedInStaff,
} from './session.ts';

export type StaffView = {
  id: string;
  loginName: string;
  name: string;
  role: StaffRole;
  endsAtMs: number;
  /** Until when risky acts need no other proof; may be past. */
  provedUntilMs: number;
  /** By what the holder can prove again who they are. */
  ways: { passkey: boolean; password: boolean };
  /** Whether a second way to sign in is missing: a member who loses the only one is locked out. */
  needsAnotherWay: boolean;
  /** Whether the role decides and the holder's document number is not on record, so that nothing can be decided. */
  needsNumber: boolean;
};

/**
 * Who is signed in to the console, and until when; `null` for nobody. No sign of life. `sessionToken` is the session's
 * new cookie where its answer did not reach the browser.
 */
export async function describeStaff(
  ctx: Ctx,
  token: string | null,
): Promise<{ view: StaffView; sessionToken: string | null } | null> {
  const staff = await authenticateStaff(ctx, token, { isSignOfLife: false });
  if (staff === null) return null;
  const { member, endsAtMs } = staff;
  const [passkeys] = await ctx.db
    .select({ there: count() })
    .from(staffPasskeyTable)
    .where(eq(staffPasskeyTable.staffId, member.id));
  const { name } = await openStaffPerson(ctx, member);
  const there = passkeys?.there ?? 0;
  const hasPassword = member.passwordHash !== null;
  const view = {
    id: member.id,
    loginName: member.loginName,
    name,
    role: member.role,
    endsAtMs,
    provedUntilMs: provedUntilMs(staff),
    ways: { passkey: there > 0, password: hasPassword },
    needsAnotherWay: there + (hasPassword ? 1 : 0) < 2,
    needsNumber: needsNumber(member.role) && member.numberIndex === null,
  };
  return { view, sessionToken: staff.isFormer ? await missedStaffCookie(ctx, staff) : null };
}

/** Ends the session that asks. */
export async function signOutStaff(ctx: Ctx, { member, sessionId }: SignedInStaff): Promise<void> {
  await commit(ctx.db, [
    endStaffSessions(ctx, member.id, { only: sessionId }),
    record(ctx, 'staff.signed_out', null, { staffId: member.id }),
  ]);
}

/** One's own sessions that live now, newest first. `isCurrent` marks the one that asks. */
export async function listStaffSessions(ctx: Ctx, { member, sessionId }: SignedInStaff) {
  const sessions = await liveStaffSessions(ctx, member.id);
  return sessions.map(({ id, ...session }) => ({
    ...session,
    sessionId: id,
    isCurrent: id === sessionId,
  }));
}

/** Ends one session of one's own. One that is not there is no error. */
export async function endStaffSession(
  ctx: Ctx,
  { member }: SignedInStaff,
  input: { sessionId: string },
): Promise<void> {
  await commit(ctx.db, [
    endStaffSessions(ctx, member.id, { only: input.sessionId }),
    record(ctx, 'staff.session_ended', null, { staffId: member.id }),
  ]);
}
