import type { sessionTable, staffSessionTable } from '@shiming/db';
import { and, desc, eq, gt, isNull, lt, ne } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';

/** Signs of life are written down at most once a minute. */
const touchEveryMs = 60_000;

type Table = typeof sessionTable | typeof staffSessionTable;
type Kind = {
  name: string;
  table: Table;
  /** The column that says whose session it is. */
  holder: typeof sessionTable.accountId | typeof staffSessionTable.staffId;
  idleMs: number;
  maxMs: number;
};
type Row = Pick<Table['$inferSelect'], 'id' | 'secretHash' | 'createdAtMs' | 'lastSeenAtMs'>;

/**
 * What sessions of applicants and of staff have in common: a cookie `id.secret` of which the table keeps a keyed hash,
 * an end when idle and an end in any case. `name` stands in the hash, so a secret of one kind opens none of the other.
 */
export function sessionKind({ name, table, holder, idleMs, maxMs }: Kind) {
  const hashOf = (ctx: Pick<Deps, 'crypto' | 'keys'>, id: string, secret: string) =>
    ctx.crypto.hmac(ctx.keys.token, `${name}:${id}:${secret}`);

  /** Whether a session lives at an instant: a condition. */
  const isLive = (nowMs: number) =>
    and(
      isNull(table.endedAtMs),
      gt(table.createdAtMs, nowMs - maxMs),
      gt(table.lastSeenAtMs, nowMs - idleMs),
    );

  return {
    isLive,

    /** A new secret, of a new session or of one that there is: the cookie's form, and what the table keeps of it. */
    async issue(ctx: Ctx, id = ctx.crypto.randomToken(12)) {
      const secret = ctx.crypto.randomToken(32);
      return { id, token: `${id}.${secret}`, secretHash: await hashOf(ctx, id, secret) };
    },

    /**
     * Opens a live session for the holder of its secret; answers when it ends, `null` for everybody else. A sign of
     * life is written down after the answer.
     */
    async open(ctx: Ctx, row: Row, secret: string, isSignOfLife: boolean): Promise<number | null> {
      const nowMs = ctx.now();
      const { id, secretHash, createdAtMs, lastSeenAtMs } = row;
      if (!ctx.crypto.equal(secretHash, await hashOf(ctx, id, secret))) return null;
      const isTouched = isSignOfLife && lastSeenAtMs < nowMs - touchEveryMs;
      if (isTouched) {
        ctx.defer(async () => {
          await ctx.db
            .update(table)
            .set({ lastSeenAtMs: nowMs })
            .where(and(eq(table.id, id), lt(table.lastSeenAtMs, nowMs)));
        });
      }
      return Math.min(createdAtMs + maxMs, (isTouched ? nowMs : lastSeenAtMs) + idleMs);
    },

    /** The sessions of a holder that live now, newest first. */
    live: (ctx: Pick<Deps, 'db' | 'now'>, holderId: string) =>
      ctx.db
        .select({
          id: table.id,
          label: table.label,
          createdAtMs: table.createdAtMs,
          lastSeenAtMs: table.lastSeenAtMs,
        })
        .from(table)
        .where(and(eq(holder, holderId), isLive(ctx.now())))
        .orderBy(desc(table.createdAtMs))
        .limit(50),

    /** A statement that ends the sessions of a holder: all of them, only one, or all but one. */
    end: (
      ctx: Pick<Deps, 'db' | 'now'>,
      holderId: string,
      which: { only?: string; except?: string } = {},
    ) =>
      ctx.db
        .update(table)
        .set({ endedAtMs: ctx.now() })
        .where(
          and(
            eq(holder, holderId),
            isNull(table.endedAtMs),
            which.only === undefined ? undefined : eq(table.id, which.only),
            which.except === undefined ? undefined : ne(table.id, which.except),
          ),
        ),
  };
}

/** The id and secret of a cookie (`id.secret`); `null` for what has not both. */
export function splitSessionToken(token: string | null): { id: string; secret: string } | null {
  const [id, secret] = token?.split('.') ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}
