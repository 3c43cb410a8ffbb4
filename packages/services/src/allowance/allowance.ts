import { allowanceTable, type Batch, commit, type Database, guard } from '@shiming/db';
import {
  type AllowanceRule,
  AppError,
  type AppErrorData,
  type ClaimKind,
  resumesAt,
  windowStart,
} from '@shiming/domain';
import { asc, count, eq, type Placeholder, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import type { Ctx, Deps } from '../context.ts';

/**
 * A rule, and what is said when it is used up. `resumesAtMs` is when the next claim is let through. It does not bind
 * where there is still room by the rule `unless`: a slice is kept for those who have used little of another limit.
 */
export type Limit = AllowanceRule & {
  refusal(resumesAtMs: number): AppErrorData;
  unless?: AllowanceRule & { kind: ClaimKind; subject: string };
};

/**
 * One use of something limited. `subject` is whose: an account id, or a keyed hash of a number or address; an expression where
 * only the statement can tell.
 */
export type Claim<Subject extends string | SQL = string | SQL> = {
  id: string;
  kind: ClaimKind;
  subject: Subject;
  limits: readonly Limit[];
};

/** A use to be claimed. `id` names the ledger row; a thing that a claim pays for may share it. */
export function newClaim<Subject extends string | SQL>(
  ctx: Pick<Ctx, 'crypto'>,
  kind: ClaimKind,
  subject: Subject,
  limits: readonly Limit[],
): Claim<Subject> {
  return { id: ctx.crypto.randomToken(12), kind, subject, limits };
}

/**
 * The claims of a subject that count since an instant, those by a clock that was ahead of this one with them: which of two
 * clocks is right nobody can tell, and were they left out, a clock that is behind would let through more than the limit. In plain
 * SQL, because every limit asks it.
 */
const counted = (kind: ClaimKind, subject: string | SQLWrapper, sinceMs: number | Placeholder) =>
  sql`kind = ${kind} and subject = ${subject} and at_ms >= ${sinceMs} and is_counted = 1`;

/** How many claims count since an instant: a statement for a batch that answers one row `{ used }`. */
export const usedSince = (db: Database, kind: ClaimKind, subject: string | SQL, sinceMs: number) =>
  db
    .select({ used: count() })
    .from(allowanceTable)
    .where(counted(kind, subject, sinceMs));

/** The same as a column of a query whose row names the subject. */
export const usedBy = (
  kind: ClaimKind,
  subject: SQLWrapper,
  sinceMs: number | Placeholder,
): SQL<number> =>
  sql`(select count(*) from ${allowanceTable} where ${counted(kind, subject, sinceMs)})`;

/** That every limit of every claim has room, and the ledger rows: two statements, however many claims. */
function statements(
  ctx: Pick<Deps, 'db' | 'now'>,
  claims: readonly Claim[],
  refusal: AppErrorData,
) {
  const nowMs = ctx.now();
  const roomOf = (kind: ClaimKind, subject: string | SQL, rule: AllowanceRule) =>
    sql`(select count(*) from ${allowanceTable} where ${counted(kind, subject, windowStart(rule, nowMs))}) < ${rule.limit}`;
  const hasRoom = claims.flatMap(({ kind, subject, limits }) =>
    limits.map(({ unless, ...limit }) => {
      const room = roomOf(kind, subject, limit);
      return unless ? sql`(${room} or ${roomOf(unless.kind, unless.subject, unless)})` : room;
    }),
  );
  const entries = claims.map(
    ({ id, kind, subject }) => sql`(${id}, ${kind}, ${subject}, ${nowMs}, 1)`,
  );
  return [
    guard(ctx.db, sql.join(hasRoom, sql` and `), refusal),
    // In plain SQL, because every sign-in asks it.
    ctx.db.run(
      sql`insert into ${allowanceTable} (id, kind, subject, at_ms, is_counted) values ${sql.join(entries, sql`, `)}`,
    ),
  ];
}

/**
 * Claims and writes in one transaction: counting and claiming are one, so however many ask at once, no more
 * than the limit get through. Answers the results of `write`.
 *
 * @throws AppError of the limit that is used up, with the exact instant at which it resumes (one more round trip).
 */
export async function commitClaims<const B extends Readonly<Batch> | readonly Batch[number][]>(
  ctx: Pick<Deps, 'db' | 'now'>,
  claims: readonly [Claim, ...Claim[]],
  write: B,
): Promise<BatchResponse<B>> {
  // Which limit it was, the ledger tells; this one is said if there is room again by the time it is asked.
  const refusal: AppErrorData = { code: 'request.too_many', retryAtMs: ctx.now() };
  const first = statements(ctx, claims, refusal);
  try {
    const results: readonly unknown[] = await commit(ctx.db, [
      ...first,
      ...write,
    ] as unknown as Batch);
    return results.slice(first.length) as BatchResponse<B>;
  } catch (error) {
    if (!(error instanceof AppError) || error.data !== refusal) throw error;
    throw (await usedUp(ctx, claims)) ?? error;
  }
}

/** Claims before work that writes nothing of its own. */
export async function claimAlone(
  ctx: Pick<Deps, 'db' | 'now'>,
  ...claims: readonly [Claim, ...Claim[]]
): Promise<void> {
  await commitClaims(ctx, claims, []);
}

/** The first limit that is used up now, with the instant at which it resumes read from the ledger. */
async function usedUp(
  ctx: Pick<Deps, 'db' | 'now'>,
  claims: readonly Claim[],
): Promise<AppError | null> {
  const nowMs = ctx.now();
  const ledger = (kind: ClaimKind, subject: string | SQL, rules: readonly AllowanceRule[]) =>
    ctx.db
      .select({ atMs: allowanceTable.atMs })
      .from(allowanceTable)
      .where(
        counted(kind, subject, Math.min(nowMs, ...rules.map((rule) => windowStart(rule, nowMs)))),
      )
      .orderBy(asc(allowanceTable.atMs));
  const spared = claims.flatMap(({ limits }) => limits.flatMap(({ unless }) => unless ?? []));
  const [first, ...rest] = [
    ...claims.map(({ kind, subject, limits }) => ledger(kind, subject, limits)),
    ...spared.map((rule) => ledger(rule.kind, rule.subject, [rule])),
  ];
  if (first === undefined) return null;
  const ledgers = await ctx.db.batch([first, ...rest]);
  for (const [index, claim] of claims.entries()) {
    for (const limit of claim.limits) {
      const entries = (ledgers[index] ?? []).filter(
        (entry) => entry.atMs >= windowStart(limit, nowMs),
      );
      const oldest = entries.at(-limit.limit);
      const { unless } = limit;
      const elsewhere = unless && ledgers[claims.length + spared.indexOf(unless)];
      const isSpared = unless !== undefined && (elsewhere?.length ?? 0) < unless.limit;
      if (oldest !== undefined && !isSpared) {
        return new AppError(limit.refusal(resumesAt(limit, oldest.atMs)));
      }
    }
  }
  return null;
}

/** Gives a claim back, with the reason that the ledger shows: a statement for a batch. */
export function release(db: Database, claimId: string, reason: string) {
  return db
    .update(allowanceTable)
    .set({ isCounted: false, reason })
    .where(eq(allowanceTable.id, claimId));
}

/**
 * Gives back claims, and all that count for the subjects of some of them since an instant, by default of the first: one
 * statement for a batch.
 */
export function releaseAll(
  db: Database,
  claims: readonly [Claim, ...Claim[]],
  sinceMs: number,
  reason: string,
  wholly: readonly Pick<Claim, 'kind' | 'subject'>[] = claims.slice(0, 1),
) {
  const alone = claims.filter((claim) => !wholly.includes(claim));
  const released = [
    ...wholly.map(({ kind, subject }) => counted(kind, subject, sinceMs)),
    sql`id in ${alone.map(({ id }) => id)}`,
  ];
  return db.run(
    sql`update ${allowanceTable} set is_counted = 0, reason = ${reason} where ${sql.join(released, sql` or `)}`,
  );
}
