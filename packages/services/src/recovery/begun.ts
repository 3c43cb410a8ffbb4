import { accountTable, commit, guard, recoveryTable } from '@shiming/db';
import type { UserNameContact } from '@shiming/domain';
import { and, eq, gt, sql } from 'drizzle-orm';
import { type Account, accountRow } from '../account/account.ts';
import { type Binding, countTry, judgeTry, type LinkBinding } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { bearerKind, splitToken } from '../session/bearer.ts';
import { open, placeOf, seal } from '../vault/vault.ts';

/** A person who has said whose password it is has half an hour to prove it. */
export const recoveryValidMs = 30 * 60_000;

/** One that began with the facts of a document, which are those of its account. */
export type Identified = { id: string; account: Account; userName: null };

/** One that began with a user name; `null` where no account has that contact, which nobody learns. */
type ByUserName = { id: string; account: Account | null; userName: UserNameContact };

export type Recovery = Identified | ByUserName;

export const recoveryCode = (id: string): Binding => ({ purpose: 'recovery.code', subject: id });

/** The link goes to the account's own mail, so it belongs to the account and opens on any device. */
export const recoveryLink = (accountId: string): LinkBinding => ({
  purpose: 'recovery.link',
  subject: accountId,
});

const bearer = bearerKind('recovery');

/** A recovery, its cookie, and the statement that begins it. */
export async function newRecovery<R extends Omit<Identified, 'id'> | Omit<ByUserName, 'id'>>(
  ctx: Ctx,
  of: R,
) {
  const { account, userName } = of;
  const { id, token, secretHash } = await bearer.issue(ctx);
  const createdAtMs = ctx.now();
  const row = {
    id,
    secretHash,
    accountId: account?.id ?? null,
    contactKind: userName?.kind ?? null,
    contactSealed:
      userName && (await seal(ctx, placeOf(recoveryTable.contactSealed, id), userName.value)),
    createdAtMs,
    expiresAtMs: createdAtMs + recoveryValidMs,
  };
  return {
    token,
    recovery: { ...of, id },
    statement: ctx.db.insert(recoveryTable).values(row),
  };
}

/** A statement that finds the recovery of a cookie with its account: for a batch, or alone. */
const recoveryById = (ctx: Ctx, id: string) =>
  ctx.db
    .select({ recovery: recoveryTable, account: accountRow })
    .from(recoveryTable)
    .leftJoin(accountTable, eq(accountTable.id, recoveryTable.accountId))
    .where(and(eq(recoveryTable.id, id), gt(recoveryTable.expiresAtMs, ctx.now())));

type Found = Awaited<ReturnType<typeof recoveryById>>;

/** Opens what was found for the holder of the secret; `null` for everybody else. */
async function openRecovery(ctx: Ctx, [found]: Found, secret: string): Promise<Recovery | null> {
  if (found === undefined) return null;
  const { id, secretHash, contactKind: kind, contactSealed } = found.recovery;
  if (!(await bearer.isRight(ctx, id, secret, secretHash))) return null;
  const { account } = found;
  if (kind === null || contactSealed === null) {
    return account && { id, account, userName: null };
  }
  const place = placeOf(recoveryTable.contactSealed, id);
  return { id, account, userName: { kind, value: await open(ctx, place, contactSealed) } };
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

export const isIdentified = (recovery: Recovery): recovery is Identified =>
  recovery.userName === null;

/**
 * Counts and judges a try of the code that was sent for the recovery of a cookie. `isOf` says which recoveries the code is
 * taken for; the others are refused first.
 *
 * @returns the recovery, and the id of the code to spend
 * @throws AppError recovery.not_started, code.wrong, code.expired, code.tries_used_up
 */
export async function tryRecoveryCode<R extends Recovery = Recovery>(
  ctx: Ctx,
  token: string | null,
  code: string,
  isOf = (_recovery: Recovery): _recovery is R => true,
): Promise<{ recovery: R; codeId: string }> {
  const { id, secret } = splitToken(token) ?? { id: '', secret: '' };
  const binding = recoveryCode(id);
  const [found, [tried]] = await commit(ctx.db, [
    recoveryById(ctx, id),
    countTry(ctx.db, binding, ctx.now()),
  ]);
  const recovery = await openRecovery(ctx, found, secret);
  refuseUnless(recovery !== null && isOf(recovery), { code: 'recovery.not_started' });
  return { recovery, codeId: await judgeTry(ctx, binding, tried, code) };
}

/**
 * The recovery of a cookie that began with a document.
 *
 * @throws AppError recovery.not_started
 */
export async function loadIdentified(ctx: Ctx, token: string | null): Promise<Identified> {
  const recovery = await loadRecovery(ctx, token);
  refuseUnless(isIdentified(recovery), { code: 'recovery.not_started' });
  return recovery;
}

/** @throws AppError recovery.not_started */
export async function loadRecovery(ctx: Ctx, token: string | null): Promise<Recovery> {
  const recovery = await findRecovery(ctx, token);
  refuseUnless(recovery !== null, { code: 'recovery.not_started' });
  return recovery;
}
