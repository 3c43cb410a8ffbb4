import { commit } from '@shiming/db';
import { AppError, parseCodeAnswers } from '@shiming/domain';
import { record } from '../audit/record.ts';
import { countTry, judgeTry, spend } from '../challenge/challenge.ts';
import type { Ctx } from '../context.ts';
import type { SignedIn } from '../session/session.ts';
import { giveProof, proofCode } from './proof.ts';

/**
 * T-PRO-05: proves who is at the session by the code that went to the account's own contact. The try is counted,
 * then compared.
 *
 * @returns the session's new cookie
 * @throws AppError input.invalid, code.wrong, code.expired, code.tries_used_up, request.stale
 */
export async function proveByCode(
  ctx: Ctx,
  signedIn: SignedIn,
  input: { code: string },
): Promise<{ sessionToken: string }> {
  const { sms, mail } = ctx.portal.codes;
  const parsed = parseCodeAnswers(input, sms, mail);
  if (!parsed.ok) throw new AppError({ code: 'input.invalid', fields: parsed.fields });
  const binding = proofCode(signedIn);
  const [[tried]] = await commit(ctx.db, [countTry(ctx.db, binding, ctx.now())]);
  const judged = await judgeTry(ctx, binding, tried, parsed.value.code);
  if (!judged.isRight) {
    if (tried !== undefined) {
      await commit(ctx.db, [record(ctx, 'proof.refused', signedIn.account.id, { by: 'code' })]);
    }
    throw new AppError(judged.refusal);
  }
  const proof = await giveProof(ctx, signedIn, 'code');
  await commit(ctx.db, [
    ...spend(ctx.db, judged.id, ctx.now(), { code: 'code.expired' }),
    ...proof.statements,
  ]);
  return { sessionToken: proof.token };
}
