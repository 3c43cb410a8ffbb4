import { commit, guard, isUniqueViolation, staffPasskeyTable, staffTable } from '@shiming/db';
import { AppError } from '@shiming/domain';
import type { PasskeyOptions } from '@shiming/providers';
import { and, asc, eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Binding, giveOnly, spendSecret, voidGiven } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { guardMemberUnchanged } from './guards.ts';
import { staffLink } from './link.ts';
import { keepPasskey, passkeyChallengeMs } from './passkey.ts';
import { openStaffPerson } from './person.ts';
import { requireStaffProof, type SignedInStaff } from './session.ts';
import { tellMember } from './tell.ts';

/** More than anybody has devices. */
const mostPasskeys = 10;

const newPasskey = ({ sessionId }: SignedInStaff): Binding => ({
  purpose: 'staff.new_passkey',
  subject: sessionId,
});

const passkeysOf = ({ db }: Pick<Ctx, 'db'>, { member }: SignedInStaff) =>
  db
    .select({
      passkeyId: staffPasskeyTable.id,
      label: staffPasskeyTable.label,
      transports: staffPasskeyTable.transports,
      createdAtMs: staffPasskeyTable.createdAtMs,
      lastUsedAtMs: staffPasskeyTable.lastUsedAtMs,
    })
    .from(staffPasskeyTable)
    .where(eq(staffPasskeyTable.staffId, member.id))
    .orderBy(asc(staffPasskeyTable.createdAtMs));

/** One's own passkeys. `isLastFactor`: there is no other way to sign in, so it cannot be removed. */
export async function listPasskeys(ctx: Ctx, staff: SignedInStaff) {
  const passkeys = await passkeysOf(ctx, staff);
  const isLastFactor = passkeys.length === 1 && staff.member.passwordHash === null;
  return passkeys.map(({ passkeyId, label, createdAtMs, lastUsedAtMs }) => ({
    passkeyId,
    label,
    createdAtMs,
    lastUsedAtMs,
    isLastFactor,
  }));
}

/**
 * What the browser needs to make another passkey for the member.
 *
 * @throws AppError staff.proof_required
 */
export async function beginPasskey(
  ctx: Ctx,
  staff: SignedInStaff,
): Promise<{ options: PasskeyOptions }> {
  requireStaffProof(ctx, staff);
  const challenge = ctx.crypto.randomToken(32);
  const life = { validMs: passkeyChallengeMs, tries: 1 };
  const [passkeys] = await commit(ctx.db, [
    passkeysOf(ctx, staff),
    ...(await giveOnly(ctx, newPasskey(staff), challenge, life)),
  ]);
  const { member } = staff;
  const { name } = await openStaffPerson(ctx, member);
  const options = await ctx.passkeys.creationOptions({
    challenge,
    user: { id: member.id, name: member.loginName, displayName: name },
    existing: passkeys.map(({ passkeyId, transports }) => ({ id: passkeyId, transports })),
  });
  return { options };
}

/** @throws AppError staff.proof_required, staff.passkey_refused, request.stale */
export async function addPasskey(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { credential: string; label: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const refusal = { code: 'staff.passkey_refused' } as const;
  const made = await ctx.passkeys.verifyCreation(input.credential);
  if (made === null) throw new AppError(refusal);
  const { member } = staff;
  const { db } = ctx;
  const hasRoom = sql`(select count(*) from ${staffPasskeyTable} where ${staffPasskeyTable.staffId} = ${member.id}) < ${mostPasskeys}`;
  try {
    await commit(db, [
      ...(await spendSecret(ctx, newPasskey(staff), made.challenge, refusal)),
      guard(db, hasRoom, refusal),
      // A session that a recovery ended meanwhile leaves nothing behind.
      guardMemberUnchanged(ctx, member),
      ...keepPasskey(ctx, member.id, made.passkey, input.label),
      ...(await tellMember(ctx, member, 'passkey_added')),
      record(ctx, 'staff.passkey_added', null, { staffId: member.id }),
    ]);
  } catch (error) {
    throw isUniqueViolation(error, 'staff_passkey.id') ? new AppError(refusal) : error;
  }
}

/**
 * Removes a passkey of one's own, never the last way to sign in, however many are removed at once.
 *
 * @throws AppError staff.proof_required, request.not_found, staff.last_factor, request.stale
 */
export async function removePasskey(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { passkeyId: string },
): Promise<void> {
  requireStaffProof(ctx, staff);
  const { member } = staff;
  const { db } = ctx;
  const isIt = and(
    eq(staffPasskeyTable.id, input.passkeyId),
    eq(staffPasskeyTable.staffId, member.id),
  );
  const own = db.select({ id: staffPasskeyTable.id }).from(staffPasskeyTable).where(isIt);
  const hasAnother = sql`(exists (select 1 from ${staffPasskeyTable} where ${staffPasskeyTable.staffId} = ${member.id} and ${staffPasskeyTable.id} <> ${input.passkeyId}) or exists (select 1 from ${staffTable} where ${staffTable.id} = ${member.id} and ${staffTable.passwordHash} is not null))`;
  await commit(db, [
    guard(db, sql`exists ${own}`, { code: 'request.not_found' }),
    guard(db, hasAnother, { code: 'staff.last_factor' }),
    guardMemberUnchanged(ctx, member),
    db.delete(staffPasskeyTable).where(isIt),
    ...voidGiven(db, staffLink(member.id)),
    ...(await tellMember(ctx, member, 'passkey_removed')),
    record(ctx, 'staff.passkey_removed', null, { staffId: member.id }),
  ]);
}
