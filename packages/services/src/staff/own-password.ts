import { commit, staffTable } from '@shiming/db';
import {
  AppError,
  type PasswordAnswers,
  parsePasswordAnswers,
  personOf,
  parseTotpCode,
  type StaffNoticeKind,
} from '@shiming/domain';
import { isCommonPassword } from '@shiming/domain/common-passwords';
import { eq, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { type Binding, giveOnly, spendSecret, voidGiven } from '../challenge/challenge.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import { formerPasswordsOf } from '../account/former-passwords.ts';
import { hashNewPassword } from '../login/new-password.ts';
import { keyIdAfter, seal, placeOf } from '../vault/vault.ts';
import { guardMemberUnchanged } from './guards.ts';
import { staffLink } from './link.ts';
import { wrongFields } from './password.ts';
import { openStaffPerson } from './person.ts';
import {
  endStaffSessions,
  requireStaffProof,
  replaceStaffSession,
  type SignedInStaff,
  type StaffRow,
} from './session.ts';
import { tellMember } from './tell.ts';

/** Long enough to take out the phone and install an app. */
const secretValidMs = 30 * 60_000;

const newSecret = ({ sessionId }: SignedInStaff): Binding => ({
  purpose: 'staff.new_totp',
  subject: sessionId,
});

/** A member who signs in by password and has just proved who they are; a passkey is added and removed elsewhere. */
function requireOwnPassword(ctx: Ctx, staff: SignedInStaff): void {
  requireStaffProof(ctx, staff);
  refuseUnless(staff.member.passwordHash !== null, { code: 'request.not_found' });
}

/**
 * Statements that change how a member signs in: the member is notified, every other session and every link to set up the
 * sign-in again ends, and this session gets a new cookie.
 */
async function changed(
  ctx: Ctx,
  staff: SignedInStaff,
  kind: Extract<StaffNoticeKind, 'password_changed' | 'totp_changed'>,
  columns: Partial<
    Pick<
      StaffRow,
      'passwordHash' | 'formerPasswordHashes' | 'totpSealed' | 'totpLastStep' | 'keyId'
    >
  >,
) {
  const { member, sessionId } = staff;
  const session = await replaceStaffSession(ctx, staff);
  return {
    sessionToken: session.token,
    statements: [
      guardMemberUnchanged(ctx, member),
      ctx.db
        .update(staffTable)
        .set({ ...columns, version: sql`${staffTable.version} + 1` })
        .where(eq(staffTable.id, member.id)),
      endStaffSessions(ctx, member.id, { except: sessionId }),
      session.statement,
      ...voidGiven(ctx.db, staffLink(member.id)),
      ...(await tellMember(ctx, member, kind)),
      record(ctx, `staff.${kind}`, null, { staffId: member.id }),
    ],
  } as const;
}

/**
 * T-CON-01: another password for oneself. The codes stay as they are.
 *
 * @returns the session's new cookie
 * @throws AppError staff.proof_required, request.not_found (no password to change), input.invalid, request.stale,
 * request.too_many
 */
export async function changeStaffPassword(
  ctx: Ctx,
  staff: SignedInStaff,
  input: PasswordAnswers,
): Promise<{ sessionToken: string }> {
  requireOwnPassword(ctx, staff);
  const { name, email, number } = await openStaffPerson(ctx, staff.member);
  const parsed = parsePasswordAnswers(input, personOf({ name, number }, { email }));
  if (!parsed.ok) throw new AppError(wrongFields(parsed.fields));
  const { password } = parsed.value;
  if (isCommonPassword(password)) {
    throw new AppError(wrongFields({ password: 'password.common' }));
  }
  const formerPasswordHashes = formerPasswordsOf(staff.member);
  const { id } = staff.member;
  const { sessionToken, statements } = await changed(ctx, staff, 'password_changed', {
    passwordHash: await hashNewPassword(ctx, id, password, formerPasswordHashes),
    formerPasswordHashes,
  });
  await commit(ctx.db, [...statements]);
  return { sessionToken };
}

/**
 * T-CON-01: what another authenticator app needs. Until a code of it is given the old one counts.
 *
 * @throws AppError staff.proof_required, request.not_found (no password that codes go with)
 */
export async function beginTotpChange(
  ctx: Ctx,
  staff: SignedInStaff,
): Promise<{ secret: string; uri: string }> {
  requireOwnPassword(ctx, staff);
  const secret = ctx.totp.secretFrom(ctx.crypto.randomToken(32));
  const life = { validMs: secretValidMs, tries: 1 };
  await commit(ctx.db, [...(await giveOnly(ctx, newSecret(staff), secret, life))]);
  const names = { issuer: ctx.portal.name.zh, account: staff.member.loginName };
  return { secret, uri: ctx.totp.uri(secret, names) };
}

/**
 * From now on the codes are those of the authenticator that has the new secret and shows this one.
 *
 * @returns the session's new cookie
 * @throws AppError staff.proof_required, request.not_found, input.invalid, request.stale (also: the secret is another)
 */
export async function changeTotp(
  ctx: Ctx,
  staff: SignedInStaff,
  input: { secret: string; code: string },
): Promise<{ sessionToken: string }> {
  requireOwnPassword(ctx, staff);
  const { member } = staff;
  const code = parseTotpCode(input.code);
  if (!code.ok) throw new AppError(wrongFields({ code: code.code }));
  const spent = await spendSecret(ctx, newSecret(staff), input.secret, { code: 'request.stale' });
  const step = await ctx.totp.stepOf(input.secret, code.value, ctx.now());
  if (step === null) throw new AppError(wrongFields({ code: 'totp_code.wrong' }));
  const { sessionToken, statements } = await changed(ctx, staff, 'totp_changed', {
    totpSealed: await seal(ctx, placeOf(staffTable.totpSealed, member.id), input.secret),
    totpLastStep: step,
    keyId: keyIdAfter(ctx, member.keyId),
  });
  await commit(ctx.db, [...spent, ...statements]);
  return { sessionToken };
}
