import { accountTable, guard, recoveryTable } from '@shiming/db';
import { and, eq, gt, sql } from 'drizzle-orm';
import { type Account, accountRow } from '../account/account.ts';
import type { Binding, LinkBinding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { bearerKind, splitToken } from '../session/bearer.ts';

/** Who has said whose password it is has half an hour to prove it. */
export const recoveryValidMs = 30 * 60_000;

export type Recovery = { id: string; account: Account };

export const recoveryCode = (id: string): Binding => ({ purpose: 'recovery.code', subject: id });

/** The link goes to the account's own mail, so it belongs to the account and opens on any device. */
export const recoveryLink = (accountId: string): LinkBinding => ({
  purpose: 'recovery.link',
  subject: accountId,
});

const bearer = bearerKind('recovery');

/** A recovery, its cookie, and the statement that begins it. */
export async function newRecovery(ctx: Ctx, account: Account) {
  const { id, token, secretHash } = await bearer.issue(ctx);
  const createdAtMs = ctx.now();
  const row = { id, secretHash, accountId: account.id, createdAtMs };
  return {
    token,
    recovery: { id, account },
    statement: ctx.db
      .insert(recoveryTable)
      .values({ ...row, expiresAtMs: createdAtMs + recoveryValidMs }),
  };
}

/** A statement that finds the recovery of a cookie with its account: for a batch, or alone. */
export const recoveryById = (ctx: Ctx, id: string) =>
  ctx.db
    .select({ recovery: recoveryTable, account: accountRow })
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
  if (!(await bearer.isRight(ctx, id, secret, secretHash))) return null;
  return { id, account: found.account };
}

/**
 * Statements for what sends a code or a QR code: a guard that the recovery is still on its way, which whatever secures
 * the account ends, and that it does not end before what was sent.
 */
export const keepBegun = (ctx: Ctx, { id }: Recovery, untilMs = 0) =>
  [
    guard(ctx.db, sql`exists ${recoveryById(ctx, id)}`, { code: 'recovery.not_started' }),
    ctx.db
      .update(recoveryTable)
      .set({ expiresAtMs: sql`max(${recoveryTable.expiresAtMs}, ${untilMs})` })
      .where(eq(recoveryTable.id, id)),
  ] as const;

export async function findRecovery(ctx: Ctx, token: string | null): Promise<Recovery | null> {
  const split = splitToken(token);
  return split && openRecovery(ctx, await recoveryById(ctx, split.id), split.secret);
}

/** @throws AppError recovery.not_started */
export async function loadRecovery(ctx: Ctx, token: string | null): Promise<Recovery> {
  const recovery = await findRecovery(ctx, token);
  refuseUnless(recovery !== null, { code: 'recovery.not_started' });
  return recovery;
}
