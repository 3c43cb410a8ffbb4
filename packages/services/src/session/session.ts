import { accountTable, cancellationTable, sessionTable } from '@shiming/db';
import { and, desc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { hasLiveConsent } from '../data/live-consent.ts';

/** 等保 L3 8.1.4.1 b: a session ends when idle, and in any case after half a day. */
export const sessionRule = { idleMs: 30 * 60_000, maxMs: 12 * 3_600_000 } as const;

/** Signs of life are written down at most once a minute. */
const touchEveryMs = 60_000;

const hashOf = (ctx: Pick<Deps, 'crypto' | 'keys'>, id: string, secret: string) =>
  ctx.crypto.hmac(ctx.keys.token, `session:${id}:${secret}`);

/** A session in its cookie's form (`id.secret`), and the statement that stores its hash. */
export async function newSession(ctx: Ctx, accountId: string) {
  const id = ctx.crypto.randomToken(12);
  const secret = ctx.crypto.randomToken(32);
  const nowMs = ctx.now();
  return {
    id,
    token: `${id}.${secret}`,
    statement: ctx.db.insert(sessionTable).values({
      id,
      secretHash: await hashOf(ctx, id, secret),
      accountId,
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
      label: ctx.visitor.label,
    }),
  };
}

/**
 * A new secret for a session whose rights rise: the old cookie is worth nothing from then on.
 */
export async function rotateSession(ctx: Ctx, id: string) {
  const secret = ctx.crypto.randomToken(32);
  return {
    token: `${id}.${secret}`,
    statement: ctx.db
      .update(sessionTable)
      .set({ secretHash: await hashOf(ctx, id, secret) })
      .where(eq(sessionTable.id, id)),
  };
}

export type Account = typeof accountTable.$inferSelect;
export type SignedIn = {
  account: Account;
  sessionId: string;
  endsAtMs: number;
  /** When the holder last proved who they are in this session, beyond the cookie. */
  provedAtMs: number | null;
  /** When the account is deleted, where its holder wants that (注销). */
  cancellationDueAtMs: number | null;
  /** Whether the document number may be processed: the consent was given and has not been withdrawn. */
  hasConsented: boolean;
};

const endOf = (session: { createdAtMs: number; lastSeenAtMs: number }) =>
  Math.min(session.createdAtMs + sessionRule.maxMs, session.lastSeenAtMs + sessionRule.idleMs);

const liveSince = (nowMs: number) =>
  and(
    isNull(sessionTable.endedAtMs),
    gt(sessionTable.createdAtMs, nowMs - sessionRule.maxMs),
    gt(sessionTable.lastSeenAtMs, nowMs - sessionRule.idleMs),
  );

/** A statement that finds the live session with this id and its account: for a batch, or alone. */
export const sessionById = (ctx: Pick<Deps, 'db' | 'now'>, id: string) =>
  ctx.db
    .select({
      session: sessionTable,
      account: accountTable,
      cancellationDueAtMs: cancellationTable.dueAtMs,
      hasConsented: sql<number>`${hasLiveConsent(accountTable.id, 'document_number')}`,
    })
    .from(sessionTable)
    .innerJoin(accountTable, eq(accountTable.id, sessionTable.accountId))
    .leftJoin(cancellationTable, eq(cancellationTable.accountId, sessionTable.accountId))
    .where(and(eq(sessionTable.id, id), liveSince(ctx.now())));

type Found = Awaited<ReturnType<typeof sessionById>>;

/**
 * Opens what was found for the holder of the secret; `null` for everybody else. Being asked is a sign of life,
 * written down after the answer.
 */
export async function openSession(
  ctx: Ctx,
  [found]: Found,
  secret: string,
): Promise<SignedIn | null> {
  if (found === undefined) return null;
  const nowMs = ctx.now();
  const { id } = found.session;
  if (!ctx.crypto.equal(found.session.secretHash, await hashOf(ctx, id, secret))) return null;
  const isTouched = found.session.lastSeenAtMs < nowMs - touchEveryMs;
  if (isTouched) {
    ctx.defer(async () => {
      await ctx.db
        .update(sessionTable)
        .set({ lastSeenAtMs: nowMs })
        .where(and(eq(sessionTable.id, id), lt(sessionTable.lastSeenAtMs, nowMs)));
    });
  }
  return {
    account: found.account,
    sessionId: id,
    provedAtMs: found.session.provedAtMs,
    cancellationDueAtMs: found.cancellationDueAtMs,
    hasConsented: found.hasConsented === 1,
    endsAtMs: endOf(isTouched ? { ...found.session, lastSeenAtMs: nowMs } : found.session),
  };
}

/** The id and secret of a cookie (`id.secret`); `null` for what has not both. */
export function splitSessionToken(token: string | null): { id: string; secret: string } | null {
  const [id, secret] = token?.split('.') ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/**
 * Who holds this cookie: one round trip for session and account. `null` when it is not, or no longer, a session.
 */
export async function authenticate(ctx: Ctx, token: string | null): Promise<SignedIn | null> {
  const split = splitSessionToken(token);
  return split && openSession(ctx, await sessionById(ctx, split.id), split.secret);
}

/** The sessions of an account that live now, newest first. */
export function liveSessions(ctx: Pick<Deps, 'db' | 'now'>, accountId: string) {
  return ctx.db
    .select({
      id: sessionTable.id,
      label: sessionTable.label,
      createdAtMs: sessionTable.createdAtMs,
      lastSeenAtMs: sessionTable.lastSeenAtMs,
    })
    .from(sessionTable)
    .where(and(eq(sessionTable.accountId, accountId), liveSince(ctx.now())))
    .orderBy(desc(sessionTable.createdAtMs))
    .limit(50);
}

/** A statement that ends every session of an account but the one that asks. */
export function endOtherSessions(ctx: Pick<Deps, 'db' | 'now'>, accountId: string, id: string) {
  return ctx.db
    .update(sessionTable)
    .set({ endedAtMs: ctx.now() })
    .where(
      and(
        eq(sessionTable.accountId, accountId),
        isNull(sessionTable.endedAtMs),
        ne(sessionTable.id, id),
      ),
    );
}

/** A statement that ends one session of an account, or all of them. Somebody else's is not touched. */
export function endSessions(ctx: Pick<Deps, 'db' | 'now'>, accountId: string, id?: string) {
  return ctx.db
    .update(sessionTable)
    .set({ endedAtMs: ctx.now() })
    .where(
      and(
        eq(sessionTable.accountId, accountId),
        isNull(sessionTable.endedAtMs),
        id === undefined ? undefined : eq(sessionTable.id, id),
      ),
    );
}
