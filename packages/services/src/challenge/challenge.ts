import { challengeTable, type Database, guard, hasWritten } from '@shiming/db';
import {
  AppError,
  type AppErrorData,
  appErrorIn,
  type ChallengePurpose,
  type LinkPurpose,
} from '@shiming/domain';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Ctx, Deps } from '../context.ts';
import { isKeyedHash, keyedHash, keyedHashes } from '../vault/keyed-hash.ts';

/** What a secret is for and to whom it was given. It opens nothing else. */
export type Binding = { purpose: ChallengePurpose; subject: string };

/** That of a link in a message. */
export type LinkBinding = Binding & { purpose: ChallengePurpose & LinkPurpose };

const textOf = ({ purpose, subject }: Binding, secret: string) =>
  `challenge:${purpose}:${subject}:${secret}`;

/** The forms in which a secret may be kept, one for each token key held: of what is found by its hash. */
export const hashesOf = (
  ctx: Pick<Deps, 'crypto' | 'keys'>,
  binding: Binding,
  secret: string,
): Promise<string[]> => keyedHashes(ctx, textOf(binding, secret));

const isLive = (nowMs: number) =>
  and(isNull(challengeTable.usedAtMs), gt(challengeTable.expiresAtMs, nowMs));

type Life = { validMs: number; tries: number };

/**
 * The statement (in a list of one, since a query that is awaited runs) that gives out a secret. `id` is unique:
 * giving out the same one twice fails.
 */
export async function give(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  id: string,
  binding: Binding,
  secret: string,
  { validMs, tries }: Life,
) {
  const nowMs = ctx.now();
  return [
    ctx.db.insert(challengeTable).values({
      id,
      ...binding,
      secretHash: await keyedHash(ctx, textOf(binding, secret)),
      triesLeft: tries,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + validMs,
    }),
  ] as const;
}

/** That a challenge can still be used for a purpose and subject. */
export const isLiveFor = (binding: Binding, nowMs: number) =>
  and(isUnused(binding), gt(challengeTable.expiresAtMs, nowMs));

/** That a challenge was given out for a purpose and subject and not used. */
export const isUnused = ({ purpose, subject }: Binding) =>
  and(
    eq(challengeTable.purpose, purpose),
    eq(challengeTable.subject, subject),
    isNull(challengeTable.usedAtMs),
  );

/** The statement (in a list of one) that voids what was given out for a purpose and subject and not used. */
export const voidGiven = (db: Database, binding: Binding) =>
  [db.delete(challengeTable).where(isUnused(binding))] as const;

/** The statement that marks as used what was given out for a purpose and subject: another way has done what it is for. */
export const useGiven = ({ db, now }: Pick<Deps, 'db' | 'now'>, binding: Binding) =>
  db.update(challengeTable).set({ usedAtMs: now() }).where(isUnused(binding));

/** The statement (in a list of one) that takes back one secret that was given out, and no other of its purpose. */
export const takeBack = (db: Database, id: string) =>
  [
    db
      .delete(challengeTable)
      .where(and(eq(challengeTable.id, id), isNull(challengeTable.usedAtMs))),
  ] as const;

/** Statements that give out a secret and void the one that was live for the same purpose and subject. */
export async function giveOnly(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  binding: Binding,
  secret: string,
  life: Life,
  id = ctx.crypto.randomToken(12),
) {
  return [...voidGiven(ctx.db, binding), ...(await give(ctx, id, binding, secret, life))] as const;
}

/**
 * Counts a try before anything is compared, so that a thousand tries at once are still counted one by one.
 * A statement that answers the challenge, or no row when there is none live or its tries are used up.
 */
export function countTry(db: Database, binding: Binding, nowMs: number) {
  return db
    .update(challengeTable)
    .set({ triesLeft: sql`${challengeTable.triesLeft} - 1` })
    .where(
      and(
        eq(challengeTable.purpose, binding.purpose),
        eq(challengeTable.subject, binding.subject),
        isLive(nowMs),
        gt(challengeTable.triesLeft, 0),
      ),
    )
    .returning({
      id: challengeTable.id,
      secretHash: challengeTable.secretHash,
      triesLeft: challengeTable.triesLeft,
    });
}

