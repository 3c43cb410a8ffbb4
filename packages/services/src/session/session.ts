import {
  accountTable,
  cancellationTable,
  compiled,
  compiledStatement,
  guard,
  hasWritten,
  sessionTable,
} from '@shiming/db';
import { type Attested, fieldsKnown, type Level, type ProfileField } from '@shiming/domain';
import { and, eq, type Placeholder, sql } from 'drizzle-orm';
import {
  type Account,
  accountRow,
  levelOfAccount,
  openProfile,
  provedAtMsOf,
} from '../account/account.ts';
import { attestedNow } from '../account/attestation.ts';
import { hasBinding } from '../account/binding.ts';
import { type Instant, nowOfRequest, oncePerPortal } from '../compiled.ts';
import type { Ctx, Deps } from '../context.ts';
import { consentedHere } from '../account/live-consent.ts';
import { tellServices } from '../account/tell-services.ts';
import { splitToken } from './bearer.ts';
import { sessionKind } from './kind.ts';

/** 等保 L3 8.1.4.1 b: a session ends when idle, and in any case after half a day. */
const sessions = sessionKind({
  name: 'session',
  table: sessionTable,
  holder: sessionTable.accountId,
  idleMs: 30 * 60_000,
  maxMs: 12 * 3_600_000,
});
export const {
  live: liveSessions,
  advance: advanceSession,
  replace: replaceSession,
  missed: missedCookie,
} = sessions;

/** The statement (in a list of one) that signs the person out of the services to which a session has signed in that the statement before it has ended. */
const signOutOfServices = (ctx: Ctx, sessionId: string) => {
  const { id, accountId } = sessionTable;
  const holder = sql`(select ${accountId} from ${sessionTable} where ${id} = ${sessionId} and ${hasWritten})`;
  return tellServices(ctx, holder, [['logout']], { sessionId });
};

/** The statements that end the session which this browser holds, before another takes its place. */
export async function endHeldSession(ctx: Ctx) {
  const ended = await sessions.endHeld(ctx, ctx.visitor.held.session);
  const { id = '' } = splitToken(ctx.visitor.held.session) ?? {};
  return ended.length === 0 ? [] : [...ended, ...signOutOfServices(ctx, id)];
}

/** Statements that end the sessions of an account: all of them, only one, or all but one. Services learn it, too. */
export const endSessions = (
  ctx: Ctx,
  accountId: string,
  which: { only?: string; except?: string } = {},
) =>
  [
    sessions.end(ctx, accountId, which),
    ...(which.only === undefined
      ? tellServices(ctx, accountId, [['sessions_revoked'], ['logout']])
      : signOutOfServices(ctx, which.only)),
  ] as const;

/**
 * A session in its cookie's form (`id.secret`), and the statement that stores its hash. Who begins it by a password has
 * proved who they are (`isProved`).
 */
export async function newSession(
  ctx: Ctx,
  accountId: string,
  { isProved }: { isProved: boolean } = { isProved: false },
) {
  const { id, token, secretHash } = await sessions.issue(ctx);
  const nowMs = ctx.now();
  return {
    id,
    token,
    statement: insertSession(ctx.db, {
      id,
      secretHash,
      accountId,
      nowMs,
      provedAtMs: isProved ? nowMs : null,
      label: ctx.visitor.label,
    }),
  };
}

const insertSession = compiledStatement((db) =>
  db.insert(sessionTable).values({
    id: sql.placeholder('id'),
    secretHash: sql.placeholder('secretHash'),
    accountId: sql.placeholder('accountId'),
    createdAtMs: sql.placeholder('nowMs'),
    lastSeenAtMs: sql.placeholder('nowMs'),
    provedAtMs: sql.placeholder('provedAtMs'),
    label: sql.placeholder('label'),
  }),
);

/**
 * That a session is live, and its account active: signing in again says why one that is suspended or closed opens
 * nothing.
 */
export const isOpenSession = (ctx: { now: () => Instant }, id: string | Placeholder) =>
  and(eq(sessionTable.id, id), sessions.isLive(ctx.now()), eq(accountTable.status, 'active'));

/**
 * A guard that a request's session has not been ended meanwhile, as by a change of the password elsewhere, nor its account
 * closed.
 */
