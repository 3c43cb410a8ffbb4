import { commit, guard, staffTable } from '@shiming/db';
import { AppError, isBoundToDevice, parseLoginName } from '@shiming/domain';
import { and, eq, sql } from 'drizzle-orm';
import { commitClaims, releaseAll } from '../allowance/allowance.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../context.ts';
import { attemptClaims, failureWindowMs } from '../login/attempts.ts';
import { deviceMarks } from '../login/device-mark.ts';
import { subjectHash } from '../vault/vault.ts';
import { checkPasswordAndCode, refusedFields, wrongFields } from './password.ts';
import { endHeldStaffSession, newStaffSession, sessionActor, type StaffRow } from './session.ts';

const refusal = { code: 'staff.sign_in_refused' } as const;

/**
 * A guard that password and codes still are those of the member that was looked at, and the statement that takes the
 * code: of several who send one code at once, one gets in.
 */
export function takeCode(
  { db }: Pick<Ctx, 'db'>,
  { id, version }: Pick<StaffRow, 'id' | 'version'>,
  step: number,
  rehashed: string | null,
) {
  const isFree = sql`exists (select 1 from ${staffTable} where ${staffTable.id} = ${id} and ${staffTable.version} = ${version} and coalesce(${staffTable.totpLastStep}, -1) < ${step})`;
  return [
    guard(db, isFree, refusal),
    db
      .update(staffTable)
      .set({ totpLastStep: step, ...(rehashed === null ? {} : { passwordHash: rehashed }) })
      .where(eq(staffTable.id, id)),
  ] as const;
}

/**
 * T-CON-01: signs in by password and code in one step. A name that nobody has, a wrong password and a wrong code give
 * the same answer for the same work; failures are counted as at the sign-in of applicants.
 *
 * @throws AppError input.invalid, staff.sign_in_refused, login.locked, request.too_many
 */
export async function signInByPassword(
  ctx: Ctx,
  input: { loginName: string; password: string; code: string },
): Promise<{ sessionToken: string; deviceMark: string }> {
  const loginName = parseLoginName(input.loginName);
  const refused = refusedFields(input);
  if (!loginName.ok || refused !== null) {
    throw new AppError(
      wrongFields({ ...(loginName.ok ? {} : { loginName: loginName.code }), ...refused }),
    );
  }
  const { mark, held } = await deviceMarks(ctx, `staff:${loginName.value}`);
  const subject = await subjectHash(ctx, 'staff', loginName.value);
  const claims = await attemptClaims(ctx, 'staff_login', subject, held);
  const [[member]] = await commitClaims(ctx, claims, [
    ctx.db
      .select()
      .from(staffTable)
      .where(and(eq(staffTable.loginName, loginName.value), eq(staffTable.status, 'active'))),
  ]);
  const right = await checkPasswordAndCode(ctx, member, input);
  if (member === undefined || right === null || isBoundToDevice(member.role)) {
    const staffId = member?.id ?? null;
    await commit(ctx.db, [record(ctx, 'staff.sign_in_refused', null, { by: 'password', staffId })]);
    throw new AppError(refusal);
  }
  const session = await newStaffSession(ctx, member.id);
  const rehashed = right.isOutdated ? await ctx.hasher.hash(input.password) : null;
  await commit(ctx.db, [
    ...takeCode(ctx, member, right.step, rehashed),
    ...(await endHeldStaffSession(ctx)),
    session.statement,
    releaseAll(ctx.db, claims, ctx.now() - failureWindowMs, 'signed_in'),
    record({ ...ctx, actor: sessionActor(member, session.id) }, 'staff.signed_in', null, {
      staffId: member.id,
      by: 'password',
    }),
  ]);
  return { sessionToken: session.token, deviceMark: mark };
}