/** Compares in constant time. */
export function isSecretRight(
  ctx: Pick<Deps, 'crypto' | 'keys'>,
  binding: Binding,
  secretHash: string,
  secret: string,
): Promise<boolean> {
  return isKeyedHash(ctx, textOf(binding, secret), secretHash);
}

/** Why there was nothing to try: the state of the newest challenge, for the message. */
export async function whyNotLive(
  ctx: Pick<Deps, 'db' | 'now'>,
  binding: Binding,
): Promise<AppErrorData> {
  const [found] = await ctx.db
    .select({ triesLeft: challengeTable.triesLeft, expiresAtMs: challengeTable.expiresAtMs })
    .from(challengeTable)
    .where(
      and(
        eq(challengeTable.purpose, binding.purpose),
        eq(challengeTable.subject, binding.subject),
        isNull(challengeTable.usedAtMs),
      ),
    );
  const isUsedUp = found !== undefined && found.triesLeft === 0 && found.expiresAtMs > ctx.now();
  return { code: isUsedUp ? 'code.tries_used_up' : 'code.expired' };
}

/**
 * Judges a counted try at a code. `tried` is what `countTry` answered.
 *
 * @returns the id of the challenge to spend
 * @throws AppError code.wrong, code.expired, code.tries_used_up
 */
export async function judgeTry(
  ctx: Pick<Deps, 'db' | 'now' | 'crypto' | 'keys'>,
  binding: Binding,
  tried: { id: string; secretHash: string; triesLeft: number } | undefined,
  secret: string,
): Promise<string> {
  if (tried === undefined) throw new AppError(await whyNotLive(ctx, binding));
  const { id, secretHash, triesLeft } = tried;
  if (await isSecretRight(ctx, binding, secretHash, secret)) return id;
  throw new AppError(
    triesLeft === 0 ? { code: 'code.tries_used_up' } : { code: 'code.wrong', triesLeft },
  );
}

/**
 * Does what a right code is for. Where that is refused for another reason, the try is given back: the limit is one of
 * wrong codes, and a person with the right one is not kept from using it.
 */
export async function withRightCode<T>(
  { db }: Pick<Deps, 'db'>,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (appErrorIn(error) !== null) {
      await db
        .update(challengeTable)
        .set({ triesLeft: sql`${challengeTable.triesLeft} + 1` })
        .where(and(eq(challengeTable.id, id), isNull(challengeTable.usedAtMs)));
    }
    throw error;
  }
}

/** Statements that spend a challenge whose secret was right. Of several that were right at once, one spends it. */
export function spend(db: Database, id: string, nowMs: number, refusal: AppErrorData) {
  const live = db
    .select({ id: challengeTable.id })
    .from(challengeTable)
    .where(and(eq(challengeTable.id, id), isLive(nowMs)));
  return [
    guard(db, sql`exists ${live}`, refusal),
    db.update(challengeTable).set({ usedAtMs: nowMs }).where(eq(challengeTable.id, id)),
  ] as const;
}

/**
 * Statements that spend a secret of full strength (a ticket), found by its hash. The search compares keyed
 * hashes, of which an attacker can neither choose nor learn a prefix, so it need not be constant in time.
 */
export async function spendSecret(
  ctx: Pick<Ctx, 'db' | 'now' | 'crypto' | 'keys'>,
  binding: Binding,
  secret: string,
  refusal: AppErrorData,
) {
  const { purpose, subject, secretHash, usedAtMs, expiresAtMs } = challengeTable;
  const nowMs = ctx.now();
  const hashes = await hashesOf(ctx, binding, secret);
  const match = sql`${purpose} = ${binding.purpose} and ${subject} = ${binding.subject} and ${secretHash} in ${hashes} and ${usedAtMs} is null and ${expiresAtMs} > ${nowMs}`;
  return [
    ctx.db.update(challengeTable).set({ usedAtMs: nowMs }).where(match),
    guard(ctx.db, hasWritten, refusal),
  ] as const;
}
