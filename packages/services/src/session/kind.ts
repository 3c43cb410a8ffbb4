import {
  guard,
  placeholdersOf,
  oncePer,
  type organisationSessionTable,
  compiledStatement,
  type sessionTable,
  type staffSessionTable,
  valuesOf,
} from '@shiming/db';
import { and, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Instant } from '../compiled.ts';
import type { Ctx, Deps } from '../context.ts';
import { keyedHash } from '../vault/keyed-hash.ts';
import { bearerKind, splitToken } from './bearer.ts';

/** Signs of life are written down at most once a minute. */
const touchEveryMs = 60_000;
/** How long a former secret stays good at most. */
const graceMs = 60_000;

type Table = typeof sessionTable | typeof staffSessionTable | typeof organisationSessionTable;
type Kind = {
  name: string;
  table: Table;
  /** The column that says whose session it is. */
  holder:
    | typeof sessionTable.accountId
    | typeof staffSessionTable.staffId
    | typeof organisationSessionTable.organisationId;
  idleMs: number;
  maxMs: number;
};
type Row = Omit<
  Table['$inferSelect'],
  'accountId' | 'staffId' | 'organisationId' | 'provedAtMs' | 'label'
>;
/** The session that a request came with, and the secret that its cookie held. */
type SessionSecret = { sessionId: string; secret: string };

/**
 * What sessions of applicants and of staff have in common: a cookie `id.secret` of which the table keeps a keyed hash,
 * an end when idle and an end in any case. `name` stands in the hash, so a secret of one kind opens none of the other.
 *
 * After a new secret the former one stays good until the new one is used, for a minute at most, without the proof that
 * came with the new one: the answer that carried the new cookie may be lost, and another tab may have asked meanwhile.
 */
