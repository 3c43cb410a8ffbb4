import { compiled, staffSessionTable, staffTable } from '@shiming/db';
import { staffSessionRule } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { nowOfRequest } from '../compiled.ts';
import { type Actor, type Ctx, refuseUnless } from '../context.ts';
import { splitToken } from '../session/bearer.ts';
import { sessionKind } from '../session/kind.ts';

const sessions = sessionKind({
  name: 'staff_session',
  table: staffSessionTable,
  holder: staffSessionTable.staffId,
  ...staffSessionRule,
});
export const {
  isLive: isLiveStaffSession,
  live: liveStaffSessions,
  end: endStaffSessions,
  advance: advanceStaffSession,
  replace: replaceStaffSession,
  missed: missedStaffCookie,
} = sessions;

export type StaffRow = typeof staffTable.$inferSelect;

/** A member of staff at a session of the console. */
export type SignedInStaff = {
  member: StaffRow;
  sessionId: string;
  /** The secret in the cookie that the request came with. */
  secret: string;
  /** That the session has a newer secret, which has not been used yet. */
  isFormer: boolean;
  endsAtMs: number;
  /** When they last signed in or proved again who they are. */
  provedAtMs: number;
};

/** Who acts at a session of the console. */
export const sessionActor = (
  { id, role, numberIndex }: Pick<StaffRow, 'id' | 'role' | 'numberIndex'>,
  sessionId: string,
): Extract<Actor, { type: 'staff' }> => ({
  type: 'staff',
  staffId: id,
  role,
  hasNumber: numberIndex !== null,
  sessionId,
});

/** The statements that end the session which this browser holds, before another takes its place. */
export const endHeldStaffSession = (ctx: Ctx) => sessions.endHeld(ctx, ctx.visitor.held.staff);

/** A session in its cookie's form (`id.secret`), and the statement that stores its hash. */
export async function newStaffSession(ctx: Ctx, staffId: string) {
  const { id, token, secretHash } = await sessions.issue(ctx);
  const nowMs = ctx.now();
  return {
    id,
    token,
    statement: ctx.db.insert(staffSessionTable).values({
      id,
      secretHash,
      staffId,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      provedAtMs: nowMs,
      label: ctx.visitor.label,
    }),
  };
}

const findOpen = compiled((db) =>
  db
    .select({ session: staffSessionTable, member: staffTable })
    .from(staffSessionTable)
    .innerJoin(staffTable, eq(staffTable.id, staffSessionTable.staffId))
    .where(
      and(
        eq(staffSessionTable.id, sql.placeholder('id')),
        isLiveStaffSession(nowOfRequest),
        eq(staffTable.status, 'active'),
      ),
    ),
);

/**
 * The member of staff who holds this cookie of the console, in one round trip; `null` when it is no session, or no longer one. A sign of
 * life is written down after the answer.
 */
export async function authenticateStaff(
  ctx: Ctx,
  token: string | null,
  { isSignOfLife }: { isSignOfLife: boolean },
): Promise<SignedInStaff | null> {
  const split = splitToken(token);
  if (split === null) return null;
  const [found] = await findOpen(ctx.db, { id: split.id, nowMs: ctx.now() });
  if (found === undefined) return null;
  const { session, member } = found;
  const { secret } = split;
  const opened = await sessions.open(ctx, session, secret, isSignOfLife);
  if (opened === null) return null;
  const { endsAtMs, isFormer } = opened;
  return {
    member,
    sessionId: session.id,
    secret,
    isFormer,
    // A proof raises the holder of the secret that came with it, and nobody else.
    provedAtMs: isFormer ? 0 : session.provedAtMs,
    endsAtMs,
  };
}

/** Until when a session is proved. */
export const provedUntilMs = ({ provedAtMs }: Pick<SignedInStaff, 'provedAtMs'>): number =>
  provedAtMs + staffSessionRule.proofMs;

/**
 * A guard before risky acts: the session alone does not do.
 *
 * @throws AppError staff.proof_required
 */
export function requireStaffProof(ctx: Pick<Ctx, 'now'>, staff: SignedInStaff): void {
  refuseUnless(provedUntilMs(staff) > ctx.now(), { code: 'staff.proof_required' });
}
