import { accountTable, guard, recoveryTable } from '@shiming/db';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Binding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { Account } from '../account/account.ts';
import { isKeyedHash, keyedHash } from '../vault/keyed-hash.ts';

/** Who has said whose password it is has half an hour to prove it. */
export const recoveryValidMs = 30 * 60_000;

export type Recovery = { id: string; account: Account };

export const recoveryCode = (id: string): Binding => ({ purpose: 'recovery.code', subject: id });

/** The link goes to the account's own mail, so it belongs to the account and opens on any device. */
export const recoveryLink = (accountId: string): Binding => ({
  purpose: 'recovery.link',
  subject: accountId,
});

const textOf = (id: string, secret: string) => `recovery:${id}:${secret}`;

/** A recovery's cookie, and the statement that begins it. */
export async function newRecovery(ctx: Ctx, accountId: string) {
  const id = ctx.crypto.randomToken(12);
  const secret = ctx.crypto.randomToken(32);
  const nowMs = ctx.now();
  return {
    token: `${id}.${secret}`,
    statement: ctx.db.insert(recoveryTable).values({
      id,
      secretHash: await keyedHash(ctx, textOf(id, secret)),
      accountId,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + recoveryValidMs,
    }),
  };
}

/** A statement that finds the recovery of a cookie with its account: for a batch, or alone. */
export const recoveryById = (ctx: Ctx, id: string) =>
  ctx.db
    .select({ recovery: recoveryTable, account: accountTable })
    .from(recoveryTable)
    .innerJoin(accountTable, eq(accountTable.id, recoveryTable.accountId))
    .where(and(eq(recoveryTable.id, id), gt(recoveryTable.expiresAtMs, ctx.now())));

type Found = Awaited<ReturnType<typeof recoveryById>>;

/** Opens what was found for the holder of the secret; `null` for everybody else. */
export async function openRecovery(
  ctx: Ctx,
  [found]: Found,
  secret: string,
): Promise<Recovery | null> {
  if (found === undefined) return null;
  const { id, secretHash } = found.recovery;
  if (!(await isKeyedHash(ctx, textOf(id, secret), secretHash))) return null;
  return { id, account: found.account };
}

/** A guard that a recovery is still on its way: whatever secures the account ends it. */
export function guardBegun(ctx: Ctx, { id }: Recovery) {
  return guard(ctx.db, sql`exists ${recoveryById(ctx, id)}`, { code: 'recovery.not_started' });
}

export async function findRecovery(ctx: Ctx, token: string | null): Promise<Recovery | null> {
  const [id = '', secret = ''] = token?.split('.') ?? [];
  return token === null ? null : openRecovery(ctx, await recoveryById(ctx, id), secret);
}

/** @throws AppError recovery.not_started */
export async function loadRecovery(ctx: Ctx, token: string | null): Promise<Recovery> {
  const recovery = await findRecovery(ctx, token);
  refuseUnless(recovery !== null, { code: 'recovery.not_started' });
  return recovery;
}