export function guardSignedIn(ctx: Ctx, { sessionId }: SignedIn) {
  const live = ctx.db
    .select({ id: sessionTable.id })
    .from(sessionTable)
    .innerJoin(accountTable, eq(accountTable.id, sessionTable.accountId))
    .where(isOpenSession(ctx, sessionId));
  return guard(ctx.db, sql`exists ${live}`, { code: 'session.required' });
}

export type SignedIn = {
  account: Account;
  /** What has been proved of the account, and the level that gives it. */
  attested: Attested | null;
  level: Level;
  /** The fields of which the profile says something. */
  profileKnown: readonly ProfileField[];
  /** S-BND-04: whether a mobile is proved, or another binding stands. */
  isBound: boolean;
  sessionId: string;
  /** The secret in the cookie that the request came with. */
  secret: string;
  /** That the session has a newer secret, which has not been used yet. */
  isFormer: boolean;
  endsAtMs: number;
  /** When the holder last proved who they are in this session, beyond the cookie. */
  provedAtMs: number | null;
  /** When the account is deleted, where its holder wants that (注销). */
  cancellationDueAtMs: number | null;
  /** Whether the document number may be processed: the consent was given, and counts. */
  hasConsented: boolean;
  /** Whether the agreement was agreed to: not yet where the account came from an older system. */
  hasAgreed: boolean;
  /** The ids of the services that may be entered, as far as it takes a consent. */
  services: readonly string[];
};

type SessionDeps = Pick<Deps, 'portal' | 'doors'> & { now: () => Instant };

/** What a query selects of a session and its account. */
export const sessionFields = (ctx: SessionDeps) => ({
  session: sessionTable,
  account: accountRow,
  cancellationDueAtMs: cancellationTable.dueAtMs,
  attested: attestedNow(ctx),
  hasBinding,
  consented: consentedHere(ctx, accountTable.id),
});

/** A statement that finds the live session with this id and its active account: for a batch, or alone. */
export const sessionById = (ctx: SessionDeps & Pick<Deps, 'db'>, id: string | Placeholder) =>
  ctx.db
    .select(sessionFields(ctx))
    .from(sessionTable)
    .innerJoin(accountTable, eq(accountTable.id, sessionTable.accountId))
    .leftJoin(cancellationTable, eq(cancellationTable.accountId, sessionTable.accountId))
    .where(isOpenSession(ctx, id));

type Found = Awaited<ReturnType<typeof sessionById>>[number];

/** Opens what was found for the holder of the secret; `null` for everybody else. Being asked is a sign of life. */
export async function openSession(
  ctx: Ctx,
  found: Found | undefined,
  secret: string,
): Promise<SignedIn | null> {
  if (found === undefined) return null;
  const { session, account, attested, cancellationDueAtMs, consented } = found;
  const opened = await sessions.open(ctx, session, secret, true);
  if (opened === null) return null;
  return {
    account,
    attested,
    level: levelOfAccount(account, attested),
    profileKnown: fieldsKnown(await openProfile(ctx, account)),
    isBound: provedAtMsOf(account, 'mobile') !== null || found.hasBinding === 1,
    sessionId: session.id,
    secret,
    // A proof raises the holder of the secret that came with it, and nobody else.
    isFormer: opened.isFormer,
    provedAtMs: opened.isFormer ? null : session.provedAtMs,
    cancellationDueAtMs,
    hasConsented: consented.hasConsented === 1,
    hasAgreed: consented.hasAgreed === 1,
    services: consented.services,
    endsAtMs: opened.endsAtMs,
  };
}

const openQuery = oncePerPortal(({ portal, doors }) =>
  compiled((db) =>
    sessionById({ db, portal, doors, now: () => nowOfRequest }, sql.placeholder('id')),
  ),
);

/**
 * The person who holds this cookie: one round trip for session and account. `null` when it is not, or no longer, a session.
 */
export async function authenticate(ctx: Ctx, token: string | null): Promise<SignedIn | null> {
  const split = splitToken(token);
  if (split === null) return null;
  const [found] = await openQuery(ctx)(ctx.db, { id: split.id, nowMs: ctx.now() });
  return openSession(ctx, found, split.secret);
}
