import { commit } from '@shiming/db';
import { AppError } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { type Ctx, refuseUnless } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { giveProof } from './proof.ts';
import { tryPassword } from './try-password.ts';

/**
 * T-PRO-05: proves who is at the session by the current password, of which one account has five guesses in a
 * quarter of an hour, here and where a password is changed.
 *
 * @returns the session's new cookie
 * @throws AppError input.invalid, login.locked, request.stale
 */
export async function proveByPassword(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { password: string },
): Promise<{ sessionToken: string }> {
  refuseUnless(input.password !== '', {
    code: 'input.invalid',
    fields: { password: 'password.missing' },
  });
  const { account } = signedIn;
  const { isRight, giveBack } = await tryPassword(ctx, account, input.password);
  if (!isRight) {
    await commit(ctx.db, [record(ctx, 'proof.refused', account.id, { by: 'password' })]);
    throw new AppError({ code: 'input.invalid', fields: { password: 'password.wrong' } });
  }
  const proof = await giveProof(ctx, signedIn, 'password');
  await commit(ctx.db, [...proof.statements, giveBack]);
  return { sessionToken: proof.token };
}
