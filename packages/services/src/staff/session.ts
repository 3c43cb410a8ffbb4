import { staffSessionTable, staffTable } from '@shiming/db';
import { staffSessionRule } from '@shiming/domain';
import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import { type Actor, type Ctx, type Deps, refuseUnless } from '../context.ts';
import { splitSessionToken } from '../session/session.ts';

/** Signs of life are written down at most once a minute. */
const touchEveryMs = 60_000;

const hashOf = (ctx: Pick<Deps, 'crypto' | 'keys'>, id: string, secret: string) =>
  ctx.crypto.hmac(ctx.keys.token, `staff_session:${id}:${secret}`);

export type StaffRow = typeof staffTable.$inferSelect;

/** A member of staff at a session of the console. */
export type SignedInStaff = {
  member: StaffRow;
  sessionId: string;
  endsAtMs: number;
  /** When they last signed in or proved again who they are. */
  provedAtMs: number;
};

/** Who acts at a session of the console. */
export const sessionActor = (
  { id, role }: Pick<StaffRow, 'id' | 'role'>,
  sessionId: string,
): Extract<Actor, { type: 'staff' }> => ({ type: 'staff', staffId: id, role, sessionId });

/** A session in its cookie's form (`id.secret`), and the statement that stores its hash. */
export async function newStaffSession(ctx: Ctx, staffId: string) {
  const id = ctx.crypto.randomToken(12);
  const secret = ctx.crypto.randomToken(32);
  const nowMs = ctx.now();
  return {
    id,
    token: `${id}.${secret}`,
    statement: ctx.db.insert(staffSessionTable).values({
      id,
      secretHash: await hashOf(ctx, id, secret),
      staffId,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      provedAtMs: nowMs,
      label: ctx.visitor.label,
    }),
  };
}

/** A new secret for a session that was proved again: the old cookie is worth nothing from then on. */
export async function renewStaffSession(ctx: Ctx, id: string) {
  const secret = ctx.crypto.randomToken(32);
  return {
    token: `${id}.${secret}`,
    statement: ctx.db
      .update(staffSessionTable)
      .set({
        secretHash: await hashOf(ctx, id, secret),
        provedAtMs: ctx.now(),
        lastSeenAtMs: ctx.now(),
      })
      .where(eq(staffSessionTable.id, id)),
  };
}

const endOf = (session: { createdAtMs: number; lastSeenAtMs: number }) =>
  Math.min(
    session.createdAtMs + staffSessionRule.maxMs,
    session.lastSeenAtMs + staffSessionRule.idleMs,
  );

/** Whether a session lives at an instant: a condition. */
export const isLiveStaffSession = (nowMs: number) =>
  and(
    isNull(staffSessionTable.endedAtMs),
    gt(staffSessionTable.createdAtMs, nowMs - staffSessionRule.maxMs),
    gt(staffSessionTable.lastSeenAtMs, nowMs - staffSessionRule.idleMs),
  );

/**
 * Who holds this cookie of the console, in one round trip; `null` when it is no session, or none any more. A sign of
 * life is written down after the answer.
 */
export async function authenticateStaff(
  ctx: Ctx,
  token: string | null,
  { isSignOfLife }: { isSignOfLife: boolean },
): Promise<SignedInStaff | null> {
  const split = splitSessionToken(token);
  if (split === null) return null;
  const nowMs = ctx.now();
  const [found] = await ctx.db
    .select({ session: staffSessionTable, member: staffTable })
    .from(staffSessionTable)
    .innerJoin(staffTable, eq(staffTable.id, staffSessionTable.staffId))
    .where(
      and(
        eq(staffSessionTable.id, split.id),
        isLiveStaffSession(nowMs),
        eq(staffTable.status, 'active'),
      ),
    );
  if (found === undefined) return null;
  const { session, member } = found;
  if (!ctx.crypto.equal(session.secretHash, await hashOf(ctx, split.id, split.secret))) return null;
  const isTouched = isSignOfLife && session.lastSeenAtMs < nowMs - touchEveryMs;
  if (isTouched) {
    ctx.defer(async () => {
      await ctx.db
        .update(staffSessionTable)
        .set({ lastSeenAtMs: nowMs })
        .where(
          and(eq(staffSessionTable.id, session.id), lt(staffSessionTable.lastSeenAtMs, nowMs)),
        );
    });
  }
  return {
    member,
    sessionId: session.id,
    provedAtMs: session.provedAtMs,
    endsAtMs: endOf(isTouched ? { ...session, lastSeenAtMs: nowMs } : session),
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

/** The sessions of a member of staff that live now, newest first. */
export const liveStaffSessions = (ctx: Pick<Deps, 'db' | 'now'>, staffId: string) =>
  ctx.db
    .select({
      id: staffSessionTable.id,
      label: staffSessionTable.label,
      createdAtMs: staffSessionTable.createdAtMs,
      lastSeenAtMs: staffSessionTable.lastSeenAtMs,
    })
    .from(staffSessionTable)
    .where(and(eq(staffSessionTable.staffId, staffId), isLiveStaffSession(ctx.now())))
    .orderBy(desc(staffSessionTable.createdAtMs))
    .limit(50);

/** A statement that ends the sessions of a member of staff: all of them, only one, or all but one. */
export function endStaffSessions(
  ctx: Pick<Deps, 'db' | 'now'>,
  staffId: string,
  which: { only?: string; except?: string } = {},
) {
  return ctx.db
    .update(staffSessionTable)
    .set({ endedAtMs: ctx.now() })
    .where(
      and(
        eq(staffSessionTable.staffId, staffId),
        isNull(staffSessionTable.endedAtMs),
        which.only === undefined ? undefined : eq(staffSessionTable.id, which.only),
        which.except === undefined ? undefined : ne(staffSessionTable.id, which.except),
      ),
    );
}
