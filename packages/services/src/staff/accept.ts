import { commit, isUniqueViolation, staffPasskeyTable, staffTable } from '@shiming/db';
import {
  AppError,
  isBoundToDevice,
  type PasswordAnswers,
  parsePasswordAnswers,
  personOf,
  parseTotpCode,
  type StaffRole,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import type { PasskeyOptions } from '@shiming/providers';
import { eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Binding, giveOnly, spend, spendSecret } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { formerPasswordsOf } from '../account/former-passwords.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { keyedHashes } from '../vault/keyed-hash.ts';
import { keyIdAfter, seal, placeOf } from '../vault/vault.ts';
import { guardMemberUnchanged, guardOnlyAccount, samePerson } from './guards.ts';
import { findStaffLink } from './link.ts';
import { keepPasskey, passkeyChallengeMs } from './passkey.ts';
import { wrongFields } from './password.ts';
import { openStaffPerson } from './person.ts';
import {
  endStaffSessions,
  endHeldStaffSession,
  newStaffSession,
  sessionActor,
  type StaffRow,
} from './session.ts';
import { tellMember } from './tell.ts';

type Found = Awaited<ReturnType<typeof findStaffLink>>;

const passkeyChallenge = ({ challengeId }: Found): Binding => ({
  purpose: 'staff.link_passkey',
  subject: challengeId,
});

/**
 * What a link is for, before anything is set up. It spends nothing.
 *
 * @throws AppError link.used, link.expired
 */
export async function openStaffLink(
  ctx: Ctx,
  input: { link: string },
): Promise<{
  kind: 'invitation' | 'recovery';
  loginName: string;
  name: string;
  role: StaffRole;
  expiresAtMs: number;
}> {
  const { member, expiresAtMs } = await findStaffLink(ctx, input.link);
  const { name } = await openStaffPerson(ctx, member);
  const { loginName, role, status } = member;
  return {
    kind: status === 'invited' ? 'invitation' : 'recovery',
    loginName,
    name,
    role,
    expiresAtMs,
  };
}

/** Guards that of several invitations to one person, from before that was refused, one is accepted. */
const guardFirst = async (ctx: Ctx, member: StaffRow) =>
  guardOnlyAccount(ctx, member.id, await openStaffPerson(ctx, member), samePerson, ['active']);

/** Statements by which a link is used: everything to sign in with before is void, no matter who had it. */
async function acceptance(
  ctx: Ctx,
  { challengeId, member }: Found,
  by: 'passkey' | 'password',
  factors: Partial<Pick<StaffRow, 'passwordHash' | 'totpSealed' | 'totpLastStep' | 'keyId'>>,
) {
  const session = await newStaffSession(ctx, member.id);
  return {
    session,
    statements: [
      ...spend(ctx.db, challengeId, ctx.now(), { code: 'link.used', for: 'staff.link' }),
      guardMemberUnchanged(ctx, member),
      ...(member.status === 'invited' ? await guardFirst(ctx, member) : []),
      ctx.db.delete(staffPasskeyTable).where(eq(staffPasskeyTable.staffId, member.id)),
      ctx.db
        .update(staffTable)
        .set({
          passwordHash: null,
          totpSealed: null,
          totpLastStep: null,
          formerPasswordHashes: formerPasswordsOf(member),
          ...factors,
          status: 'active',
          version: sql`${staffTable.version} + 1`,
        })
        .where(eq(staffTable.id, member.id)),
      endStaffSessions(ctx, member.id),
      ...(await endHeldStaffSession(ctx)),
      session.statement,
      ...(await tellMember(ctx, member, 'accepted')),
      record({ ...ctx, actor: sessionActor(member, session.id) }, 'staff.accepted', null, {
        staffId: member.id,
        by,
      }),
    ],
  } as const;
}

/**
 * What the browser needs to make a passkey for the holder of a link.
 *
 * @throws AppError link.used, link.expired
 */
export async function beginPasskeyAcceptance(
  ctx: Ctx,
  input: { link: string },
): Promise<{ options: PasskeyOptions }> {
  const found = await findStaffLink(ctx, input.link);
  const challenge = ctx.crypto.randomToken(32);
  const life = { validMs: passkeyChallengeMs, tries: 1 };
  await commit(ctx.db, [...(await giveOnly(ctx, passkeyChallenge(found), challenge, life))]);
  const { id, loginName } = found.member;
  const { name } = await openStaffPerson(ctx, found.member);
  const user = { id, name: loginName, displayName: name };
  return { options: await ctx.passkeys.creationOptions({ challenge, user, existing: [] }) };
}

/**
 * Uses a link: from now on the member signs in by this passkey, and is signed in.
 *
 * @throws AppError link.used, link.expired, staff.passkey_refused, staff.same_person, request.stale
 */
export async function acceptByPasskey(
  ctx: Ctx,
  input: { link: string; credential: string; label: string },
): Promise<{ sessionToken: string }> {
  const refusal = { code: 'staff.passkey_refused' } as const;
  const found = await findStaffLink(ctx, input.link);
  const made = await ctx.passkeys.verifyCreation(input.credential);
  const isTaken = made?.isDeviceBound === true || !isBoundToDevice(found.member.role);
  if (made === null || !isTaken) throw new AppError(refusal);
  const { session, statements } = await acceptance(ctx, found, 'passkey', {});
  try {
    await commit(ctx.db, [
      ...statements,
      ...(await spendSecret(ctx, passkeyChallenge(found), made.challenge, refusal)),
      ...keepPasskey(ctx, found.member.id, made.passkey, input.label),
    ]);
  } catch (error) {
    throw isUniqueViolation(error, 'staff_passkey.id') ? new AppError(refusal) : error;
  }
  return { sessionToken: session.token };
}

/**
 * The secret of a link's holder for the codes that go with a password: always the same one, so that a page that is
 * opened again shows the QR code that was scanned. Somebody who has only the key and the database cannot make it. After the
 * current key's come those of older keys, one of which may have been scanned.
 */
async function totpSecretsOf(
  ctx: Ctx,
  { challengeId }: Found,
  link: string,
): Promise<[string, ...string[]]> {
  const [current = '', ...older] = await keyedHashes(ctx, `staff.totp:${challengeId}:${link}`);
  return [ctx.totp.secretFrom(current), ...older.map((hash) => ctx.totp.secretFrom(hash))];
}

/**
 * What an authenticator app needs for a link's holder who wants to sign in by password and code.
 *
 * @throws AppError link.used, link.expired
 */
export async function beginPasswordAcceptance(
  ctx: Ctx,
  input: { link: string },
): Promise<{ secret: string; uri: string }> {
  const found = await findStaffLink(ctx, input.link);
  const [secret] = await totpSecretsOf(ctx, found, input.link);
  const names = { issuer: ctx.portal.name.zh, account: found.member.loginName };
  return { secret, uri: ctx.totp.uri(secret, names) };
}

/**
 * Uses a link: from now on the member signs in by this password and the codes of the authenticator that shows this
 * one, and is signed in.
 *
 * @throws AppError link.used, link.expired, staff.passkey_refused where the role takes a passkey, input.invalid,
 * staff.same_person, request.stale, request.too_many
 */
export async function acceptByPassword(
  ctx: Ctx,
  input: PasswordAnswers & { link: string; code: string },
): Promise<{ sessionToken: string }> {
  const found = await findStaffLink(ctx, input.link);
  const { member } = found;
  refuseUnless(!isBoundToDevice(member.role), { code: 'staff.passkey_refused' });
  const { name, email, number } = await openStaffPerson(ctx, member);
  const parsed = parsePasswordAnswers(input, personOf({ name, number }, { email }));
  const code = parseTotpCode(input.code);
  const secrets = await totpSecretsOf(ctx, found, input.link);
  const steps = code.ok
    ? await Promise.all(secrets.map((each) => ctx.totp.stepOf(each, code.value, ctx.now())))
    : [];
  const which = steps.findIndex((each) => each !== null);
  const [secret, step] = [secrets[which] ?? secrets[0], steps[which] ?? null];
  const isCommon = parsed.ok && isCommonPassword(parsed.value.password);
  if (!parsed.ok || isCommon || step === null) {
    const fields = parsed.ok ? {} : parsed.fields;
    throw new AppError(
      wrongFields({
        ...fields,
        ...(isCommon ? { password: 'password.common' } : {}),
        ...(step === null ? { code: code.ok ? 'totp_code.wrong' : code.code } : {}),
      }),
    );
  }
  const { session, statements } = await acceptance(ctx, found, 'password', {
    passwordHash: await hashNewPassword(
      ctx,
      member.id,
      parsed.value.password,
      formerPasswordsOf(member),
    ),
    totpSealed: await seal(ctx, placeOf(staffTable.totpSealed, member.id), secret),
    totpLastStep: step,
    keyId: keyIdAfter(ctx, member.keyId),
  });
  await commit(ctx.db, [...statements]);
  return { sessionToken: session.token };
}
