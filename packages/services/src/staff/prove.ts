import { commit, staffPasskeyTable, staffSessionTable } from '@shiming/db';
import { AppError } from '@shiming/domain';
import type { PasskeyOptions } from '@shiming/providers';
import { and, eq } from 'drizzle-orm';
import { commitClaims, type Limit, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Binding, giveOnly, spendSecret } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { passkeyChallengeMs, usePasskey } from './passkey.ts';
import { checkPasswordAndCode, refusedFields, wrongFields } from './password.ts';
import { advanceStaffSession, type SignedInStaff } from './session.ts';
import { takeCode } from './sign-in-by-password.ts';

/** Somebody at an open session who does not know the password has five guesses in a quarter of an hour. */
const perMember: Limit = {
  limit: 5,
  window: { lastMs: 15 * 60_000 },
  refusal: (retryAtMs) => ({ code: 'login.locked', retryAtMs }),
};

const proofChallenge = ({ sessionId }: SignedInStaff): Binding => ({
  purpose: 'staff.proof',
  subject: sessionId,
});

/**
 * The session's new cookie, and the statements that mark it as proved. Of several proofs at once all give the same
 * cookie; a session that was ended meanwhile stays ended.
 */
async function giveProof(ctx: Ctx, staff: SignedInStaff, by: string) {
  const nowMs = ctx.now();
  const session = await advanceStaffSession(ctx, staff);
  return {
    token: session.token,
    statements: [
      ...session.statements,
      ctx.db
        .update(staffSessionTable)
        .set({ provedAtMs: nowMs, lastSeenAtMs: nowMs })
        .where(eq(staffSessionTable.id, staff.sessionId)),
      record(ctx, 'staff.proved', null, { staffId: staff.member.id, by }),
    ],
  } as const;
}

/** What the browser needs to prove by one of the member's own passkeys who is at the session. */
export async function beginPasskeyProof(
  ctx: Ctx,
  staff: SignedInStaff,
): Promise<{ options: PasskeyOptions }> {
  const challenge = ctx.crypto.randomToken(32);
  const life = { validMs: passkeyChallengeMs, tries: 1 };
  const [passkeys] = await commit(ctx.db, [
    ctx.db
      .select({ id: staffPasskeyTable.id, transports: staffPasskeyTable.transports })
      .from(staffPasskeyTable)
      .where(eq(staffPasskeyTable.staffId, staff.member.id)),
    ...(await giveOnly(ctx, proofChallenge(staff), challenge, life)),
  ]);
  return { options: await ctx.passkeys.requestOptions({ challenge, allowed: passkeys }) };
}

/**
 * Proves again who is at a session, by a passkey of the member.
 *
 * @returns the session's new cookie
 * @throws AppError staff.passkey_refused, request.stale
 */
export async function proveStaffByPasskey(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { credential: string },
): Promise<{ sessionToken: string }> {
  const refusal = { code: 'staff.passkey_refused' } as const;
  const id = ctx.passkeys.idOf(input.credential);
  if (id === null) throw new AppError(refusal);
  const [passkey] = await ctx.db
    .select()
    .from(staffPasskeyTable)
    .where(and(eq(staffPasskeyTable.id, id), eq(staffPasskeyTable.staffId, staff.member.id)));
  const signed = passkey && (await ctx.passkeys.verifyRequest(input.credential, passkey));
  if (passkey === undefined || !signed) throw new AppError(refusal);
  const proof = await giveProof(ctx, staff, 'passkey');
  await commit(ctx.db, [
    ...(await spendSecret(ctx, proofChallenge(staff), signed.challenge, refusal)),
    ...usePasskey(ctx, passkey, signed.counter, refusal),
    ...proof.statements,
  ]);
  return { sessionToken: proof.token };
}

/**
 * Proves again who is at a session, by password and code.
 *
 * @returns the session's new cookie
 * @throws AppError input.invalid, staff.sign_in_refused, login.locked, request.stale
 */
export async function proveStaffByPassword(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { password: string; code: string },
): Promise<{ sessionToken: string }> {
  const refused = refusedFields(input);
  if (refused !== null) throw new AppError(wrongFields(refused));
  const { member } = staff;
  const claim = newClaim(ctx, 'staff_password', member.id, [perMember]);
  await commitClaims(
    ctx,
    [claim],
    [record(ctx, 'staff.password_tried', null, { staffId: member.id })],
  );
  const right = await checkPasswordAndCode(ctx, member, input);
  if (right === null) throw new AppError({ code: 'staff.sign_in_refused' });
  const proof = await giveProof(ctx, staff, 'password');
  await commit(ctx.db, [
    ...takeCode(ctx, member, right.step, null),
    ...proof.statements,
    release(ctx.db, claim.id, 'proved'),
  ]);
  return { sessionToken: proof.token };
}
