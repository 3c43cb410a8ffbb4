import { type AppErrorData, type FieldRefusals, parseTotpCode } from '@shiming/domain';
import type { Ctx } from '../context.ts';
import { open, seal, placeOf } from '../vault/vault.ts';
import type { StaffRow } from './session.ts';
import { staffTable } from '@shiming/db';

/** Of an account that does not exist, or has no password: as much work, and never right. */
const decoySecret = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** What of a password and a code can be refused before anybody is looked at; `null` when nothing. */
export function refusedFields(typed: { password: string; code: string }): FieldRefusals | null {
  const code = parseTotpCode(typed.code);
  const fields: FieldRefusals = {
    ...(typed.password === '' ? { password: 'password.missing' } : {}),
    ...(code.ok ? {} : { code: code.code }),
  };
  return Object.keys(fields).length === 0 ? null : fields;
}

export const wrongFields = (fields: FieldRefusals): AppErrorData => ({
  code: 'input.invalid',
  fields,
});

/**
 * Whether password and code are right, both or neither, for the same work no matter who it is about: one Argon2id hash, one
 * sealed secret, one look at the code. Answers the code's time step, which `totp_last_step` must take up, and whether
 * the hash should be made again; `null` when anything is wrong or the code was taken before.
 */
export async function checkPasswordAndCode(
  ctx: Ctx,
  member: Pick<StaffRow, 'id' | 'passwordHash' | 'totpSealed' | 'totpLastStep'> | undefined,
  typed: { password: string; code: string },
): Promise<{ step: number; isOutdated: boolean } | null> {
  const { id = '', passwordHash = null, totpSealed = null, totpLastStep = null } = member ?? {};
  const check = await ctx.hasher.verify(typed.password, passwordHash ?? ctx.hasher.decoy);
  const secret =
    totpSealed === null
      ? await seal(ctx, placeOf(staffTable.totpSealed, ''), decoySecret).then(() => decoySecret)
      : await open<string>(ctx, placeOf(staffTable.totpSealed, id), totpSealed);
  const code = parseTotpCode(typed.code);
  const step = code.ok ? await ctx.totp.stepOf(secret, code.value, ctx.now()) : null;
  const isRight =
    passwordHash !== null &&
    totpSealed !== null &&
    check.isRight &&
    step !== null &&
    step > (totpLastStep ?? -1);
  return isRight ? { step, isOutdated: check.isOutdated } : null;
}