export function sessionKind({ name, table, holder, idleMs, maxMs }: Kind) {
  type Secrets = Pick<Deps, 'crypto' | 'keys'>;
  const { hashOf, hashesOf, isRight, issue } = bearerKind(name);
  /** That a session has a secret, whichever key its hash is under: a condition. */
  const hasSecret = async (ctx: Secrets, id: string, secret: string) => ({
    holds: and(eq(table.id, id), inArray(table.secretHash, await hashesOf(ctx, id, secret))),
  });
  /** The secret after another: the same for each request that came with that one, so all answers carry one cookie. */
  const secretAfter = (ctx: Secrets, id: string, secret: string) =>
    keyedHash(ctx, `${name}.next:${id}:${secret}`);

  /** Whether a session lives at an instant: a condition. */
  const isLive = (nowMs: Instant) =>
    and(
      isNull(table.endedAtMs),
      gt(table.createdAtMs, sql`${nowMs} - ${maxMs}`),
      gt(table.lastSeenAtMs, sql`${nowMs} - ${idleMs}`),
    );

  /** Ends the session with an id and one of so many hashes. */
  const endHeldOf = oncePer((length: number) =>
    compiledStatement((db) => {
      const hashes = placeholdersOf('hash', length);
      const isFormer = and(
        inArray(table.formerSecretHash, hashes),
        gt(table.formerUntilMs, sql.placeholder('nowMs')),
      );
      return db
        .update(table)
        .set({ endedAtMs: sql`${sql.placeholder('nowMs')}` })
        .where(
          and(
            eq(table.id, sql.placeholder('id')),
            or(inArray(table.secretHash, hashes), isFormer),
            isNull(table.endedAtMs),
          ),
        );
    }),
  );

  return {
    isLive,

    issue,

    /**
     * The next secret of a session whose rights rise, and the statements that make it the session's. Of several
     * requests at once that came with one secret, all get the same. A session that has ended, or whose secret has
     * become another, refuses as `request.stale`; so does one whose next secret was given out meanwhile to a request that came
     * with the former one (`missed`): what is proved now must not raise them.
     */
    advance: async (ctx: Ctx, { sessionId: id, secret }: SessionSecret) => {
      const next = await secretAfter(ctx, id, secret);
      const before = await hasSecret(ctx, id, secret);
      const after = await hasSecret(ctx, id, next);
      const nowMs = ctx.now();
      const advanced = ctx.db
        .select({ id: table.id })
        .from(table)
        .where(and(after.holds, isLive(nowMs), sql`coalesce(${table.provedAtMs}, 1) <> 0`));
      return {
        token: `${id}.${next}`,
        statements: [
          ctx.db
            .update(table)
            .set({
              secretHash: await hashOf(ctx, id, next),
              formerSecretHash: sql`${table.secretHash}`,
              formerUntilMs: nowMs + graceMs,
              // Nobody has been given this one (`missed` writes 0).
              provedAtMs: sql`max(${table.provedAtMs}, 1)`,
            })
            .where(before.holds),
          guard(ctx.db, sql`exists ${advanced}`, { code: 'request.stale' }),
        ],
      } as const;
    },

    /**
     * A secret of a session that nobody can have who only had the former one, which ends with it, and the statement that
     * makes it the session's: for what is changed to keep somebody out.
     */
    replace: async (ctx: Ctx, { sessionId: id }: SessionSecret) => {
      const secret = ctx.crypto.randomToken(32);
      return {
        token: `${id}.${secret}`,
        statement: ctx.db
          .update(table)
          .set({
            secretHash: await hashOf(ctx, id, secret),
            formerSecretHash: null,
            formerUntilMs: null,
          })
          .where(eq(table.id, id)),
      };
    },

    /**
     * The cookie that the holder of a former secret has missed, where one followed that it may have; `null` else. The
     * proof that came with it does not go along: a holder of the former secret alone has not given it.
     */
    missed: async (ctx: Ctx, { sessionId: id, secret }: SessionSecret): Promise<string | null> => {
      const next = await secretAfter(ctx, id, secret);
      const followed = await ctx.db
        .update(table)
        .set({ provedAtMs: 0 })
        .where((await hasSecret(ctx, id, next)).holds)
        .returning({ id: table.id });
      return followed.length === 0 ? null : `${id}.${next}`;
    },

    /**
     * Opens a live session for the holder of its secret; answers when it ends and whether the secret is a former one,
     * `null` for everybody else. The first use of a new secret ends the former one. A sign of life is written down
     * after the answer.
     */
    async open(
      ctx: Ctx,
      row: Row,
      secret: string,
      isSignOfLife: boolean,
    ): Promise<{ endsAtMs: number; isFormer: boolean } | null> {
      const nowMs = ctx.now();
      const { id, secretHash, formerSecretHash, formerUntilMs, createdAtMs, lastSeenAtMs } = row;
      const isFormer = !(await isRight(ctx, id, secret, secretHash));
      const hasFormer = formerSecretHash !== null && (formerUntilMs ?? 0) > nowMs;
      const isFormerRight = hasFormer && (await isRight(ctx, id, secret, formerSecretHash));
      if (isFormer && !isFormerRight) return null;
      if (!isFormer && hasFormer) {
        await ctx.db
          .update(table)
          .set({ formerSecretHash: null, formerUntilMs: null })
          .where(and(eq(table.id, id), eq(table.secretHash, secretHash)));
      }
      const isTouched = isSignOfLife && lastSeenAtMs < nowMs - touchEveryMs;
      if (isTouched) {
        ctx.defer(async () => {
          await ctx.db
            .update(table)
            .set({ lastSeenAtMs: nowMs })
            .where(and(eq(table.id, id), lt(table.lastSeenAtMs, nowMs)));
        });
      }
      const endsAtMs = Math.min(createdAtMs + maxMs, (isTouched ? nowMs : lastSeenAtMs) + idleMs);
      return { endsAtMs, isFormer };
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

    /**
     * The statement (in a list of one) that ends the session whose cookie the browser holds, whosever it is: another
     * takes its place there, or none.
     */
    endHeld: async (ctx: Ctx, token: string | null) => {
      const split = splitToken(token);
      if (split === null) return [];
      const hashes = await hashesOf(ctx, split.id, split.secret);
      const values = { id: split.id, nowMs: ctx.now(), ...valuesOf('hash', hashes) };
      return [endHeldOf(hashes.length)(ctx.db, values)];
    },

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
