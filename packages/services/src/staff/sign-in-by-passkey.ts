import { commit, guard, staffPasskeyTable, staffTable } from '@shiming/db';
import { AppError, isBoundToDevice } from '@shiming/domain';
import type { PasskeyOptions } from '@shiming/providers';
import { and, eq, sql } from 'drizzle-orm';
import { commitClaims, newClaim, release } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import { type Binding, give, spendSecret } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import { failuresPerAddress } from '../login/attempts.ts';
import { subjectHash } from '../vault/vault.ts';
import { passkeyChallengeMs, usePasskey } from './passkey.ts';
import { endHeldStaffSession, newStaffSession, sessionActor } from './session.ts';

const refusal = { code: 'staff.sign_in_refused' } as const;

/** A challenge belongs to the browser that asked for it. */
const signInChallenge = ({ visitor }: Ctx): Binding => ({
  purpose: 'staff.sign_in',
  subject: visitor.deviceId,
});

/**
 * T-CON-01: what the browser needs to sign in by a passkey. The authenticator shows whose passkeys it has, so nobody
 * says who they are, and the answer tells nothing about anybody.
 *
 * @throws AppError request.too_many
 */
export async function beginPasskeySignIn(ctx: Ctx): Promise<{ options: PasskeyOptions }> {
  const challenge = ctx.crypto.randomToken(32);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  await commitClaims(
    ctx,
    [newClaim(ctx, 'staff_login.options', address, failuresPerAddress)],
    [
      ...(await give(ctx, ctx.crypto.randomToken(12), signInChallenge(ctx), challenge, {
        validMs: passkeyChallengeMs,
        tries: 1,
      })),
    ],
  );
  return { options: await ctx.passkeys.requestOptions({ challenge, allowed: [] }) };
}

/**
 * T-CON-01: signs in by a passkey whose holder was verified by it. The challenge is good once, in this browser.
 *
 * @throws AppError staff.sign_in_refused, request.too_many
 */
export async function signInByPasskey(
  ctx: Ctx,
  input: { credential: string },
): Promise<{ sessionToken: string }> {
  const id = ctx.passkeys.idOf(input.credential);
  if (id === null) throw new AppError(refusal);
  const address = await subjectHash(ctx, 'address', ctx.visitor.address);
  const claim = newClaim(ctx, 'staff_login.address', address, failuresPerAddress);
  const [[found]] = await commitClaims(
    ctx,
    [claim],
    [
      ctx.db
        .select({ passkey: staffPasskeyTable, member: staffTable })
        .from(staffPasskeyTable)
        .innerJoin(staffTable, eq(staffTable.id, staffPasskeyTable.staffId))
        .where(and(eq(staffPasskeyTable.id, id), eq(staffTable.status, 'active'))),
    ],
  );
  const signed = found && (await ctx.passkeys.verifyRequest(input.credential, found.passkey));
  const isTaken = found && (signed?.isDeviceBound === true || !isBoundToDevice(found.member.role));
  if (!isTaken || !signed) {
    const staffId = found?.member.id ?? null;
    await commit(ctx.db, [record(ctx, 'staff.sign_in_refused', null, { by: 'passkey', staffId })]);
    throw new AppError(refusal);
  }
  const { passkey, member } = found;
  const session = await newStaffSession(ctx, member.id);
  const unchanged = sql`exists (select 1 from ${staffTable} where ${staffTable.id} = ${member.id} and ${staffTable.version} = ${member.version})`;
  await commit(ctx.db, [
    ...(await spendSecret(ctx, signInChallenge(ctx), signed.challenge, refusal)),
    ...usePasskey(ctx, passkey, signed.counter, refusal),
    guard(ctx.db, unchanged, refusal),
    ...(await endHeldStaffSession(ctx)),
    session.statement,
    release(ctx.db, claim.id, 'signed_in'),
    record({ ...ctx, actor: sessionActor(member, session.id) }, 'staff.signed_in', null, {
      staffId: member.id,
      by: 'passkey',
    }),
  ]);
  return { sessionToken: session.token };
}
